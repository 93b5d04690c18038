/** Functions that the conformance tests call by name: validated, nested, scheduled and failing ones. */
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

/** References without types: the functions validate their arguments. */
export const queryAt = (name: string) =>
  makeFunctionReference<"query", Arguments, unknown>(`functions:${name}`);
export const mutationAt = (name: string) =>
  makeFunctionReference<"mutation", Arguments, unknown>(`functions:${name}`);
export const actionAt = (name: string) =>
  makeFunctionReference<"action", Arguments, unknown>(`functions:${name}`);

const task = { owner: v.string(), rank: v.number() };

export const add = mutation({
  args: { ...task, fail: v.optional(v.boolean()) },
  returns: v.id("tasks"),
  handler: async (ctx, { fail = false, ...fields }) => {
    const id = await ctx.db.insert("tasks", fields);
    if (fail) throw new ConvexError({ code: "refused", rank: fields.rank });
    return id;
  },
});

export const all = query({
  args: {},
  handler: async (ctx) => {
    const tasks = await ctx.db.query("tasks").withIndex("by_rank").take(200);
    return tasks.map(({ owner, rank }) => `${owner} ${rank}`);
  },
});

export const page = query({
  args: { isDescending: v.boolean(), above: v.number(), paginationOpts: paginationOptsValidator },
  handler: async (ctx, { isDescending, above, paginationOpts }) => {
    const found = await ctx.db
      .query("tasks")
      .withIndex("by_owner", (q) => q.eq("owner", "ann"))
      .order(isDescending ? "desc" : "asc")
      .filter((q) => q.gt(q.field("rank"), above))
      .paginate(paginationOpts);
    return { ranks: found.page.map(({ rank }) => rank), isDone: found.isDone, next: found.continueCursor };
  },
});

