/** Functions as an app has them: validated, nested, scheduled, refused. Called by name, as both engines are. */
import {
  actionGeneric,
  internalMutationGeneric,
  makeFunctionReference,
  mutationGeneric,
  paginationOptsValidator,
  queryGeneric,
  type ActionBuilder,
  type MutationBuilder,
  type QueryBuilder,
} from "convex/server";
import { ConvexError, v, type GenericId, type Value } from "convex/values";
import type { DataModel } from "./schema";

const query: QueryBuilder<DataModel, "public"> = queryGeneric;
const mutation: MutationBuilder<DataModel, "public"> = mutationGeneric;
const internalMutation: MutationBuilder<DataModel, "internal"> = internalMutationGeneric;
const action: ActionBuilder<DataModel, "public"> = actionGeneric;

type Arguments = Record<string, unknown>;

/** References, typed loosely: the functions check what they are given. */
export const queryAt = (name: string) => makeFunctionReference<"query", Arguments, unknown>(`desk:${name}`);
export const mutationAt = (name: string) =>
  makeFunctionReference<"mutation", Arguments, unknown>(`desk:${name}`);
export const actionAt = (name: string) => makeFunctionReference<"action", Arguments, unknown>(`desk:${name}`);

const paper = { owner: v.string(), rank: v.number() };

export const add = mutation({
  args: { ...paper, fail: v.optional(v.boolean()) },
  returns: v.id("papers"),
  handler: async (ctx, { fail = false, ...fields }) => {
    const id = await ctx.db.insert("papers", fields);
    if (fail) throw new ConvexError({ code: "refused", rank: fields.rank });
    return id;
  },
});

export const all = query({
  args: {},
  handler: async (ctx) => {
    const papers = await ctx.db.query("papers").withIndex("by_rank").take(200);
    return papers.map(({ owner, rank }) => `${owner} ${rank}`);
  },
});

export const page = query({
  args: { isDescending: v.boolean(), above: v.number(), paginationOpts: paginationOptsValidator },
  handler: async (ctx, { isDescending, above, paginationOpts }) => {
    const found = await ctx.db
      .query("papers")
      .withIndex("by_owner", (q) => q.eq("owner", "ann"))
      .order(isDescending ? "desc" : "asc")
      .filter((q) => q.gt(q.field("rank"), above))
      .paginate(paginationOpts);
    return { ranks: found.page.map(({ rank }) => rank), isDone: found.isDone, next: found.continueCursor };
  },
});

/** Everything that an args validator can ask for. */
export const validated = query({
  args: {
    text: v.optional(v.string()),
    count: v.optional(v.int64()),
    kind: v.optional(v.union(v.literal("new"), v.literal(2), v.literal(3n))),
    list: v.optional(v.array(v.number())),
    inner: v.optional(v.object({ a: v.null(), b: v.optional(v.boolean()) })),
    record: v.optional(v.record(v.string(), v.number())),
    bytes: v.optional(v.bytes()),
    paper: v.optional(v.id("papers")),
    any: v.optional(v.any()),
  },
  handler: (_, args) => Object.keys(args).sort(),
});

export const returning = query({
  args: { value: v.any() },
  returns: v.object({ owner: v.string(), rank: v.optional(v.number()) }),
  handler: (_, { value }) => value as { owner: string },
});

export const echo = query({ args: { value: v.any() }, handler: (_, { value }) => value as Value });

export const fails = mutation({
  args: { data: v.any() },
  handler: async (ctx, { data }) => {
    await ctx.db.insert("papers", { owner: "gone", rank: 0 });
    throw new ConvexError(data as Value);
  },
});

/** Nested mutations, one of which fails and is caught: what is left is the others' and its own. */
export const nest = mutation({
  args: { depth: v.number() },
  handler: async (ctx, { depth }): Promise<unknown> => {
    await ctx.db.insert("papers", { owner: "outer", rank: depth });
    const refused: unknown[] = [];
    try {
      await ctx.runMutation(mutationAt("add"), { owner: "failing", rank: depth, fail: true });
    } catch (error) {
      refused.push(error instanceof ConvexError ? (error.data as unknown) : "another error");
    }
    await ctx.runMutation(mutationAt("add"), { owner: "kept", rank: depth });
    if (depth > 0) refused.push(await ctx.runMutation(mutationAt("nest"), { depth: depth - 1 }));
    return [refused, await ctx.runQuery(queryAt("all"), {})];
  },
});

/** Fails around a nested mutation that went well and around what it scheduled. */
export const nestAndFail = mutation({
  args: {},
  handler: async (ctx) => {
    await ctx.runMutation(mutationAt("add"), { owner: "kept", rank: 1 });
    await ctx.scheduler.runAfter(0, mutationAt("add"), { owner: "scheduled", rank: 2 });
    throw new Error("and yet it fails");
  },
});

/** Its nested mutation schedules and fails: the rest commits, what it scheduled must not run. */
export const scheduleInFailing = mutation({
  args: {},
  handler: async (ctx) => {
    await ctx.scheduler.runAfter(0, mutationAt("add"), { owner: "of the outer", rank: 1 });
    await ctx.runMutation(mutationAt("nestAndFail"), {}).catch(() => undefined);
  },
});

export const schedule = mutation({
  args: { name: v.string(), args: v.any(), delayMs: v.number() },
  handler: async (ctx, { name, args, delayMs }) =>
    await ctx.scheduler.runAfter(delayMs, mutationAt(name), args as Arguments),
});

