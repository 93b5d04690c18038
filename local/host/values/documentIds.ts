/**
 * Document ids: 26 random characters, four for the table's number and two for a checksum, in lower-case base 32. They
 * contain the table so that an id of another table is refused, as on Convex.
 */
import { createHash, randomBytes } from "node:crypto";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";
const RANDOM_CHARACTERS = 26;
const TABLE_CHARACTERS = 4;
const CHECKSUM_CHARACTERS = 2;
/** Random bytes are drawn for this many ids at a time, because a draw costs more than its bytes. */
const IDS_PER_DRAW = 256;
const FORMAT = /^[0-9a-hjkmnp-tv-z]{32}$/;

function digits(value: number, length: number): string {
  let rest = value;
  let text = "";
  for (let index = 0; index < length; index += 1) {
    text = (ALPHABET[rest % 32] ?? "") + text;
    rest = Math.floor(rest / 32);
  }
  return text;
}

function checksum(text: string): string {
  return digits(createHash("sha256").update(text).digest().readUInt16BE(0), CHECKSUM_CHARACTERS);
}

const pool = { bytes: randomBytes(0), used: 0 };

function randomCharacters(count: number): string {
  if (pool.used + count > pool.bytes.length) {
    pool.bytes = randomBytes(count * IDS_PER_DRAW);
    pool.used = 0;
  }
  const bytes = pool.bytes.subarray(pool.used, pool.used + count);
  pool.used += count;
  return Array.from(bytes, (byte) => ALPHABET[byte % 32]).join("");
}

/** A new id for the table with this number (0 to 32^4 - 1). */
export function newId(tableNumber: number): string {
  const body = randomCharacters(RANDOM_CHARACTERS) + digits(tableNumber, TABLE_CHARACTERS);
  return body + checksum(body);
}

/** Ids that were checked lately, with their tables' numbers: every read and write checks some, mostly the same. */
const checked = new Map<string, number>();
const CHECKED_MAX = 20_000;

/** The number of the table that an id belongs to; undefined when the text is not an id. */
export function tableNumberOf(id: string): number | undefined {
  const known = checked.get(id);
  if (known !== undefined) return known;
  const number = readTableNumber(id);
  if (number === undefined) return undefined;
  if (checked.size === CHECKED_MAX) checked.clear();
  checked.set(id, number);
  return number;
}

function readTableNumber(id: string): number | undefined {
  if (!FORMAT.test(id)) return undefined;
  const body = id.slice(0, RANDOM_CHARACTERS + TABLE_CHARACTERS);
  if (checksum(body) !== id.slice(body.length)) return undefined;
  const table = body.slice(RANDOM_CHARACTERS);
  return [...table].reduce((sum, character) => sum * 32 + ALPHABET.indexOf(character), 0);
}
