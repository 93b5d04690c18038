/** A store's BrickLink keys at rest: AES-256-GCM under CREDENTIALS_KEY, bound to the business they belong to. */
import type { Infer } from "convex/values";
import { z } from "zod";
import { base64ToBytes, bytesToBase64 } from "./encoding";
import type { StoreKeys } from "./oauth";
import type { sealedValidator } from "./schema";

export type Sealed = Infer<typeof sealedValidator>;

/** AES-GCM's own nonce length, in bytes (NIST SP 800-38D). */
const IV_BYTES = 12;
const KEY_BYTES = 32;

const storeKeys = z.object({
  consumerKey: z.string(),
  consumerSecret: z.string(),
  tokenValue: z.string(),
  tokenSecret: z.string(),
});

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

/** Seals keys for one business. Needs randomness: actions only. */
export async function sealKeys(
  keys: StoreKeys,
  businessAccountId: string,
  base64Key: string,
): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
  const plain = new TextEncoder().encode(JSON.stringify(keys));
  const sealed = await crypto.subtle.encrypt(
    algorithm(iv, businessAccountId),
    await importKey(base64Key),
    plain,
  );
  return { iv: bytesToBase64(iv), ciphertext: bytesToBase64(new Uint8Array(sealed)) };
}

/** Opens what `sealKeys` made. Throws when the key is another, the business is another, or a byte was changed. */
export async function openKeys(
  sealed: Sealed,
  businessAccountId: string,
  base64Key: string,
): Promise<StoreKeys> {
  const key = await importKey(base64Key);
  const iv = base64ToBytes(sealed.iv);
  let plain: ArrayBuffer;
  try {
    plain = await crypto.subtle.decrypt(
      algorithm(iv, businessAccountId),
      key,
      base64ToBytes(sealed.ciphertext),
    );
  } catch {
    throw new Error(
      "The stored BrickLink keys cannot be opened: CREDENTIALS_KEY has changed. Enter the keys again.",
    );
  }
  return storeKeys.parse(JSON.parse(new TextDecoder().decode(plain)));
}
