import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";

export default defineSchema({
  items: defineTable({ number: v.number(), shelf: v.number(), label: v.string() })
    .index("by_number", ["number"])
    .index("by_shelf", ["shelf", "number"]),
});
