/** Marking lines as picked. Everybody who looks at the order sees it at once. */
import { ConvexError, v } from "convex/values";
import { mutation } from "../../_generated/server";
import { requireMember } from "../../accounts/access";
import { recordDeed } from "../../accounts/deeds";
import { patchOrder } from "../patchOrder";
import { lineSubjectOf, requireOpenLine } from "./openLine";
import { changedPickCounts, pickableQuantity } from "./pickQuantities";

/** Lines marked in one call: a bin of a pick list, or a whole order. */
const LINES_PER_CALL_MAX = 500;

/**
 * Marks lines as picked or unpicked. Marking a changed line as picked says that the parcel was corrected. Throws ConvexError
 * `tooMany`, `notFound` or `notOpen`.
 */
export const setPicked = mutation({
  args: {
    businessAccountId: v.id("businessAccounts"),
    lineIds: v.array(v.id("bricklinkOrderItems")),
    isPicked: v.boolean(),
  },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, lineIds, isPicked }) => {
    const member = await requireMember(ctx, businessAccountId, "orders.picking.pickStatus.setPicked");
    if (lineIds.length > LINES_PER_CALL_MAX) {
      throw new ConvexError({
        code: "tooMany",
        message: `Mark at most ${LINES_PER_CALL_MAX} lines at a time.`,
      });
    }
    const mark = isPicked
      ? { pickedBy: member.userId, pickedAt: Date.now() }
      : { pickedBy: undefined, pickedAt: undefined };
    for (const lineId of new Set(lineIds)) {
      const { line, order } = await requireOpenLine(ctx, businessAccountId, lineId);
      const pickStatus = isPicked ? ("picked" as const) : ("unpicked" as const);
      const pickedQuantity = isPicked ? pickableQuantity(line) : 0;
      if (line.pickStatus === pickStatus && line.pickedQuantity === pickedQuantity) continue;
      await ctx.db.patch("bricklinkOrderItems", lineId, { pickStatus, pickedQuantity, ...mark });
      const counts = changedPickCounts(order, line, { ...line, pickStatus, pickedQuantity });
      await patchOrder(ctx, order, counts);
      await recordDeed(ctx, member, {
        action: isPicked ? "linePicked" : "lineUnpicked",
        subject: lineSubjectOf({ line, order }),
        before: line.pickedQuantity,
        after: pickedQuantity,
      });
    }
    return null;
  },
});
