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
 * The writes of a kind that were sent, or tried, and are not known to be in what is stored of the order, the latest first: they are
 * open, or were closed after the fetch of the stored snapshot began.
 */
export async function unseenWrites(
  ctx: QueryCtx,
  { businessAccountId, orderNumber, snapshotAt }: Doc<"bricklinkOrders">,
  kind: ChangeKind,
): Promise<Write[]> {
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
    .sort((a, b) => b.requestedAt - a.requestedAt);
}

/**
 * The statuses that an order may have at BrickLink by the store's own writes, the likeliest first. A failed attempt may have had its
 * effect or none. `stored`: its status as it was fetched last; `unseen`: its writes since then.
 */
export function seenStatuses(stored: string, unseen: readonly Write[]): [string, ...string[]] {
  const [latest, ...earlier] = unseen.filter(({ change }) => change.kind === "status");
  if (latest?.change.kind !== "status") return [stored];
  const before = latest.status === "sent" ? [] : seenStatuses(stored, earlier);
  return [latest.change.status, ...before];
}
