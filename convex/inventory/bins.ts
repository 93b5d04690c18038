/** The bins of a store: for labels. A bin is no row of its own; it is where lots say that they lie. */
import { v } from "convex/values";
import { query } from "../_generated/server";
import { requireMember } from "../accounts/access";
import { AFTER_PREFIX } from "../lib/searchKey";

/** Ten sheets of 24 labels. Each bin is one read, of the 4,096 that Convex allows. */
const BINS_MAX = 240;

/**
 * The bins whose names start with `prefix`, in the order of the index, each once, and whether there are more: ask again with the last
 * one as `after`.
 */
export const list = query({
  args: {
    businessAccountId: v.id("businessAccounts"),
    prefix: v.string(),
    after: v.union(v.string(), v.null()),
  },
  returns: v.object({ bins: v.array(v.string()), isMore: v.boolean() }),
  handler: async (ctx, { businessAccountId, prefix, after }) => {
    await requireMember(ctx, businessAccountId, "inventory.bins.list");
    const bins: string[] = [];
    let last = after;
    while (bins.length <= BINS_MAX) {
      const from = last;
      // Each read skips all lots of the bin before. Lots without a bin have an empty one, which sorts first.
      const lot = await ctx.db
        .query("inventoryItems")
        .withIndex("by_location", (q) => {
          const ofStore = q.eq("businessAccountId", businessAccountId);
          const start =
            from !== null && from >= prefix
              ? ofStore.gt("location", from)
              : prefix === ""
                ? ofStore.gt("location", "")
                : ofStore.gte("location", prefix);
          return start.lt("location", prefix + AFTER_PREFIX);
        })
        .first();
      if (lot === null) break;
      bins.push(lot.location);
      last = lot.location;
    }
    return { bins: bins.slice(0, BINS_MAX), isMore: bins.length > BINS_MAX };
  },
});
