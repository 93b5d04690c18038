/** What BrickLink may have carried out of an order's writes that the stored order does not show yet. */
import type { Doc } from "../../../_generated/dataModel";
import type { QueryCtx } from "../../../_generated/server";
import type { ChangeKind } from "../api/changes";
import type { WriteStatus } from "./states";

type Write = Doc<"bricklinkWrites">;

/** Writes of one order and status read, the latest first. Those before them were made long before the order was fetched. */
const READ_MAX = 20;

/** A refused one is left out: BrickLink did not carry it out, or its order is being fetched. */
const statuses: readonly WriteStatus[] = ["sending", "waiting", "sent", "withdrawn", "replaced"];

/**
 * The latest write of a kind that was sent, or tried, and is not known to be in what is stored of the order: it is open, or was
 * closed after the fetch of the stored snapshot began.
 */
export async function latestUnseen(
  ctx: QueryCtx,
  { businessAccountId, orderNumber, snapshotAt }: Doc<"bricklinkOrders">,
  kind: ChangeKind,
): Promise<Write | undefined> {
  const pages = await Promise.all(
    statuses.map((status) =>
      ctx.db
        .query("bricklinkWrites")
        .withIndex("by_order", (q) =>
          q.eq("businessAccountId", businessAccountId).eq("orderNumber", orderNumber).eq("status", status),
        )
        .order("desc")
        .take(READ_MAX),
    ),
  );
  return pages
    .flat()
    .filter(
      ({ change, attempts, closedAt = Number.POSITIVE_INFINITY }) =>
        change.kind === kind && attempts > 0 && closedAt >= snapshotAt,
    )
    .sort((a, b) => b.requestedAt - a.requestedAt)[0];
}
