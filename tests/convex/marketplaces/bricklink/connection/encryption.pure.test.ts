import { expect, it } from "vitest";
import { decryptKeys, encryptKeys } from "../../../../../convex/marketplaces/bricklink/connection/encryption";

const keys = { consumerKey: "a", consumerSecret: "b", tokenValue: "c", tokenSecret: "d" };

/** A 256-bit key of one repeated byte, in base64. */
const credentialsKey = (byte: string) => btoa(byte.repeat(32));

it("encrypted keys can be decrypted with the same credentials key and for the same business only", async () => {
  const encrypted = await encryptKeys(keys, "business-1", credentialsKey("k"));
  expect(await decryptKeys(encrypted, "business-1", credentialsKey("k"))).toEqual(keys);
  await expect(decryptKeys(encrypted, "business-2", credentialsKey("k"))).rejects.toThrow(
    "cannot be decrypted",
  );
  await expect(decryptKeys(encrypted, "business-1", credentialsKey("l"))).rejects.toThrow(
    "cannot be decrypted",
  );
  await expect(encryptKeys(keys, "business-1", "c2hvcnQ=")).rejects.toThrow("CREDENTIALS_KEY");
});

it("the same keys encrypted twice have different initialization vectors", async () => {
  const first = await encryptKeys(keys, "b", credentialsKey("k"));
  const second = await encryptKeys(keys, "b", credentialsKey("k"));
  expect(first.iv).not.toBe(second.iv);
});
