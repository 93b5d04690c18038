/** A store's client, for actions. */
import type { Id } from "../../../_generated/dataModel";
import { env } from "../../../_generated/server";
import type { StoreClient } from "../storeClient";
import { decryptedKeys } from "./credentials";
import type { EncryptedKeys } from "./encryption";

/**
 * A client with a store's keys. Needs cryptography: call it in actions only. Throws as `decryptedKeys` does. The client, with
 * the schemas of BrickLink's answers, is imported here, because every mutation beside an action would evaluate it otherwise.
 * Convex supports that in actions (convex-backend, crates/isolate/src/environment/action/mod.rs).
 */
export async function storeClientFor(
  businessAccountId: Id<"businessAccounts">,
  encryptedKeys: EncryptedKeys,
): Promise<StoreClient> {
  const { BRICKLINK_API_URL, createStoreClient } = await import("../storeClient");
  const keys = await decryptedKeys(encryptedKeys, businessAccountId);
  return createStoreClient(env.BRICKLINK_API_URL ?? BRICKLINK_API_URL, keys);
}
