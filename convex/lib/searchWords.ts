/**
 * Search by words, for a text search index. The index finds documents with any of the words and completes the last one only, so a
 * search reads what it found and keeps what has all of them.
 */

/** Documents that a text search of Convex looks at, at most (docs.convex.dev/search/text-search#limits). */
export const SEARCHED_MAX = 1_024;

/** Terms of one search that Convex uses; it ignores further ones (the same page). */
const TERMS_MAX = 16;

/** "1 x 2" and "1x2" are the same size of a brick, however it is written. */
function withJoinedSizes(text: string): string {
  return text.replace(/(\d)\s*[x×]\s*(?=\d)/gi, "$1x");
}

/** The words of a text in lower case: letters and digits. */
export function wordsOf(text: string): string[] {
  return withJoinedSizes(text.toLowerCase()).match(/[\p{L}\p{N}]+/gu) ?? [];
}

/** The words of several texts, each once, as a document stores them for its search index. */
export function searchTextOf(texts: readonly (string | undefined)[]): string {
  return [...new Set(texts.flatMap((text) => wordsOf(text ?? "")))].join(" ");
}

/** What is searched for, in words. */
export function termsOf(search: string): string[] {
  return wordsOf(search).slice(0, TERMS_MAX);
}

/** Whether a text, as `searchTextOf` writes it, has every term as a word or as the beginning of one. */
export function hasTerms(searchText: string, terms: readonly string[]): boolean {
  const words = searchText.split(" ");
  return terms.every((term) => words.some((word) => word.startsWith(term)));
}
