/**
 * Text search indexes: an entry for every term of a document's text, so that a term's documents are a range of the index.
 * Terms are Convex's (convex-backend, crates/search/src/constants.rs, `convex_en`).
 */
import type { JSONValue, Value } from "convex/values";
import { encodeValue } from "../values/keys";

export type SearchDefinition = { searchField: string; filterFields: readonly string[] };

/** Words are runs of letters and digits in any script. */
const WORD = /[\p{Alphabetic}\p{N}]+/gu;
/** Words of this many bytes or more are left out. */
const WORD_BYTES_MAX = 32;

/** The terms of a text, in their order: its words in lower case. */
export function termsOf(text: string): string[] {
  const words = text.match(WORD) ?? [];
  return words.filter((word) => Buffer.byteLength(word) < WORD_BYTES_MAX).map((word) => word.toLowerCase());
}

/**
 * What the store keeps as the fields of a search index, by which it notices that the index must be filled anew. No field
 * can begin with "$".
 */
export function storedFieldsOf({ searchField }: SearchDefinition): string[] {
  return ["$search", searchField];
}

/** A document's keys in a search index: one for each of its terms. A text that is no string has none. */
export function searchKeysOf(text: Value | undefined, id: JSONValue | undefined): Buffer[] {
  if (typeof text !== "string" || typeof id !== "string") return [];
  const tail = encodeValue(id);
  return [...new Set(termsOf(text))].map((term) => Buffer.concat([encodeValue(term), tail]));
}