/** Takes one argument of each kind of validator. */
export const validated = query({
  args: {
    text: v.optional(v.string()),
    count: v.optional(v.int64()),
    kind: v.optional(v.union(v.literal("new"), v.literal(2), v.literal(3n))),
    list: v.optional(v.array(v.number())),
    inner: v.optional(v.object({ a: v.null(), b: v.optional(v.boolean()) })),
    record: v.optional(v.record(v.string(), v.number())),
    bytes: v.optional(v.bytes()),
    task: v.optional(v.id("tasks")),
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

/** Takes arguments of any size and returns nothing. */
export const ignore = query({ args: { value: v.any() }, handler: () => null });

const textOf = (bytes: number) => "x".repeat(bytes);
export const makeText = query({ args: { bytes: v.number() }, handler: (_, { bytes }) => textOf(bytes) });
export const makeTextInAction = action({
  args: { bytes: v.number() },
  handler: (_, { bytes }) => textOf(bytes),
});

export const makeArray = query({
  args: { length: v.number() },
  handler: (_, { length }) => Array.from({ length }, () => null),
});

export const throwData = mutation({
  args: { data: v.any() },
  handler: async (ctx, { data }) => {
    await ctx.db.insert("tasks", { owner: "rolled back", rank: 0 });
    throw new ConvexError(data as Value);
  },
});

export const throwDataInAction = action({
  args: { data: v.any() },
  handler: (_, { data }) => {
    throw new ConvexError(data as Value);
  },
});

/** Adds a task after each of three timers of up to a day. */
export const addAfterTimers = action({
  args: {},
  handler: async (ctx) => {
    for (const [rank, delayMs] of [1_000, 60_000, 24 * 60 * 60_000].entries()) {
      await new Promise((resolve) => setTimeout(resolve, delayMs));
      await ctx.runMutation(mutationAt("add"), { owner: "slept", rank: rank + 1 });
    }
  },
});

/** Runs nested mutations, one of which fails and is caught. Only the writes of that one are rolled back. */
export const nest = mutation({
  args: { depth: v.number() },
  handler: async (ctx, { depth }): Promise<unknown> => {
    await ctx.db.insert("tasks", { owner: "outer", rank: depth });
    const refused: unknown[] = [];
    try {
      await ctx.runMutation(mutationAt("add"), { owner: "failing", rank: depth, fail: true });
    } catch (error) {
      refused.push(error instanceof ConvexError ? (error.data as unknown) : "another error");
    }
    await ctx.runMutation(mutationAt("add"), { owner: "nested", rank: depth });
    if (depth > 0) refused.push(await ctx.runMutation(mutationAt("nest"), { depth: depth - 1 }));
    return [refused, await ctx.runQuery(queryAt("all"), {})];
  },
});

/** Fails after a nested mutation that succeeded and after scheduling a function. */
export const nestAndFail = mutation({
  args: {},
  handler: async (ctx) => {
    await ctx.runMutation(mutationAt("add"), { owner: "nested", rank: 1 });
    await ctx.scheduler.runAfter(0, mutationAt("add"), { owner: "scheduled", rank: 2 });
    throw new Error("fails after its nested mutation");
  },
});

/**
 * Catches a nested mutation that fails after scheduling: this mutation commits, and the scheduled function must not run.
 */
export const catchFailedScheduling = mutation({
  args: {},
  handler: async (ctx) => {
    await ctx.scheduler.runAfter(0, mutationAt("add"), { owner: "scheduled by the outer mutation", rank: 1 });
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

/** Schedules functions, itself and through a mutation, once it was cancelled. */
export const untilCancelled = action({
  args: {},
  handler: async (ctx) => {
    const isCancelled = async () => {
      const [first] = (await ctx.runQuery(queryAt("jobs"), {})) as { kind: string }[];
      return first?.kind === "canceled";
    };
    while (!(await isCancelled())) await new Promise((resolve) => setImmediate(resolve));
    const args = { owner: "late", rank: 1 };
    await ctx.scheduler.runAfter(0, mutationAt("add"), args);
    await ctx.runMutation(mutationAt("schedule"), { name: "add", args, delayMs: 0 });
  },
});

export const scheduleUntilCancelled = mutation({
  args: {},
  handler: async (ctx) => await ctx.scheduler.runAfter(0, actionAt("untilCancelled"), {}),
});

/** For each scheduled function, whether it has a completion time that is not before its scheduled time. */
export const haveCompletionTime = query({
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

/** Name, arguments and state of all scheduled functions, in the order in which they were scheduled. */
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

/** Schedules itself again until `left` is zero. */
export const countDown = internalMutation({
  args: { left: v.number() },
  handler: async (ctx, { left }) => {
    await ctx.db.insert("tasks", { owner: "count", rank: left });
    if (left > 0) await ctx.scheduler.runAfter(1_000, mutationAt("countDown"), { left: left - 1 });
  },
});

/** Fails after a mutation, which is a transaction of its own, and after scheduling a function. */
export const mutateAndFail = action({
  args: {},
  handler: async (ctx) => {
    await ctx.runMutation(mutationAt("add"), { owner: "written by the action", rank: 1 });
    await ctx.scheduler.runAfter(0, mutationAt("add"), { owner: "scheduled by the action", rank: 2 });
    throw new ConvexError("the action fails");
  },
});

export const catchFailedMutation = action({
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
    // The types forbid this call; an app in JavaScript could make it.
    const { db } = ctx as unknown as { db: { insert: (table: string, value: object) => Promise<unknown> } };
    await db.insert("tasks", { owner: "ann", rank: 1 });
  },
});

export const mutateInQuery = query({
  args: {},
  handler: async (ctx) => {
    const { runMutation } = ctx as unknown as {
      runMutation?: (at: unknown, args: object) => Promise<unknown>;
    };
    if (!runMutation) throw new Error("runMutation is not defined");
    await runMutation(mutationAt("add"), { owner: "ann", rank: 1 });
  },
});

export const removeTwice = mutation({
  args: { id: v.id("tasks") },
  handler: async (ctx, { id }) => {
    await ctx.db.delete("tasks", id);
    await ctx.db.delete("tasks", id);
  },
});

export const getAny = query({
  args: { id: v.string() },
  handler: async (ctx, { id }) => await ctx.db.get("tasks", id as GenericId<"tasks">),
});

export const outOfOrder = query({
  args: {},
  handler: async (ctx) => {
    const range = ctx.db.query("tasks").withIndex("by_owner", (q) => {
      const loose = q as unknown as { eq: (field: string, value: unknown) => typeof q };
      return loose.eq("rank", 1);
    });
    return await range.take(1);
  },
});

export const noSuchIndex = query({
  args: {},
  handler: async (ctx) => {
    const table = ctx.db.query("tasks") as unknown as {
      withIndex: (name: string) => { take: (count: number) => Promise<unknown> };
    };
    return await table.withIndex("by_nothing").take(1);
  },
});

export const twoPages = query({
  args: {},
  handler: async (ctx) => {
    await ctx.db.query("tasks").paginate({ numItems: 1, cursor: null });
    await ctx.db.query("tasks").paginate({ numItems: 1, cursor: null });
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

/** Scans all documents and returns none; Convex counts the documents that are scanned. */
export const scanWithoutMatch = query({
  args: {},
  handler: async (ctx) => {
    const none = ctx.db.query("tasks").filter((q) => q.eq(q.field("owner"), "nobody"));
    return (await none.take(1)).length;
  },
});

export const fill = mutation({
  args: { count: v.number() },
  handler: async (ctx, { count }) => {
    for (let rank = 0; rank < count; rank += 1) await ctx.db.insert("tasks", { owner: "ann", rank });
  },
});

export const insertLarge = mutation({
  args: { bytes: v.number() },
  handler: async (ctx, { bytes }) => {
    await ctx.db.insert("anything", { position: 0, value: "x".repeat(bytes) });
  },
});

export const compute = query({
  args: { ms: v.number() },
  handler: (_, { ms }) => {
    const endsAt = performance.now() + ms;
    while (performance.now() < endsAt);
    return "done";
  },
});
