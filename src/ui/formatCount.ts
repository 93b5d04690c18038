import { locale } from "../language/language";

/** "1 lot", "4 lots". `plural`: where it is not formed with an s. */
export function formatCount(count: number, singular: string, plural = `${singular}s`): string {
  return `${count.toLocaleString(locale)} ${count === 1 ? singular : plural}`;
}
