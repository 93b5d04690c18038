/** Encryption of a store's BrickLink keys at rest: AES-256-GCM with CREDENTIALS_KEY, bound to the business they belong to. */
import { v, type Infer } from "convex/values";
import { z } from "zod";
import { base64ToBytes, bytesToBase64 } from "../../../lib/encoding";
import type { StoreKeys } from "../api/signing";

/** AES-GCM's nonce and output, base64. */
export const encryptedKeysValidator = v.object({ iv: v.string(), ciphertext: v.string() });
export type EncryptedKeys = Infer<typeof encryptedKeysValidator>;

/** The nonce length that AES-GCM is made for, in bytes (NIST SP 800-38D). */
const IV_BYTES = 12;
const KEY_BYTES = 32;

const storeKeys = z.object({
  consumerKey: z.string(),
  consumerSecret: z.string(),
  tokenValue: z.string(),
  tokenSecret: z.string(),
});

/** Throws an Error that says how to make a key when `base64Key` is none. */
async function importKey(base64Key: string): Promise<CryptoKey> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = base64ToBytes(base64Key);
  } catch {
    bytes = new Uint8Array();
  }
  if (bytes.length !== KEY_BYTES) {
    throw new Error("CREDENTIALS_KEY must be 32 random bytes in base64 (openssl rand -base64 32).");
  }
  return await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
}

function algorithm(iv: Uint8Array<ArrayBuffer>, businessAccountId: string): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(businessAccountId) };
}

/**
 * Encrypts keys for one business. Needs cryptographic randomness: call it in actions only. Throws an Error when
 * `base64Key` is not 32 bytes.
 */
export async function encryptKeys(
  keys: StoreKeys,
  businessAccountId: string,
  base64Key: string,
): Promise<EncryptedKeys> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const plain = new TextEncoder().encode(JSON.stringify(keys));
  const encrypted = await crypto.subtle.encrypt(
    algorithm(iv, businessAccountId),
    await importKey(base64Key),
    plain,
  );
  return { iv: bytesToBase64(iv), ciphertext: bytesToBase64(new Uint8Array(encrypted)) };
}

/** Decrypts what `encryptKeys` returned. Throws an Error for another key, another business or a changed byte. */
export async function decryptKeys(
  encrypted: EncryptedKeys,
  businessAccountId: string,
  base64Key: string,
): Promise<StoreKeys> {
  const key = await importKey(base64Key);
  const iv = base64ToBytes(encrypted.iv);
  let plain: ArrayBuffer;
  try {
    plain = await crypto.subtle.decrypt(
      algorithm(iv, businessAccountId),
      key,
      base64ToBytes(encrypted.ciphertext),
    );
  } catch {
    throw new Error(
      "The stored BrickLink keys cannot be decrypted: CREDENTIALS_KEY has changed. Enter the keys again.",
    );
  }
  return storeKeys.parse(JSON.parse(new TextDecoder().decode(plain)));
}
