import type { Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import type { Wanted } from "./matching";
import type { Lot } from "./stock";

/** Equal lots in one bin are a handful; a store that has more of the same goods in one place loses nothing by this. */
const CANDIDATES_MAX = 50;

/** The lots worth considering for a line: by its own lot id, else by what and where it is. At most two index reads. */
export async function findCandidates(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  wanted: Wanted,
): Promise<Lot[]> {
  const imported = await ctx.db
    .query("inventoryItems")
    .withIndex("by_source_lot", (q) =>
      q.eq("businessAccountId", businessAccountId).eq("sourceLotId", wanted.sourceLotId),
    )
    .first();
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
