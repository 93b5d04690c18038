/** Lots as staff look for them: in the order of bins, parts or names, or by how any of these begins. */
import { v, type Infer, type ObjectType } from "convex/values";
import type { Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { AFTER_PREFIX, searchKeyOf } from "./searchKey";
import { availableOf } from "./reservation";
import { completenessValidator, conditionValidator } from "./schema";
import type { Lot } from "./stock";

export const lotSortValidator = v.union(v.literal("location"), v.literal("part"), v.literal("name"));
export type LotSort = Infer<typeof lotSortValidator>;

export const lotRowFields = {
  lotId: v.id("inventoryItems"),
  itemType: v.string(),
  partNumber: v.string(),
  itemName: v.string(),
  colorId: v.number(),
  colorName: v.union(v.string(), v.null()),
  condition: conditionValidator,
  completeness: v.union(completenessValidator, v.null()),
  location: v.string(),
  onHand: v.number(),
  reserved: v.number(),
  available: v.number(),
};
export type LotRow = ObjectType<typeof lotRowFields>;

export function lotRow(lot: Lot): LotRow {
  return {
    lotId: lot._id,
    itemType: lot.itemType,
    partNumber: lot.partNumber,
    itemName: lot.itemName,
    colorId: lot.colorId,
    colorName: lot.colorName ?? null,
    condition: lot.condition,
    completeness: lot.completeness ?? null,
    location: lot.location,
    onHand: lot.quantityOnHand,
    reserved: lot.quantityReserved,
    available: availableOf(lot),
  };
}

type BusinessId = Id<"businessAccounts">;

/** All lots of a store, in an order that an index has. */
export function lotsBy(ctx: QueryCtx, business: BusinessId, sort: LotSort) {
  const lots = ctx.db.query("inventoryItems");
  switch (sort) {
    case "location":
      return lots.withIndex("by_location", (q) => q.eq("businessAccountId", business));
    case "part":
      return lots.withIndex("by_attributes", (q) => q.eq("businessAccountId", business));
    case "name":
      return lots.withIndex("by_name", (q) => q.eq("businessAccountId", business));
  }
}

/** Lots found by each of part number, bin and name. */
export const FOUND_MAX = 60;

/** The ways a person may write a part number or a bin whose letters are big or small. */
function spellings(typed: string): string[] {
  return [...new Set([typed, typed.toLowerCase(), typed.toUpperCase()])];
}

/** Lots whose part number, bin or name begins with what was typed: a bounded number of each, and whether that is all. */
export async function findLots(
  ctx: QueryCtx,
  business: BusinessId,
  search: string,
): Promise<{ lots: Lot[]; isMore: boolean }> {
  const typed = search.trim();
  if (typed === "") return { lots: [], isMore: false };
  const lots = () => ctx.db.query("inventoryItems");
  const found = await Promise.all([
    ...spellings(typed).map((part) =>
      lots()
        .withIndex("by_attributes", (q) =>
          q
            .eq("businessAccountId", business)
            .gte("partNumber", part)
            .lt("partNumber", part + AFTER_PREFIX),
        )
        .take(FOUND_MAX + 1),
    ),
    ...spellings(typed).map((bin) =>
      lots()
        .withIndex("by_location", (q) =>
          q
            .eq("businessAccountId", business)
            .gte("location", bin)
            .lt("location", bin + AFTER_PREFIX),
        )
        .take(FOUND_MAX + 1),
    ),
    lots()
      .withIndex("by_name", (q) =>
        q
          .eq("businessAccountId", business)
          .gte("nameKey", searchKeyOf(typed))
          .lt("nameKey", searchKeyOf(typed) + AFTER_PREFIX),
      )
      .take(FOUND_MAX + 1),
  ]);
  const byId = new Map(found.flatMap((some) => some.slice(0, FOUND_MAX)).map((lot) => [lot._id, lot]));
  return { lots: [...byId.values()], isMore: found.some((some) => some.length > FOUND_MAX) };
}
