import { expect, it } from "vitest";
import { openKeys, sealKeys } from "../../../../../convex/marketplaces/bricklink/sealing";

const keys = { consumerKey: "a", consumerSecret: "b", tokenValue: "c", tokenSecret: "d" };

/** A 256-bit key of one repeated byte, in base64. */
const credentialsKey = (byte: string) => btoa(byte.repeat(32));

it("encrypted keys can be decrypted with the same credentials key and for the same business only", async () => {
  const encrypted = await sealKeys(keys, "business-1", credentialsKey("k"));
  expect(await openKeys(encrypted, "business-1", credentialsKey("k"))).toEqual(keys);
  await expect(openKeys(encrypted, "business-2", credentialsKey("k"))).rejects.toThrow("cannot be opened");
  await expect(openKeys(encrypted, "business-1", credentialsKey("l"))).rejects.toThrow("cannot be opened");
  await expect(sealKeys(keys, "business-1", "c2hvcnQ=")).rejects.toThrow("CREDENTIALS_KEY");
});

it("the same keys encrypted twice have different initialization vectors", async () => {
  const first = await sealKeys(keys, "b", credentialsKey("k"));
  const second = await sealKeys(keys, "b", credentialsKey("k"));
  expect(first.iv).not.toBe(second.iv);
});
