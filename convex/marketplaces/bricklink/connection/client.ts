/** A store's client. Apart from its credentials, which mutations read too: they would evaluate the schemas of all answers. */
import type { Id } from "../../../_generated/dataModel";
import { env } from "../../../_generated/server";
import { BRICKLINK_API_URL, createStoreClient, type StoreClient } from "../storeClient";
import { decryptedKeys } from "./credentials";
import type { EncryptedKeys } from "./encryption";

/** A client with a store's keys. Needs cryptography: call it in actions only. Throws as `decryptedKeys` does. */
export async function storeClientFor(
  businessAccountId: Id<"businessAccounts">,
  encryptedKeys: EncryptedKeys,
): Promise<StoreClient> {
  const keys = await decryptedKeys(encryptedKeys, businessAccountId);
  return createStoreClient(env.BRICKLINK_API_URL ?? BRICKLINK_API_URL, keys);
}
