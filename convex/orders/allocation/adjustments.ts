/** A person's changes of a lot. Stock that becomes free goes to the lot's backorders in the same transaction. */
import { ConvexError, v } from "convex/values";
import type { Id } from "../../_generated/dataModel";
import { mutation, type MutationCtx } from "../../_generated/server";
import { requireMember } from "../../accounts/access";
import { itemOf, recordDeed } from "../../accounts/deeds";
import { adjustOnHand, undoAdjustment } from "../../inventory/adjustment";
import { givenReasonValidator } from "../../inventory/schema";
import type { Lot } from "../../inventory/stock";
import { fillBackorders } from "./backorders";

async function requireLot(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  lotId: Id<"inventoryItems">,
): Promise<Lot> {
  const lot = await ctx.db.get("inventoryItems", lotId);
  if (lot?.businessAccountId === businessAccountId) return lot;
  throw new ConvexError({ code: "notFound", message: "There is no such lot in this store." });
}

/** Sets what is on hand of a lot, with a reason. Throws ConvexError `notFound`, or as `adjustOnHand` does. */
export const adjust = mutation({
  args: {
    businessAccountId: v.id("businessAccounts"),
    lotId: v.id("inventoryItems"),
    onHand: v.number(),
    seenOnHand: v.number(),
    reason: givenReasonValidator,
    note: v.string(),
  },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, lotId, ...change }) => {
    const member = await requireMember(ctx, businessAccountId, "orders.allocation.adjustments.adjust");
    const lot = await requireLot(ctx, businessAccountId, lotId);
    const freed = await adjustOnHand(ctx, lot, { ...change, personReference: member.userId });
    await recordDeed(ctx, member, {
      action: "lotAdjusted",
      subject: { kind: "lot", lotId, item: itemOf(lot) },
      reason: change.reason,
      before: lot.quantityOnHand,
      after: change.onHand,
    });
    await fillBackorders(ctx, freed);
    return null;
  },
});

/** Undoes an adjustment by the opposite entry. Throws ConvexError `notFound`, or as `undoAdjustment` does. */
export const undo = mutation({
  args: { businessAccountId: v.id("businessAccounts"), entryId: v.id("inventoryLedger") },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, entryId }) => {
    const member = await requireMember(ctx, businessAccountId, "orders.allocation.adjustments.undo");
    const entry = await ctx.db.get("inventoryLedger", entryId);
    if (entry?.businessAccountId !== businessAccountId) {
      throw new ConvexError({ code: "notFound", message: "There is no such entry in this store." });
    }
    const lot = await requireLot(ctx, businessAccountId, entry.inventoryItemId);
    const freed = await undoAdjustment(ctx, lot, entry, member.userId);
    const { quantityOnHand: after } = await requireLot(ctx, businessAccountId, lot._id);
    await recordDeed(ctx, member, {
      action: "adjustmentUndone",
      subject: { kind: "lot", lotId: lot._id, item: itemOf(lot) },
      before: lot.quantityOnHand,
      after,
    });
    await fillBackorders(ctx, freed);
    return null;
  },
});
