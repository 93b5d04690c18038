/**
 * Encryption of a store's BrickLink keys at rest: AES-256-GCM with a credentials key, each value bound to its store and its field, so
 * that no row and no field can be put in another's place.
 */
import { v, type Infer } from "convex/values";
import { base64ToBytes, bytesToBase64, bytesToHex } from "../../../lib/encoding";
import type { StoreKeys } from "../api/signing";

/** AES-GCM's nonce and output, base64. */
const encryptedValueValidator = v.object({ iv: v.string(), ciphertext: v.string() });
type EncryptedValue = Infer<typeof encryptedValueValidator>;

export const encryptedKeysValidator = v.object({
  /** Which credentials key encrypted them: see `keyIdOf`. */
  keyId: v.string(),
  consumerKey: encryptedValueValidator,
  consumerSecret: encryptedValueValidator,
  tokenValue: encryptedValueValidator,
  tokenSecret: encryptedValueValidator,
});
export type EncryptedKeys = Infer<typeof encryptedKeysValidator>;

/** How many characters of a key are shown, so that an owner can tell which one is stored. */
const ENDING_LENGTH = 4;

/** Of a key this short, its ending would give too much away. BrickLink's have 32 characters. */
const LENGTH_WITH_ENDING_MIN = 16;

/** The last characters of each key; empty for a key that is too short. */
export const keyEndingsValidator = v.object({
  consumerKey: v.string(),
  consumerSecret: v.string(),
  tokenValue: v.string(),
  tokenSecret: v.string(),
});

/** What is stored of a store's keys. */
export const storedKeysValidator = v.object({
  encryptedKeys: encryptedKeysValidator,
  keyEndings: keyEndingsValidator,
});
export type StoredKeys = Infer<typeof storedKeysValidator>;

/** The nonce length that AES-GCM is made for, in bytes (NIST SP 800-38D). */
const IV_BYTES = 12;
const KEY_BYTES = 32;

/** Enough to tell a handful of keys apart, and nothing about the key. */
const KEY_ID_BYTES = 6;

/** Throws an Error that says how to make a key when `base64Key` is none. */
function bytesOfKey(base64Key: string): Uint8Array<ArrayBuffer> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = base64ToBytes(base64Key);
  } catch {
    bytes = new Uint8Array();
  }
  if (bytes.length !== KEY_BYTES) {
    throw new Error("CREDENTIALS_KEY must be 32 random bytes in base64 (openssl rand -base64 32).");
  }
  return bytes;
}

/** The beginning of the key's SHA-256, hex. Throws an Error when `base64Key` is not 32 bytes. */
export async function keyIdOf(base64Key: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytesOfKey(base64Key)));
  return bytesToHex(hash.subarray(0, KEY_ID_BYTES));
}

async function importKey(base64Key: string): Promise<CryptoKey> {
  return await crypto.subtle.importKey("raw", bytesOfKey(base64Key), "AES-GCM", false, [
    "encrypt",
    "decrypt",
  ]);
}

function algorithm(
  iv: Uint8Array<ArrayBuffer>,
  businessAccountId: string,
  field: keyof StoreKeys,
): AesGcmParams {
  const additionalData = new TextEncoder().encode(JSON.stringify([businessAccountId, field]));
  return { name: "AES-GCM", iv, additionalData };
}

/**
 * Encrypts keys for one store. Needs cryptographic randomness: call it in actions only. Throws an Error when `base64Key` is not
 * 32 bytes.
 */
export async function encryptKeys(
  keys: StoreKeys,
  businessAccountId: string,
  base64Key: string,
): Promise<EncryptedKeys> {
  const key = await importKey(base64Key);
  const encrypt = async (field: keyof StoreKeys): Promise<EncryptedValue> => {
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const plain = new TextEncoder().encode(keys[field]);
    const ciphertext = await crypto.subtle.encrypt(algorithm(iv, businessAccountId, field), key, plain);
    return { iv: bytesToBase64(iv), ciphertext: bytesToBase64(new Uint8Array(ciphertext)) };
  };
  return {
    keyId: await keyIdOf(base64Key),
    consumerKey: await encrypt("consumerKey"),
    consumerSecret: await encrypt("consumerSecret"),
    tokenValue: await encrypt("tokenValue"),
    tokenSecret: await encrypt("tokenSecret"),
  };
}

/** The one of `base64Keys` that encrypted them. Throws an Error that says what to do when it is not among them. */
async function keyOf({ keyId }: EncryptedKeys, base64Keys: readonly string[]): Promise<CryptoKey> {
  for (const base64Key of base64Keys) {
    if ((await keyIdOf(base64Key)) === keyId) return await importKey(base64Key);
  }
  throw new Error(
    `The stored BrickLink keys were encrypted with the credentials key ${keyId}, which is not set. Set it as CREDENTIALS_KEY_PREVIOUS, or enter the keys again.`,
  );
}

/**
 * Decrypts what `encryptKeys` returned, with whichever of `base64Keys` encrypted it. Throws an Error when none of them did, and for
 * another store, another field or a changed byte.
 */
export async function decryptKeys(
  encrypted: EncryptedKeys,
  businessAccountId: string,
  base64Keys: readonly string[],
): Promise<StoreKeys> {
  const key = await keyOf(encrypted, base64Keys);
  const decrypt = async (field: keyof StoreKeys): Promise<string> => {
    const { iv, ciphertext } = encrypted[field];
    const parameters = algorithm(base64ToBytes(iv), businessAccountId, field);
    try {
      return new TextDecoder().decode(
        await crypto.subtle.decrypt(parameters, key, base64ToBytes(ciphertext)),
      );
    } catch {
      throw new Error(
        "The stored BrickLink keys were changed or belong to another store. Enter the keys again.",
      );
    }
  };
  return {
    consumerKey: await decrypt("consumerKey"),
    consumerSecret: await decrypt("consumerSecret"),
    tokenValue: await decrypt("tokenValue"),
    tokenSecret: await decrypt("tokenSecret"),
  };
}

/** What is shown of keys: their last characters. */
export function keyEndingsOf(keys: StoreKeys): StoredKeys["keyEndings"] {
  const endingOf = (key: string) => (key.length < LENGTH_WITH_ENDING_MIN ? "" : key.slice(-ENDING_LENGTH));
  return {
    consumerKey: endingOf(keys.consumerKey),
    consumerSecret: endingOf(keys.consumerSecret),
    tokenValue: endingOf(keys.tokenValue),
    tokenSecret: endingOf(keys.tokenSecret),
  };
}
