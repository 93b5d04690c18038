/** The index look-up before matching: the lots that a line could come from. */
import type { Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import type { WantedGoods } from "./matching";
import { findListedLot } from "./receiving";
import type { Lot } from "./stock";

/** Lots of the same goods in the same bin are a handful; the bound keeps the read small. */
const CANDIDATES_MAX = 50;

/** The lots worth considering for a line: by the marketplace's lot id, else by goods and bin. At most two index reads. */
export async function findCandidates(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  wanted: WantedGoods,
): Promise<Lot[]> {
  const imported = await findListedLot(ctx, businessAccountId, wanted.sourceLotId);
  if (imported) return [imported];

  return await ctx.db
    .query("inventoryItems")
    .withIndex("by_attributes", (q) => {
      const goods = q
        .eq("businessAccountId", businessAccountId)
        .eq("partNumber", wanted.partNumber)
        .eq("colorId", wanted.colorId)
        .eq("condition", wanted.condition);
      return wanted.location === "" ? goods : goods.eq("location", wanted.location);
    })
    .take(CANDIDATES_MAX);
}
