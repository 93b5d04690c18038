/** "1 lot", "4 lots". Only for nouns whose plural is formed with an s. */
export function formatCount(count: number, singular: string): string {
  return `${count.toLocaleString()} ${count === 1 ? singular : `${singular}s`}`;
}
