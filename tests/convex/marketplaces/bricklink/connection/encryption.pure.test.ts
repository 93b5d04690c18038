import { expect, it } from "vitest";
import {
  decryptKeys,
  encryptKeys,
  keyIdOf,
} from "../../../../../convex/marketplaces/bricklink/connection/encryption";

const keys = { consumerKey: "a", consumerSecret: "b", tokenValue: "c", tokenSecret: "d" };

/** A 256-bit key of one repeated byte, in base64. */
const credentialsKey = (byte: string) => btoa(byte.repeat(32));

it("encrypted keys can be decrypted with the key that encrypted them and for the same store only", async () => {
  const encrypted = await encryptKeys(keys, "business-1", credentialsKey("k"));
  const keyId = await keyIdOf(credentialsKey("k"));
  expect(await decryptKeys(encrypted, "business-1", [credentialsKey("k")])).toEqual(keys);
  expect(await decryptKeys(encrypted, "business-1", [credentialsKey("l"), credentialsKey("k")])).toEqual(
    keys,
  );
  await expect(decryptKeys(encrypted, "business-2", [credentialsKey("k")])).rejects.toThrow("another store");
  await expect(decryptKeys(encrypted, "business-1", [credentialsKey("l")])).rejects.toThrow(keyId);
  await expect(encryptKeys(keys, "business-1", "c2hvcnQ=")).rejects.toThrow("CREDENTIALS_KEY");
});

it("an encrypted key cannot be put in the place of another field", async () => {
  const encrypted = await encryptKeys(keys, "b", credentialsKey("k"));
  const swapped = { ...encrypted, consumerKey: encrypted.tokenSecret };
  await expect(decryptKeys(swapped, "b", [credentialsKey("k")])).rejects.toThrow("were changed");
});

it("the same value encrypted twice has different initialization vectors", async () => {
  const same = { consumerKey: "a", consumerSecret: "a", tokenValue: "a", tokenSecret: "a" };
  const { keyId: _keyId, ...values } = await encryptKeys(same, "b", credentialsKey("k"));
  expect(new Set(Object.values(values).map(({ iv }) => iv)).size).toBe(4);
});
