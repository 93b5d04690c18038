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
const END = Buffer.from([0]);
const SIGN_BIT = 0x80;
const MAX_INT64 = 2n ** 63n - 1n;

/** Terminates bytes unambiguously: two zeros end them, and a zero within them is followed by 255. */
function delimited(bytes: Buffer): Buffer {
  if (!bytes.includes(0)) return Buffer.concat([bytes, END, END]);
  const escaped: number[] = [];
  for (const byte of bytes) {
    escaped.push(byte);
    if (byte === 0) escaped.push(255);
  }
  return Buffer.concat([Buffer.from(escaped), END, END]);
}

/** IEEE 754 bits in numeric order: all bits of a negative number are inverted, the sign bit of others is set. */
function numberBytes(value: number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  const isNegative = (bytes.readUInt8(0) & SIGN_BIT) !== 0;
  if (isNegative) return Buffer.from(bytes.map((byte) => ~byte & 255));
  bytes.writeUInt8(bytes.readUInt8(0) | SIGN_BIT, 0);
  return bytes;
}

function bigintBytes(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64BE(value);
  bytes.writeUInt8(bytes.readUInt8(0) ^ SIGN_BIT, 0);
  return bytes;
}

function tagged(type: number, ...parts: Buffer[]): Buffer {
  return Buffer.concat([Buffer.from([type]), ...parts]);
}

/** The key of one value. Concatenated keys sort as tuples of the values do. */
export function encodeValue(value: Value | undefined): Buffer {
  if (value === undefined) return tagged(tag.undefined);
  if (value === null) return tagged(tag.null);
  if (typeof value === "bigint") return tagged(tag.bigint, bigintBytes(value));
  if (typeof value === "number") return tagged(tag.number, numberBytes(value));
  if (typeof value === "boolean") return tagged(tag.boolean, Buffer.from([value ? 1 : 0]));
  if (typeof value === "string") return tagged(tag.string, delimited(Buffer.from(value, "utf8")));
  if (value instanceof ArrayBuffer) return tagged(tag.bytes, delimited(Buffer.from(value)));
  // The commit's time is not known before the commit; within the transaction it sorts after every other time.
  if (value instanceof CommitTsPlaceholder) return tagged(tag.bigint, bigintBytes(MAX_INT64));
  if (Array.isArray(value)) return tagged(tag.array, ...value.map(encodeValue), END);
  const fields = value as Record<string, Value | undefined>;
  const parts = Object.keys(fields)
    .sort()
    .flatMap((name) => [encodeValue(name), encodeValue(fields[name])]);
  return tagged(tag.object, ...parts, END);
}

/** The beginning of the keys of all strings that begin with a text. */
export function encodeStringPrefix(text: string): Buffer {
  return encodeValue(text).subarray(0, -2 * END.length);
}

/** The key of a tuple of values. */
export function encodeKey(values: readonly (Value | undefined)[]): Buffer {
  return Buffer.concat(values.map(encodeValue));
}

/** The smallest key that sorts after this one. */
export function afterKey(key: Buffer): Buffer {
  return Buffer.concat([key, END]);
}

/** A key that sorts after every key with this prefix. */
export function afterPrefix(prefix: Buffer): Buffer {
  return Buffer.concat([prefix, Buffer.from([255])]);
}
