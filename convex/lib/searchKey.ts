/** Search by prefix: how names, part numbers and buyers are stored, and where the range of a prefix ends. */

/** The text as it is stored for search: upper and lower case alike. */
export function searchKeyOf(text: string): string {
  return text.trim().toLowerCase();
}

/**
 * Appended to a prefix, it sorts after every text with that prefix: the exclusive end of an index range. The last code point,
 * because Convex orders strings by their UTF-8 bytes, in which emoji sort after "\uffff".
 */
export const AFTER_PREFIX = "\u{10FFFF}";
