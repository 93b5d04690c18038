/**
 * Encodes Convex values as bytes whose order is the order of the values (`compareValues` of convex/values):
 * undefined < null < bigint < number < boolean < string < bytes < array < object.
 * The first byte is the type. A zero ends a list, so that a list sorts before every longer list that begins with it.
 */
import { CommitTsPlaceholder, type Value } from "convex/values";

const tag = {
  undefined: 1,
  null: 2,
  bigint: 3,
  number: 4,
  boolean: 5,
  string: 6,
  bytes: 7,
  array: 8,
  object: 9,
};
const END = 0;
const SIGN_BIT = 0x80;
const MAX_INT64 = 2n ** 63n - 1n;

/** Larger than nearly all keys; a larger key makes it grow. */
const SCRATCH_BYTES = 4_096;

/** Where keys are put together: one place for all, because an encoding never waits, and a key has many small parts. */
let scratch = Buffer.allocUnsafe(SCRATCH_BYTES);
let length = 0;

function reserve(bytes: number): void {
  if (length + bytes <= scratch.length) return;
  const larger = Buffer.allocUnsafe(Math.max(scratch.length * 2, length + bytes));
  scratch.copy(larger, 0, 0, length);
  scratch = larger;
}

function writeByte(byte: number): void {
  reserve(1);
  scratch[length] = byte;
  length += 1;
}

/** Bytes that two zeros end; a zero within them is followed by 255. */
function writeDelimited(bytes: Uint8Array): void {
  reserve(bytes.length * 2 + 2);
  for (const byte of bytes) {
    writeByte(byte);
    if (byte === 0) writeByte(255);
  }
  writeByte(END);
  writeByte(END);
}

/** A string's UTF-8 bytes, which are written directly where none is zero. */
function writeString(text: string): void {
  if (text.includes("\0")) {
    writeDelimited(Buffer.from(text, "utf8"));
    return;
  }
  // No character of UTF-16 has more than three bytes in UTF-8.
  reserve(text.length * 3 + 2);
  length += scratch.write(text, length, "utf8");
  writeByte(END);
  writeByte(END);
}

/** IEEE 754 bits in numeric order: all bits of a negative number are inverted, the sign bit of others is set. */
function writeNumber(value: number): void {
  reserve(8);
  scratch.writeDoubleBE(value, length);
  const first = scratch.readUInt8(length);
  if ((first & SIGN_BIT) === 0) scratch.writeUInt8(first | SIGN_BIT, length);
  else for (let at = length; at < length + 8; at += 1) scratch.writeUInt8(~scratch.readUInt8(at) & 255, at);
  length += 8;
}

function writeBigint(value: bigint): void {
  reserve(8);
  scratch.writeBigInt64BE(value, length);
  scratch.writeUInt8(scratch.readUInt8(length) ^ SIGN_BIT, length);
  length += 8;
}

function writeObject(fields: Record<string, Value | undefined>): void {
  for (const name of Object.keys(fields).sort()) {
    writeValue(name);
    writeValue(fields[name]);
  }
  writeByte(END);
}

function writeTypeOf(value: Value | undefined): void {
  if (value === undefined) writeByte(tag.undefined);
  else if (value === null) writeByte(tag.null);
  else if (typeof value !== "object")
    writeByte(tag[typeof value as "bigint" | "number" | "boolean" | "string"]);
  else if (value instanceof ArrayBuffer) writeByte(tag.bytes);
  else if (value instanceof CommitTsPlaceholder) writeByte(tag.bigint);
  else writeByte(Array.isArray(value) ? tag.array : tag.object);
}

function writeValue(value: Value | undefined): void {
  writeTypeOf(value);
  if (value === undefined || value === null) return;
  if (typeof value === "string") writeString(value);
  else if (typeof value === "number") writeNumber(value);
  else if (typeof value === "boolean") writeByte(value ? 1 : 0);
  else if (typeof value === "bigint") writeBigint(value);
  else if (value instanceof ArrayBuffer) writeDelimited(new Uint8Array(value));
  // The commit's time is not known before the commit; within the transaction it sorts after every other time.
  else if (value instanceof CommitTsPlaceholder) writeBigint(MAX_INT64);
  else if (Array.isArray(value)) {
    for (const element of value) writeValue(element);
    writeByte(END);
  } else writeObject(value);
}

/** The beginning of the keys of all strings that begin with a text. */
export function encodeStringPrefix(text: string): Buffer {
  return encodeValue(text).subarray(0, -2);
}

/** The key of a tuple of values. */
export function encodeKey(values: readonly (Value | undefined)[]): Buffer {
  length = 0;
  for (const value of values) writeValue(value);
  return Buffer.from(scratch.subarray(0, length));
}

/** The key of one value. Concatenated keys sort as tuples of the values do. */
export function encodeValue(value: Value | undefined): Buffer {
  return encodeKey([value]);
}

/** The smallest key that sorts after this one. */
export function afterKey(key: Buffer): Buffer {
  return Buffer.concat([key, Buffer.from([END])]);
}

/**
 * The smallest key that sorts after every key with this prefix. So ranges of neighbouring values, such as 5n and 6n, touch,
 * as on Convex.
 */
export function afterPrefix(prefix: Buffer): Buffer {
  for (let last = prefix.length - 1; last >= 0; last -= 1) {
    const byte = prefix[last] ?? 255;
    if (byte === 255) continue;
    const after = Buffer.from(prefix.subarray(0, last + 1));
    after[last] = byte + 1;
    return after;
  }
  // No key begins with this byte, which is no type.
  return Buffer.from([255]);
}
