import { defineSchema, defineTable, type DataModelFromSchemaDefinition } from "convex/server";
import { v } from "convex/values";

const schema = defineSchema({
  tasks: defineTable({ owner: v.string(), rank: v.number(), note: v.optional(v.string()) })
    .index("by_rank", ["rank"])
    .index("by_owner", ["owner", "rank"])
    .searchIndex("by_note", { searchField: "note" }),
  anything: defineTable({ position: v.number(), value: v.optional(v.any()) }).index("by_value", ["value"]),
});

export type DataModel = DataModelFromSchemaDefinition<typeof schema>;

export default schema;
