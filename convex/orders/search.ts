/** Orders found by words: their number, buyer and recipient, and while they are open the parts, colours and bins of their lines. */
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { hasTerms, searchTextOf } from "../lib/searchWords";
import type { LineFields } from "./apply/lineChanges";
import { isOpenTab } from "./tabs";

type Order = Doc<"bricklinkOrders">;
type SearchedLine = Pick<LineFields, "partNumber" | "itemName" | "colorName" | "location">;

/** The words of a line. */
export function lineSearchText({ partNumber, itemName, colorName, location }: SearchedLine): string {
  return searchTextOf([partNumber, itemName, colorName, location]);
}

type Searched = Pick<Order, "orderNumber" | "tab" | "shipping"> & { buyerName?: string | undefined };

/** What an order's search text is made of. The recipient's name stands apart, because not everybody may find an order by it. */
function searchFieldsOf(order: Searched, lines: readonly SearchedLine[]) {
  const recipient = searchTextOf([order.shipping.address?.name ?? order.shipping.address?.full]);
  const text = searchTextOf([
    String(order.orderNumber),
    order.buyerName,
    ...(isOpenTab(order.tab) ? lines.map(lineSearchText) : []),
  ]);
  return { text: `${text} ${recipient}`.trimEnd(), recipientLength: recipient.length };
}

async function storedText(ctx: QueryCtx, orderId: Id<"bricklinkOrders">) {
  return await ctx.db
    .query("orderSearchTexts")
    .withIndex("by_order", (q) => q.eq("orderId", orderId))
    .unique();
}

/** Stores by what an order is found. Writes nothing when that has not changed. */
export async function storeSearchText(
  ctx: MutationCtx,
  orderId: Id<"bricklinkOrders">,
  order: Searched & Pick<Order, "businessAccountId">,
  lines: readonly SearchedLine[],
): Promise<void> {
  const { businessAccountId } = order;
  const fields = searchFieldsOf(order, lines);
  const stored = await storedText(ctx, orderId);
  if (stored === null) await ctx.db.insert("orderSearchTexts", { businessAccountId, orderId, ...fields });
  else if (stored.text !== fields.text) await ctx.db.patch("orderSearchTexts", stored._id, fields);
}

/** Lets an open order be found by a further bin, to which one of its lines has moved. */
export async function addBinToSearchText(
  ctx: MutationCtx,
  orderId: Id<"bricklinkOrders">,
  location: string,
): Promise<void> {
  const stored = await storedText(ctx, orderId);
  const words = searchTextOf([location]);
  if (stored === null || hasTerms(stored.text, words.split(" "))) return;
  await ctx.db.patch("orderSearchTexts", stored._id, { text: `${words} ${stored.text}` });
}

type SearchText = Doc<"orderSearchTexts">;

/** Whether an order that the index found has all terms. `mayFindRecipient`: by the recipient's name too. */
export function isFound(
  { text, recipientLength }: SearchText,
  terms: readonly string[],
  mayFindRecipient: boolean,
): boolean {
  return hasTerms(mayFindRecipient ? text : text.slice(0, text.length - recipientLength), terms);
}

/** The orders of a store that the index finds for some terms, the best first; see `isFound`. */
export function ordersWithAnyTerm(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  terms: readonly string[],
) {
  return ctx.db
    .query("orderSearchTexts")
    .withSearchIndex("by_text", (q) =>
      q.search("text", terms.join(" ")).eq("businessAccountId", businessAccountId),
    );
}
