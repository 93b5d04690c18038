import { defineTable } from "convex/server";
import { v } from "convex/values";

export const ordersTables = {
  // Written by counts.ts in the transaction that changes an order, so that nobody counts orders to show a number.
  // A list, not a record: BrickLink may invent a status that is no legal field name.
  orderCounts: defineTable({
    businessAccountId: v.id("businessAccounts"),
    byStatus: v.array(v.object({ status: v.string(), count: v.number() })),
  }).index("by_business", ["businessAccountId"]),
};
