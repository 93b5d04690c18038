/**
 * Convex values as bytes whose order is the order of values (`compareValues` of convex/values):
 * undefined < null < bigint < number < boolean < string < bytes < array < object.
 * One byte names the type; 0 ends a list, so a shorter one sorts before what it begins.
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

/** Bytes that may hold zeros, ended unambiguously: a zero inside is followed by 255, the end by another zero. */
function delimited(bytes: Buffer): Buffer {
  if (!bytes.includes(0)) return Buffer.concat([bytes, END, END]);
  const escaped: number[] = [];
  for (const byte of bytes) {
    escaped.push(byte);
    if (byte === 0) escaped.push(255);
  }
  return Buffer.concat([Buffer.from(escaped), END, END]);
}

/** IEEE 754 bits in numeric order: negatives inverted, the others above them. */
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

/** One value's key. Keys of several values are compared as the values' tuple when concatenated. */
export function encodeValue(value: Value | undefined): Buffer {
  if (value === undefined) return tagged(tag.undefined);
  if (value === null) return tagged(tag.null);
  if (typeof value === "bigint") return tagged(tag.bigint, bigintBytes(value));
  if (typeof value === "number") return tagged(tag.number, numberBytes(value));
  if (typeof value === "boolean") return tagged(tag.boolean, Buffer.from([value ? 1 : 0]));
  if (typeof value === "string") return tagged(tag.string, delimited(Buffer.from(value, "utf8")));
  if (value instanceof ArrayBuffer) return tagged(tag.bytes, delimited(Buffer.from(value)));
  // The commit's time, not known yet: within its own transaction later than all that is.
  if (value instanceof CommitTsPlaceholder) return tagged(tag.bigint, bigintBytes(MAX_INT64));
  if (Array.isArray(value)) return tagged(tag.array, ...value.map(encodeValue), END);
  const fields = value as Record<string, Value | undefined>;
  const parts = Object.keys(fields)
    .sort()
    .flatMap((name) => [encodeValue(name), encodeValue(fields[name])]);
  return tagged(tag.object, ...parts, END);
}

export function encodeKey(values: readonly (Value | undefined)[]): Buffer {
  return Buffer.concat(values.map(encodeValue));
}

/** The first key after this one. */
export function afterKey(key: Buffer): Buffer {
  return Buffer.concat([key, END]);
}

/** The first key after every key that begins with `prefix`. */
export function afterPrefix(prefix: Buffer): Buffer {
  return Buffer.concat([prefix, Buffer.from([255])]);
}
