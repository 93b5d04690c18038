/** Who wants a part: lines of open orders, found by how the part's number or name begins. */
import { v } from "convex/values";
import { query } from "../_generated/server";
import { requireMember } from "../accounts/access";
import { AFTER_PREFIX, searchKeyOf } from "../inventory/searchKey";
import { lineValidator, lineView } from "./lineView";

/** Lines shown for one search; who sees as many types another letter. */
const LINES_MAX = 30;

/** A single letter is the beginning of half the catalogue. */
const LETTERS_MIN = 2;

/** Lines of open orders whose part number or name begins with what was typed, and whether there are more. */
export const list = query({
  args: { businessAccountId: v.id("businessAccounts"), search: v.string() },
  returns: v.object({
    lines: v.array(v.object({ ...lineValidator.fields, orderNumber: v.number() })),
    isMore: v.boolean(),
  }),
  handler: async (ctx, { businessAccountId, search }) => {
    await requireMember(ctx, businessAccountId, "viewer");
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
        .take(LINES_MAX + 1),
      stored()
        .withIndex("by_open_name", (q) =>
          q
            .eq("businessAccountId", businessAccountId)
            .gte("openNameKey", typed)
            .lt("openNameKey", typed + AFTER_PREFIX),
        )
        .take(LINES_MAX + 1),
    ]);
    const found = [...new Map([...byPart, ...byName].map((line) => [line._id, line])).values()];
    const lines = await Promise.all(
      found.slice(0, LINES_MAX).map(async (line) => {
        const order = await ctx.db.get("bricklinkOrders", line.orderId);
        return order === null ? [] : [{ ...lineView(line), orderNumber: order.orderNumber }];
      }),
    );
    return { lines: lines.flat(), isMore: found.length > LINES_MAX };
  },
});
