/**
 * Feedback for buyers: what the store's praise says, and for which orders feedback can be left. It goes out through the outbox, when
 * a person says so and never by itself.
 */
import { ConvexError, v } from "convex/values";
import type { Doc, Id } from "../../../_generated/dataModel";
import { mutation, query, type QueryCtx } from "../../../_generated/server";
import { requireMember } from "../../../accounts/access";
import { recordDeed } from "../../../accounts/deeds";
import { findOrder } from "../../../orders/apply/applySnapshot";
import { isFeedbackGiven } from "../../../orders/correspondence/feedback";
import { takesFeedback } from "../api/statusMoves";
import { findCredential } from "../connection/credentials";
import { openWritesOf } from "../outbox/claim";
import { praiseTextOf } from "../outbox/content";

/** The limit of BrickLink's own form is not documented; this keeps the text one that is read. */
const PRAISE_LENGTH_MAX = 300;

const businessArgs = { businessAccountId: v.id("businessAccounts") };

/** What the store's praise says, and whether the store is only read, so that none can be left. */
export const get = query({
  args: businessArgs,
  returns: v.object({ praiseText: v.string(), isReadOnly: v.boolean() }),
  handler: async (ctx, { businessAccountId }) => {
    await requireMember(ctx, businessAccountId, "marketplaces.bricklink.correspondence.praise.get");
    const credential = await findCredential(ctx, businessAccountId);
    return {
      praiseText: praiseTextOf(credential),
      isReadOnly: credential?.writesEnabledAt === undefined,
    };
  },
});

/** Changes what praise says from now on. Throws ConvexError `notConnected`, `praiseMissing` or `tooLong`. */
export const setText = mutation({
  args: { ...businessArgs, praiseText: v.string() },
  returns: v.null(),
  handler: async (ctx, args) => {
    const { businessAccountId } = args;
    const member = await requireMember(
      ctx,
      businessAccountId,
      "marketplaces.bricklink.correspondence.praise.setText",
    );
    const praiseText = args.praiseText.trim();
    if (praiseText === "") {
      throw new ConvexError({ code: "praiseMissing", message: "Write what your praise is to say." });
    }
    if (praiseText.length > PRAISE_LENGTH_MAX) {
      throw new ConvexError({
        code: "tooLong",
        message: `Shorten the text: praise has at most ${PRAISE_LENGTH_MAX} characters.`,
      });
    }
    const credential = await findCredential(ctx, businessAccountId);
    if (credential === null) {
      throw new ConvexError({ code: "notConnected", message: "Connect BrickLink first." });
    }
    if (praiseTextOf(credential) === praiseText) return null;
    await ctx.db.patch("marketplaceCredentials", credential._id, { praiseText });
    await recordDeed(ctx, member, { action: "praiseTextChanged", subject: { kind: "setting" } });
    return null;
  },
});

/** Whether the order's feedback is being asked of BrickLink, as after feedback was sent: until then it is not known here. */
async function isBeingFetched(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  orderNumber: number,
): Promise<boolean> {
  const unfinished = await Promise.all(
    (["pending", "processing", "failed"] as const).map((status) =>
      ctx.db
        .query("bricklinkNotifications")
        .withIndex("by_resource", (q) =>
          q
            .eq("businessAccountId", businessAccountId)
            .eq("eventType", "Feedback")
            .eq("resourceId", orderNumber)
            .eq("status", status),
        )
        .first(),
    ),
  );
  return unfinished.some((notification) => notification !== null);
}

async function takesFeedbackNow(ctx: QueryCtx, order: Doc<"bricklinkOrders">): Promise<boolean> {
  const { _id, businessAccountId, orderNumber, status } = order;
  if (!takesFeedback(status) || (await isFeedbackGiven(ctx, _id))) return false;
  const open = await openWritesOf(ctx, businessAccountId, orderNumber);
  if (open.some(({ change }) => change.kind === "feedback")) return false;
  return !(await isBeingFetched(ctx, businessAccountId, orderNumber));
}

/** Whether feedback can be left for the buyer of an order now, and what praise would say. */
export const offer = query({
  args: { ...businessArgs, orderNumber: v.number() },
  returns: v.object({ isOffered: v.boolean(), praiseText: v.string() }),
  handler: async (ctx, { businessAccountId, orderNumber }) => {
    await requireMember(ctx, businessAccountId, "marketplaces.bricklink.correspondence.praise.offer");
    const credential = await findCredential(ctx, businessAccountId);
    const order = await findOrder(ctx, businessAccountId, orderNumber);
    const isOffered =
      credential?.writesEnabledAt !== undefined && order !== null && (await takesFeedbackNow(ctx, order));
    return { isOffered, praiseText: praiseTextOf(credential) };
  },
});
