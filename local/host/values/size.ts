/**
 * Sizes of values in bytes, as Convex counts them towards its limits (convex-backend, `Size` in crates/value/src; the same
 * as `getConvexSize` of convex/values). Values are in the encoding of `convexToJson`, so that stored documents need not be
 * decoded.
 */
import type { JSONValue } from "convex/values";

const MEBIBYTE = 1024 * 1024;

/** A number, a bigint, and a commit's time that is not known yet. */
const NUMBER_BYTES = 9;
/** Of a string, bytes, an array or an object, around its content. */
const DELIMITER_BYTES = 2;

/** No value has more bytes for each character of its JSON text: a number takes two characters with its comma. */
const BYTES_PER_CHARACTER_MAX = 4.5;

/** The number of bytes that base 64 text stands for. */
function decodedLength(base64: string): number {
  const padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
  return (base64.length * 3) / 4 - padding;
}

/** The size of `{"$integer": …}` and the like, which encode a value; undefined for another object. */
function sizeOfEncoded(name: string, content: JSONValue | undefined): number | undefined {
  if (!name.startsWith("$")) return undefined;
  return name === "$bytes" && typeof content === "string"
    ? DELIMITER_BYTES + decodedLength(content)
    : NUMBER_BYTES;
}

/** A value's size in bytes. */
export function sizeOf(value: JSONValue): number {
  if (value === null) return 1;
  switch (typeof value) {
    case "boolean":
      return 1;
    case "number":
      return NUMBER_BYTES;
    case "string":
      return DELIMITER_BYTES + Buffer.byteLength(value);
    default:
      return Array.isArray(value) ? sizeOfArray(value) : sizeOfObject(value);
  }
}

function sizeOfArray(elements: readonly JSONValue[]): number {
  let size = DELIMITER_BYTES;
  for (const element of elements) size += sizeOf(element);
  return size;
}

function sizeOfObject(fields: { [name: string]: JSONValue | undefined }): number {
  const names = Object.keys(fields);
  const [first = ""] = names;
  const encoded = names.length === 1 ? sizeOfEncoded(first, fields[first]) : undefined;
  if (encoded !== undefined) return encoded;
  let size = DELIMITER_BYTES;
  for (const name of names) size += Buffer.byteLength(name) + 1 + sizeOf(fields[name] ?? null);
  return size;
}

/** "16 MiB", "1.05 MiB". */
export function inMebibytes(bytes: number): string {
  return `${Number((bytes / MEBIBYTE).toFixed(2))} MiB`;
}

/**
 * Throws when a value has more than `bytesMax` bytes. `text`: its JSON text, which for most values shows without measuring
 * them that they are smaller. `what`: the beginning of the message, such as "Arguments for tasks:add are".
 */
export function assertNotLarger(value: JSONValue, text: string, bytesMax: number, what: string): void {
  if ((text.length + 1) * BYTES_PER_CHARACTER_MAX <= bytesMax) return;
  const size = sizeOf(value);
  if (size <= bytesMax) return;
  throw new Error(`${what} too large (actual: ${inMebibytes(size)}, limit: ${inMebibytes(bytesMax)})`);
}
