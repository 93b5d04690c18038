/** What follows a write that may have reached BrickLink, which announces no change that a seller makes through its API. */
import type { Doc } from "../../../_generated/dataModel";
import type { MutationCtx } from "../../../_generated/server";
import { enqueueFetch } from "../queue/enqueue";

/** Has the order of a write fetched, and its feedback where that was written: BrickLink completes some orders after feedback. */
export async function readBack(
  ctx: MutationCtx,
  { businessAccountId, orderNumber, change }: Doc<"bricklinkWrites">,
): Promise<void> {
  await enqueueFetch(ctx, businessAccountId, "write", orderNumber);
  if (change.kind === "feedback") {
    await enqueueFetch(ctx, businessAccountId, "write", orderNumber, "Feedback");
  }
}
