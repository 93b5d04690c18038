/** Lots found by words: part number, name, colour and bin, in any order. */
import type { Doc, Id } from "../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../_generated/server";
import { hasTerms, searchTextOf, termsOf } from "../lib/searchWords";

type Lot = Doc<"inventoryItems">;

/** Texts that one search reads. The index has those with most of the words first, so that more would only cost time. */
const TEXTS_READ_MAX = 500;

/** Lots of one search that are shown. */
const FOUND_MAX = 100;

type Described = Pick<Lot, "businessAccountId" | "partNumber" | "itemName" | "colorName" | "location">;

function searchTextOfLot({ partNumber, itemName, colorName, location }: Described): string {
  return searchTextOf([partNumber, itemName, colorName, location]);
}

/** Stores by which words a new lot is found. */
export async function insertLotSearchText(
  ctx: MutationCtx,
  lotId: Id<"inventoryItems">,
  lot: Described,
): Promise<void> {
  const { businessAccountId } = lot;
  await ctx.db.insert("lotSearchTexts", { businessAccountId, lotId, text: searchTextOfLot(lot) });
}

/** Stores by which words a lot is found that may have been found by others before. The caller marks it as having a text. */
export async function replaceLotSearchText(
  ctx: MutationCtx,
  lotId: Id<"inventoryItems">,
  lot: Described,
): Promise<void> {
  const stored = await ctx.db
    .query("lotSearchTexts")
    .withIndex("by_lot", (q) => q.eq("lotId", lotId))
    .unique();
  if (stored === null) await insertLotSearchText(ctx, lotId, lot);
  else await ctx.db.patch("lotSearchTexts", stored._id, { text: searchTextOfLot(lot) });
}

/** The lots of a store that have all words of a search, each as a word or as the beginning of one, the best first. */
export async function findLots(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  search: string,
): Promise<{ lots: Lot[]; isMore: boolean }> {
  const terms = termsOf(search);
  if (terms.length === 0) return { lots: [], isMore: false };
  const texts = await ctx.db
    .query("lotSearchTexts")
    .withSearchIndex("by_text", (q) =>
      q.search("text", terms.join(" ")).eq("businessAccountId", businessAccountId),
    )
    .take(TEXTS_READ_MAX);
  const found = texts.filter(({ text }) => hasTerms(text, terms));
  const lots = await Promise.all(
    found.slice(0, FOUND_MAX).map(({ lotId }) => ctx.db.get("inventoryItems", lotId)),
  );
  return {
    lots: lots.filter((lot) => lot !== null),
    isMore: found.length > FOUND_MAX || texts.length === TEXTS_READ_MAX,
  };
}
