/** "1 lot", "4 lots": for words that take an s. */
export function count(many: number, one: string): string {
  return `${many.toLocaleString()} ${many === 1 ? one : `${one}s`}`;
}
