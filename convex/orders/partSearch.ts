/** Which lines of open orders are for a part, a colour or a bin. */
import { v } from "convex/values";
import { query } from "../_generated/server";
import { requireMember } from "../accounts/access";
import { hasTerms, termsOf } from "../lib/searchWords";
import { linesOf } from "./apply/applySnapshot";
import type { Line } from "./apply/lineChanges";
import { lineValidator, lineViews } from "./lineView";
import { isFound, lineSearchText, ordersWithAnyTerm } from "./search";
import { isOpenTab } from "./tabs";

/** Lines shown for one search. `isMore` tells the person to type a longer text. */
const LINES_SHOWN_MAX = 30;

/** Orders looked through, the best found first, and lines read of them at most before no further order is. */
const ORDERS_MAX = 200;
const LINES_READ_MAX = 3_000;

/** A single letter would match a large part of the catalogue. */
const LETTERS_MIN = 2;

/** Lines of open orders that have all words of a search, and whether there are more. */
export const list = query({
  args: { businessAccountId: v.id("businessAccounts"), search: v.string() },
  returns: v.object({
    lines: v.array(v.object({ ...lineValidator.fields, orderNumber: v.number() })),
    isMore: v.boolean(),
  }),
  handler: async (ctx, { businessAccountId, search }) => {
    const { userId } = await requireMember(ctx, businessAccountId, "orders.partSearch.list");
    const terms = termsOf(search);
    if (terms.join("").length < LETTERS_MIN) return { lines: [], isMore: false };
    const found = await ordersWithAnyTerm(ctx, businessAccountId, terms).take(ORDERS_MAX);
    const lines: { line: Line; orderNumber: number }[] = [];
    let read = 0;
    let isMore = found.length === ORDERS_MAX;
    for (const { orderId } of found.filter((text) => isFound(text, terms, false))) {
      if (lines.length > LINES_SHOWN_MAX || read > LINES_READ_MAX) {
        isMore = true;
        break;
      }
      const order = await ctx.db.get("bricklinkOrders", orderId);
      if (order === null || !isOpenTab(order.tab)) continue;
      const ofOrder = await linesOf(ctx, orderId);
      read += ofOrder.length;
      const matching = ofOrder.filter((line) => hasTerms(lineSearchText(line), terms));
      lines.push(...matching.map((line) => ({ line, orderNumber: order.orderNumber })));
    }
    const shown = lines.slice(0, LINES_SHOWN_MAX);
    const views = await lineViews(
      ctx,
      shown.map(({ line }) => line),
      userId,
    );
    return {
      lines: views.flatMap((view, index) => {
        const orderNumber = shown[index]?.orderNumber;
        return orderNumber === undefined ? [] : [{ ...view, orderNumber }];
      }),
      isMore: isMore || lines.length > LINES_SHOWN_MAX,
    };
  },
});
