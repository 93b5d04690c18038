/** Lots to count again: a packer found fewer pieces there than the store believed, so the rest may be wrong too. */
import { ConvexError, v } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { mutation, query, type MutationCtx, type QueryCtx } from "../_generated/server";
import { personLabel, requireMember } from "../accounts/access";
import { itemOf, recordDeed } from "../accounts/deeds";
import type { Lot } from "./stock";

const lotArgs = { businessAccountId: v.id("businessAccounts"), lotId: v.id("inventoryItems") };

async function taskOf(ctx: QueryCtx, lotId: Id<"inventoryItems">): Promise<Doc<"recountTasks"> | null> {
  return await ctx.db
    .query("recountTasks")
    .withIndex("by_item", (q) => q.eq("inventoryItemId", lotId))
    .unique();
}

/** Asks for a count of the lot, or adds to what was reported since one was asked for. `quantity`: pieces just reported lost. */
export async function askForRecount(
  ctx: MutationCtx,
  { _id: lotId, businessAccountId }: Pick<Lot, "_id" | "businessAccountId">,
  report: { quantity: number; personReference: string },
): Promise<void> {
  const { quantity, personReference } = report;
  const task = await taskOf(ctx, lotId);
  const asked = { personReference, askedAt: Date.now() };
  if (task) await ctx.db.patch("recountTasks", task._id, { ...asked, quantity: task.quantity + quantity });
  else await ctx.db.insert("recountTasks", { businessAccountId, inventoryItemId: lotId, quantity, ...asked });
}

/** Takes reported pieces back; a lot with none left needs no count. */
export async function takeBackRecount(
  ctx: MutationCtx,
  lotId: Id<"inventoryItems">,
  quantity: number,
): Promise<void> {
  const task = await taskOf(ctx, lotId);
  if (task === null) return;
  if (task.quantity > quantity) {
    await ctx.db.patch("recountTasks", task._id, { quantity: task.quantity - quantity });
  } else await ctx.db.delete("recountTasks", task._id);
}

/** Closes the lot's task: it was counted. Returns whether there was one. */
export async function closeRecount(ctx: MutationCtx, lotId: Id<"inventoryItems">): Promise<boolean> {
  const task = await taskOf(ctx, lotId);
  if (task !== null) await ctx.db.delete("recountTasks", task._id);
  return task !== null;
}

/** The task of a lot; null when there is none, and for a lot of another store. */
export const ofLot = query({
  args: lotArgs,
  returns: v.union(
    v.null(),
    v.object({ quantity: v.number(), person: v.union(v.string(), v.null()), askedAt: v.number() }),
  ),
  handler: async (ctx, { businessAccountId, lotId }) => {
    await requireMember(ctx, businessAccountId, "inventory.recounts.ofLot");
    const task = await taskOf(ctx, lotId);
    if (task?.businessAccountId !== businessAccountId) return null;
    const { quantity, personReference, askedAt } = task;
    return { quantity, person: await personLabel(ctx, personReference), askedAt };
  },
});

/** Closes a task without a count. Throws ConvexError `notFound`. */
export const dismiss = mutation({
  args: lotArgs,
  returns: v.null(),
  handler: async (ctx, { businessAccountId, lotId }) => {
    const member = await requireMember(ctx, businessAccountId, "inventory.recounts.dismiss");
    const lot = await ctx.db.get("inventoryItems", lotId);
    if (lot?.businessAccountId !== businessAccountId || !(await closeRecount(ctx, lotId))) {
      throw new ConvexError({
        code: "notFound",
        message: "This lot is not to be counted any more. Somebody did, or said that it need not be.",
      });
    }
    await recordDeed(ctx, member, {
      action: "recountDismissed",
      subject: { kind: "lot", lotId, item: itemOf(lot) },
    });
    return null;
  },
});
