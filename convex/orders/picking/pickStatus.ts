/** Marking lines as picked. Everybody who looks at the order sees it at once. */
import { ConvexError, v, type Infer } from "convex/values";
import type { Doc, Id } from "../../_generated/dataModel";
import { mutation, type MutationCtx } from "../../_generated/server";
import { requireMember } from "../../accounts/access";
import { recordDeed } from "../../accounts/deeds";
import { patchOrder } from "../patchOrder";
import { isOpenTab, tabValidator } from "../tabs";
import { findLine, lineSubjectOf } from "./openLine";
import { changedPickCounts, pickStateAfterTick } from "./pickQuantities";

/** Lines marked in one call: a bin of a pick list, or a whole order. */
const LINES_PER_CALL_MAX = 500;

/** Pieces. Far above any line: a larger number is an error. */
const QUANTITY_MAX = 1_000_000;

const lineIdValidator = v.id("bricklinkOrderItems");

/** What the picker has to know of a line: that it was not marked and why, or that the tote has pieces which are not wanted or not counted. */
const tickProblemValidator = v.union(
  v.object({ lineId: lineIdValidator, reason: v.literal("notFound") }),
  v.object({
    lineId: lineIdValidator,
    reason: v.literal("notOpen"),
    orderNumber: v.number(),
    status: v.string(),
    tab: tabValidator,
  }),
  v.object({
    lineId: lineIdValidator,
    reason: v.literal("fewerWanted"),
    orderNumber: v.number(),
    itemName: v.string(),
    /** Pieces to put back. */
    quantity: v.number(),
  }),
  v.object({
    lineId: lineIdValidator,
    reason: v.literal("notThere"),
    orderNumber: v.number(),
    itemName: v.string(),
    /** Pieces in the tote that are not counted as on hand for the line, as after a colleague's report that they are missing. */
    quantity: v.number(),
  }),
);
type TickProblem = Infer<typeof tickProblemValidator>;

/** A tick, or its undo, of one line. `quantity`: pieces that the picker has in the tote; undefined for all that can be picked. */
type Tick = { lineId: Id<"bricklinkOrderItems">; isPicked: boolean; quantity: number | undefined };

async function markLine(
  ctx: MutationCtx,
  member: Doc<"members">,
  { lineId, isPicked, quantity }: Tick,
): Promise<TickProblem | null> {
  const found = await findLine(ctx, member.businessAccountId, lineId);
  if (found === null) return { lineId, reason: "notFound" };
  const { line, order } = found;
  const { orderNumber, status, tab } = order;
  if (!isOpenTab(tab)) {
    // A tick whose answer was lost before the order was closed comes again.
    const isAlreadySo = line.pickStatus === (isPicked ? "picked" : "unpicked");
    return isAlreadySo ? null : { lineId, reason: "notOpen", orderNumber, status, tab };
  }
  const state = isPicked
    ? pickStateAfterTick(line, quantity)
    : { pickStatus: "unpicked" as const, pickedQuantity: 0 };
  if (line.pickStatus !== state.pickStatus || line.pickedQuantity !== state.pickedQuantity) {
    const mark =
      state.pickStatus === "unpicked"
        ? { pickedBy: undefined, pickedAt: undefined }
        : { pickedBy: member.userId, pickedAt: Date.now() };
    await ctx.db.patch("bricklinkOrderItems", lineId, { ...state, ...mark });
    await patchOrder(ctx, order, changedPickCounts(order, line, { ...line, ...state }));
    await recordDeed(ctx, member, {
      action: isPicked ? "linePicked" : "lineUnpicked",
      subject: lineSubjectOf(found),
      before: line.pickedQuantity,
      after: state.pickedQuantity,
    });
  }
  if (!isPicked || quantity === undefined) return null;
  const told = { lineId, orderNumber, itemName: line.itemName };
  if (quantity > line.quantity) return { ...told, reason: "fewerWanted", quantity: quantity - line.quantity };
  const notThere = quantity - state.pickedQuantity;
  return notThere > 0 ? { ...told, reason: "notThere", quantity: notThere } : null;
}

/**
 * Marks lines as picked or unpicked. Marking a changed line as picked says that the parcel was corrected. A tick can be hours old:
 * `quantities` has, by line, how many pieces the picker has in the tote after it, of which no more are stored than can be picked now;
 * where that leaves pieces to take, the line becomes "changed". Of a line that it lacks, as in a tick of an older page, all that can be
 * picked are. Returns what the picker has to know; lines that cannot be marked leave the others marked. Throws ConvexError `tooMany` or
 * `quantityInvalid`.
 */
export const setPicked = mutation({
  args: {
    businessAccountId: v.id("businessAccounts"),
    lineIds: v.array(lineIdValidator),
    isPicked: v.boolean(),
    quantities: v.optional(v.record(lineIdValidator, v.number())),
  },
  returns: v.array(tickProblemValidator),
  handler: async (ctx, { businessAccountId, lineIds, isPicked, quantities = {} }) => {
    const member = await requireMember(ctx, businessAccountId, "orders.picking.pickStatus.setPicked");
    if (lineIds.length > LINES_PER_CALL_MAX) {
      throw new ConvexError({
        code: "tooMany",
        message: `Mark at most ${LINES_PER_CALL_MAX} lines at a time.`,
      });
    }
    if (Object.values(quantities).some((n) => !Number.isInteger(n) || n < 0 || n > QUANTITY_MAX)) {
      throw new ConvexError({
        code: "quantityInvalid",
        message: "Enter a whole number of pieces, 0 or more.",
      });
    }
    const problems: TickProblem[] = [];
    for (const lineId of new Set(lineIds)) {
      const problem = await markLine(ctx, member, { lineId, isPicked, quantity: quantities[lineId] });
      if (problem !== null) problems.push(problem);
    }
    return problems;
  },
});
