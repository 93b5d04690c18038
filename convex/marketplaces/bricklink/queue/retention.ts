/**
 * Removes completed notifications and closed writes after 30 days, in batches. Failed notifications stay until they are retried, by staff
 * or by the comparison, and refused writes until a person dismisses, retries or replaces them, but for no longer than personal data,
 * which a buyer's name in remarks is. What was written stays in the order itself, and who did it in the audit log.
 */
import { v } from "convex/values";
import { internal } from "../../../_generated/api";
import { internalMutation } from "../../../_generated/server";
import { personalDataKeptForMs } from "../../../orders/personalData";
import type { WriteStatus } from "../outbox/states";

const DAY_MS = 24 * 60 * 60_000;

/** Chosen so that staff can still look up last month's orders. */
const RETAINED_FOR_MS = 30 * DAY_MS;

/** Rows removed in one transaction. */
const BATCH_SIZE = 200;

/** Removes one batch and schedules the next until none is left. */
export const removeOldNotifications = internalMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const old = await ctx.db
      .query("bricklinkNotifications")
      .withIndex("by_status_processed", (q) =>
        q
          .eq("status", "completed")
          .gt("processedAt", 0)
          .lt("processedAt", Date.now() - RETAINED_FOR_MS),
      )
      .take(BATCH_SIZE);
    for (const { _id } of old) await ctx.db.delete("bricklinkNotifications", _id);
    if (old.length === BATCH_SIZE) {
      await ctx.scheduler.runAfter(
        0,
        internal.marketplaces.bricklink.queue.retention.removeOldNotifications,
        {},
      );
    }
    return null;
  },
});

/** Writes that nobody is needed for any more. A write that was dismissed may have been replaced since. */
const removable: readonly { status: WriteStatus; isDismissed: boolean }[] = [
  { status: "sent", isDismissed: false },
  { status: "withdrawn", isDismissed: false },
  { status: "replaced", isDismissed: false },
  { status: "replaced", isDismissed: true },
  { status: "refused", isDismissed: true },
];

const waitingForPerson = { status: "refused", isDismissed: false } as const;

/** Removes a batch of writes of each kind that nobody is needed for any more, and schedules the next until none is left. */
export const removeOldWrites = internalMutation({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const now = Date.now();
    const kinds = [
      ...removable.map((kind) => ({ ...kind, closedBefore: now - RETAINED_FOR_MS })),
      { ...waitingForPerson, closedBefore: now - personalDataKeptForMs() },
    ];
    const old = await Promise.all(
      kinds.map(({ status, isDismissed, closedBefore }) =>
        ctx.db
          .query("bricklinkWrites")
          .withIndex("by_status_closed", (q) =>
            q
              .eq("status", status)
              .eq("isDismissed", isDismissed)
              .gt("closedAt", 0)
              .lt("closedAt", closedBefore),
          )
          .take(BATCH_SIZE),
      ),
    );
    for (const { _id } of old.flat()) await ctx.db.delete("bricklinkWrites", _id);
    if (old.some((batch) => batch.length === BATCH_SIZE)) {
      await ctx.scheduler.runAfter(0, internal.marketplaces.bricklink.queue.retention.removeOldWrites, {});
    }
    return null;
  },
});
