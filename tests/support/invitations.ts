/** Shared by the tests of members and invitations. */
import type { Doc } from "../../convex/_generated/dataModel";
import { api, type Store } from "./store";

/** An invitation by the owner, for a packer unless `role` says otherwise. `token` is the secret of its link. */
export async function anInvitation(
  store: Store,
  role: Doc<"members">["role"] = "staff",
): Promise<{ token: string }> {
  return await store.action(api.accounts.invitations.create, { role, label: " Ann, packing " });
}
