/** Which open orders contain a part: their lines, found by the prefix of the part's number or name. */
import { v } from "convex/values";
import { query } from "../_generated/server";
import { requireMember } from "../accounts/access";
import { AFTER_PREFIX, searchKeyOf } from "../lib/searchKey";
import { lineValidator, lineViews } from "./lineView";

/** Lines shown for one search. `isMore` tells the person to type a longer text. */
const LINES_SHOWN_MAX = 30;

/** A single letter would match a large part of the catalogue. */
const LETTERS_MIN = 2;

/** Lines of open orders whose part number or name starts with what was typed, and whether there are more. */
export const list = query({
  args: { businessAccountId: v.id("businessAccounts"), search: v.string() },
  returns: v.object({
    lines: v.array(v.object({ ...lineValidator.fields, orderNumber: v.number() })),
    isMore: v.boolean(),
  }),
  handler: async (ctx, { businessAccountId, search }) => {
    const { userId } = await requireMember(ctx, businessAccountId, "orders.partSearch.list");
    const typed = searchKeyOf(search);
    if (typed.length < LETTERS_MIN) return { lines: [], isMore: false };
    const stored = () => ctx.db.query("bricklinkOrderItems");
    const [byPart, byName] = await Promise.all([
      stored()
        .withIndex("by_open_part", (q) =>
          q
            .eq("businessAccountId", businessAccountId)
            .gte("openPartKey", typed)
            .lt("openPartKey", typed + AFTER_PREFIX),
        )
        .take(LINES_SHOWN_MAX + 1),
      stored()
        .withIndex("by_open_name", (q) =>
          q
            .eq("businessAccountId", businessAccountId)
            .gte("openNameKey", typed)
            .lt("openNameKey", typed + AFTER_PREFIX),
        )
        .take(LINES_SHOWN_MAX + 1),
    ]);
    const found = [...new Map([...byPart, ...byName].map((line) => [line._id, line])).values()];
    const shown = found.slice(0, LINES_SHOWN_MAX);
    const orders = await Promise.all(shown.map(({ orderId }) => ctx.db.get("bricklinkOrders", orderId)));
    const lines = (await lineViews(ctx, shown, userId)).flatMap((line, index) => {
      const orderNumber = orders[index]?.orderNumber;
      return orderNumber === undefined ? [] : [{ ...line, orderNumber }];
    });
    return { lines, isMore: found.length > LINES_SHOWN_MAX };
  },
});
