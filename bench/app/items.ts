/** The functions that the benchmark calls: look-ups, pages and writes as in an app. */
import {
  mutationGeneric,
  paginationOptsValidator,
  queryGeneric,
  type DataModelFromSchemaDefinition,
  type GenericQueryCtx,
  type MutationBuilder,
  type QueryBuilder,
} from "convex/server";
import { v } from "convex/values";
import type schema from "./schema";

type DataModel = DataModelFromSchemaDefinition<typeof schema>;
type QueryCtx = GenericQueryCtx<DataModel>;

const query: QueryBuilder<DataModel, "public"> = queryGeneric;
const mutation: MutationBuilder<DataModel, "public"> = mutationGeneric;

/** A step between numbers, so that consecutive look-ups read distant documents. */
const STRIDE = 7_919;

async function lookUp(ctx: QueryCtx, number: number) {
  return await ctx.db
    .query("items")
    .withIndex("by_number", (q) => q.eq("number", number))
    .unique();
}

async function lookUpMany(ctx: QueryCtx, start: number, count: number, total: number): Promise<number> {
  let found = 0;
  for (let step = 0; step < count; step += 1) {
    if ((await lookUp(ctx, (start + step * STRIDE) % total)) !== null) found += 1;
  }
  return found;
}

const lookUps = { start: v.number(), count: v.number(), total: v.number() };

export const fill = mutation({
  args: { from: v.number(), count: v.number() },
  handler: async (ctx, { from, count }) => {
    for (let number = from; number < from + count; number += 1) {
      await ctx.db.insert("items", { number, shelf: number % 100, label: `Brick ${number}` });
    }
  },
});

export const find = query({
  args: lookUps,
  handler: (ctx, { start, count, total }) => lookUpMany(ctx, start, count, total),
});

export const findAndWrite = mutation({
  args: lookUps,
  handler: async (ctx, { start, count, total }) => {
    const found = await lookUpMany(ctx, start, count, total);
    const item = await lookUp(ctx, start);
    if (item) await ctx.db.patch(item._id, { label: `Brick ${item.number} of ${found}` });
  },
});

export const page = query({
  args: { shelf: v.number(), paginationOpts: paginationOptsValidator },
  handler: async (ctx, { shelf, paginationOpts }) =>
    await ctx.db
      .query("items")
      .withIndex("by_shelf", (q) => q.eq("shelf", shelf))
      .paginate(paginationOpts),
});

/** Logs each run, so that the benchmark can count reruns. */
export const watch = query({
  args: { number: v.number() },
  handler: async (ctx, { number }) => {
    console.debug("watched");
    return (await lookUp(ctx, number))?.label ?? null;
  },
});

export const relabel = mutation({
  args: { number: v.number(), label: v.string() },
  handler: async (ctx, { number, label }) => {
    const item = await lookUp(ctx, number);
    if (item) await ctx.db.patch(item._id, { label });
  },
});

export const add = mutation({
  args: { number: v.number() },
  handler: async (ctx, { number }) => {
    await ctx.db.insert("items", { number, shelf: 0, label: `Brick ${number}` });
  },
});
