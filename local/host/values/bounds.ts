/** Convex's bounds for one value (convex-backend, crates/value/src/{array,object,size}.rs, crates/common/src/document.rs). */
import type { JSONValue } from "convex/values";

const ARRAY_LENGTH_MAX = 8_192;
const OBJECT_FIELDS_MAX = 1_024;
const NESTING_MAX = 64;

/**
 * How many bytes a function's arguments, as a list of one object, and its result may have (convex-backend,
 * FUNCTION_MAX_ARGS_SIZE and FUNCTION_MAX_RESULT_SIZE in crates/common/src/knobs.rs).
 */
export const ARGUMENTS_BYTES_MAX = 16 * 1024 * 1024;
export const RESULT_BYTES_MAX = 16 * 1024 * 1024;

/** How many levels of arrays and objects a document may have, itself included. */
export const DOCUMENT_NESTING_MAX = 16;

/**
 * Throws for a value, as `convexToJson` encodes it, with a longer array, an object of more fields, or more levels of arrays
 * and objects than Convex accepts.
 */
export function assertWithinBounds(value: JSONValue | undefined, nestingMax = NESTING_MAX): void {
  assertLevels(value, nestingMax, nestingMax);
}

function assertLevels(value: JSONValue | undefined, levelsLeft: number, nestingMax: number): void {
  if (typeof value !== "object" || value === null) return;
  const isArray = Array.isArray(value);
  const parts = isArray ? value : Object.values(value);
  // {"$integer": …} and the like encode a value that has no parts.
  if (!isArray && parts.length === 1 && Object.keys(value)[0]?.startsWith("$") === true) return;
  if (levelsLeft === 0)
    throw new Error(`TooNestedError: Value is too nested (maximum nesting ${nestingMax}).`);
  if (isArray && parts.length > ARRAY_LENGTH_MAX) {
    throw new Error(
      `ArrayTooLong: Array length is too long (${parts.length} > maximum length ${ARRAY_LENGTH_MAX}).`,
    );
  }
  if (!isArray && parts.length > OBJECT_FIELDS_MAX) {
    throw new Error(
      `TooManyFieldsError: Object has too many fields (${parts.length} > maximum number ${OBJECT_FIELDS_MAX}).`,
    );
  }
  for (const part of parts) assertLevels(part, levelsLeft - 1, nestingMax);
}