export const scheduleAction = mutation({
  args: { name: v.string() },
  handler: async (ctx, { name }) => await ctx.scheduler.runAfter(0, actionAt(name), {}),
});

/** Names of scheduled functions that say when they ended. */
export const timed = query({
  args: {},
  handler: async (ctx) => {
    const found = await ctx.db.system.query("_scheduled_functions").take(100);
    return found.map(
      ({ scheduledTime, completedTime }) => completedTime !== undefined && completedTime >= scheduledTime,
    );
  },
});

export const cancel = mutation({
  args: { id: v.id("_scheduled_functions") },
  handler: async (ctx, { id }) => await ctx.scheduler.cancel(id),
});

/** What can be known of scheduled functions, in the order they were scheduled. */
export const jobs = query({
  args: {},
  handler: async (ctx) => {
    const found = await ctx.db.system.query("_scheduled_functions").take(100);
    return found.map(({ name, args, state }) => ({
      name: name.replace(/\.[jt]s(?=:)/, ""),
      args: args as Value[],
      kind: state.kind,
    }));
  },
});

/** Schedules itself until it has counted down. */
export const countDown = internalMutation({
  args: { left: v.number() },
  handler: async (ctx, { left }) => {
    await ctx.db.insert("papers", { owner: "count", rank: left });
    if (left > 0) await ctx.scheduler.runAfter(1_000, mutationAt("countDown"), { left: left - 1 });
  },
});

/** An action's mutations are transactions of their own: what went well stays. */
export const actAndFail = action({
  args: {},
  handler: async (ctx) => {
    await ctx.runMutation(mutationAt("add"), { owner: "by the action", rank: 1 });
    await ctx.scheduler.runAfter(0, mutationAt("add"), { owner: "scheduled by it", rank: 2 });
    throw new ConvexError("the action fails");
  },
});

export const act = action({
  args: {},
  handler: async (ctx): Promise<unknown> => {
    const refused = await ctx
      .runMutation(mutationAt("add"), { owner: "x", rank: 1, fail: true })
      .catch((error: unknown) => (error instanceof ConvexError ? (error.data as unknown) : "another error"));
    await ctx.runMutation(mutationAt("add"), { owner: "y", rank: 2 });
    return [refused, await ctx.runQuery(queryAt("all"), {})];
  },
});

export const whoAmI = query({
  args: {},
  handler: async (ctx) => {
    const identity = await ctx.auth.getUserIdentity();
    return identity && [identity.subject, identity.issuer, identity.tokenIdentifier, identity.email ?? null];
  },
});

export const writeInQuery = query({
  args: {},
  handler: async (ctx) => {
    // Types refuse it; an app in JavaScript would not notice.
    const { db } = ctx as unknown as { db: { insert: (table: string, value: object) => Promise<unknown> } };
    await db.insert("papers", { owner: "ann", rank: 1 });
  },
});

export const mutateInQuery = query({
  args: {},
  handler: async (ctx) => {
    const { runMutation } = ctx as unknown as {
      runMutation?: (at: unknown, args: object) => Promise<unknown>;
    };
    if (!runMutation) throw new Error("runMutation is not there");
    await runMutation(mutationAt("add"), { owner: "ann", rank: 1 });
  },
});

export const removeTwice = mutation({
  args: { id: v.id("papers") },
  handler: async (ctx, { id }) => {
    await ctx.db.delete("papers", id);
    await ctx.db.delete("papers", id);
  },
});

export const getAny = query({
  args: { id: v.string() },
  handler: async (ctx, { id }) => await ctx.db.get("papers", id as GenericId<"papers">),
});

export const outOfOrder = query({
  args: {},
  handler: async (ctx) => {
    const range = ctx.db.query("papers").withIndex("by_owner", (q) => {
      const loose = q as unknown as { eq: (field: string, value: unknown) => typeof q };
      return loose.eq("rank", 1);
    });
    return await range.take(1);
  },
});

export const noSuchIndex = query({
  args: {},
  handler: async (ctx) => {
    const table = ctx.db.query("papers") as unknown as {
      withIndex: (name: string) => { take: (count: number) => Promise<unknown> };
    };
    return await table.withIndex("by_nothing").take(1);
  },
});

export const twoPages = query({
  args: {},
  handler: async (ctx) => {
    await ctx.db.query("papers").paginate({ numItems: 1, cursor: null });
    await ctx.db.query("papers").paginate({ numItems: 1, cursor: null });
  },
});

export const scheduleTooMany = mutation({
  args: {},
  handler: async (ctx) => {
    for (let count = 0; count <= 1_000; count += 1) {
      await ctx.scheduler.runAfter(0, mutationAt("add"), { owner: "ann", rank: count });
    }
  },
});

/** Reads much and returns little: Convex counts what is read. */
export const scanForNothing = query({
  args: {},
  handler: async (ctx) => {
    const none = ctx.db.query("papers").filter((q) => q.eq(q.field("owner"), "nobody"));
    return (await none.take(1)).length;
  },
});

export const fill = mutation({
  args: { count: v.number() },
  handler: async (ctx, { count }) => {
    for (let rank = 0; rank < count; rank += 1) await ctx.db.insert("papers", { owner: "ann", rank });
  },
});

export const insertLarge = mutation({
  args: { bytes: v.number() },
  handler: async (ctx, { bytes }) => {
    await ctx.db.insert("anything", { place: 0, value: "x".repeat(bytes) });
  },
});

export const runForever = query({
  args: { ms: v.number() },
  handler: (_, { ms }) => {
    const endsAt = performance.now() + ms;
    while (performance.now() < endsAt);
    return "done";
  },
});
