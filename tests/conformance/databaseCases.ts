/** Database operations whose results must be equal on both engines. Results contain nothing random and no times. */
import type { GenericMutationCtx } from "convex/server";
import type { GenericId, Value } from "convex/values";
import type { DataModel } from "./schema";

type Ctx = GenericMutationCtx<DataModel>;

/** Every kind of value, in the order in which Convex sorts them (compareValues). */
const values: readonly (Value | undefined)[] = [
  undefined,
  null,
  -(2n ** 63n),
  -1n,
  0n,
  2n ** 63n - 1n,
  -Infinity,
  -1.5,
  -0,
  0,
  Number.MIN_VALUE,
  1,
  1e21,
  Infinity,
  false,
  true,
  "",
  "a",
  "a\u0000",
  "aa",
  "b",
  "\uffff",
  "😀",
  new ArrayBuffer(0),
  new Uint8Array([0]).buffer,
  new Uint8Array([0, 255]).buffer,
  new Uint8Array([1]).buffer,
  [],
  [null],
  [1],
  [1, 2],
  ["a"],
  {},
  { a: 1 },
  { a: 1, b: 1 },
  { b: 0 },
];

async function fill(ctx: Ctx, count = 12): Promise<GenericId<"tasks">[]> {
  const ids: GenericId<"tasks">[] = [];
  for (let position = 0; position < count; position += 1) {
    ids.push(
      await ctx.db.insert("tasks", { owner: position % 3 === 0 ? "ann" : "bob", rank: (position * 7) % 12 }),
    );
  }
  return ids;
}

async function fillAnything(ctx: Ctx): Promise<void> {
  // Inserted in another order, so that the order of the results is the index's.
  const mixed = values.map((value, position) => ({ value, position }));
  for (const { value, position } of mixed.sort(
    (a, b) => ((a.position * 17) % 37) - ((b.position * 17) % 37),
  )) {
    await ctx.db.insert("anything", value === undefined ? { position } : { value, position });
  }
}

/** Whether the work failed. Messages are not compared, because they differ between the engines by design. */
async function outcomeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "no error";
  } catch {
    return "an error";
  }
}

const ranks = (tasks: { rank: number }[]) => tasks.map(({ rank }) => rank);

/** Each key is the title of a test. */
export const databaseCases: Record<string, (ctx: Ctx) => Promise<unknown>> = {
  "an index sorts values of every type in ascending order": async (ctx) => {
    await fillAnything(ctx);
    const found = await ctx.db.query("anything").withIndex("by_value").take(100);
    return found.map(({ position }) => position);
  },
  "an index sorts values of every type in descending order": async (ctx) => {
    await fillAnything(ctx);
    const found = await ctx.db.query("anything").withIndex("by_value").order("desc").take(100);
    return found.map(({ position }) => position);
  },
  "an index range returns the values between two bounds of different types": async (ctx) => {
    await fillAnything(ctx);
    const found: number[][] = [];
    for (const [low, high] of [
      [null, 0],
      [-1n, 1],
      ["a", "b"],
      [false, {}],
    ] as const) {
      const inside = await ctx.db
        .query("anything")
        .withIndex("by_value", (q) => q.gte("value", low).lt("value", high))
        .take(100);
      found.push(inside.map(({ position }) => position));
    }
    return found;
  },
  "an index range distinguishes an undefined field from every defined value": async (ctx) => {
    await fillAnything(ctx);
    const without = await ctx.db
      .query("anything")
      .withIndex("by_value", (q) => q.eq("value", undefined))
      .take(9);
    const set = await ctx.db
      .query("anything")
      .withIndex("by_value", (q) => q.gt("value", undefined))
      .take(100);
    return [without.length, set.length];
  },
  "first, unique, take and iteration return documents in index order": async (ctx) => {
    await fill(ctx);
    const all = () => ctx.db.query("tasks").withIndex("by_rank");
    const iterated: number[] = [];
    for await (const { rank } of all()) {
      iterated.push(rank);
      if (iterated.length === 4) break;
    }
    const nine = await ctx.db
      .query("tasks")
      .withIndex("by_rank", (q) => q.eq("rank", 9))
      .unique();
    return [(await all().first())?.rank, nine?.rank, ranks(await all().take(3)), iterated];
  },
  "unique fails when several documents match": async (ctx) => {
    await fill(ctx);
    const several = ctx.db.query("tasks").withIndex("by_owner", (q) => q.eq("owner", "ann"));
    return await outcomeOf(several.unique());
  },
  "an index range with an equality and bounds on the next field returns the matching documents": async (
    ctx,
  ) => {
    await fill(ctx);
    const found = await ctx.db
      .query("tasks")
      .withIndex("by_owner", (q) => q.eq("owner", "bob").gt("rank", 3).lte("rank", 10))
      .order("desc")
      .take(20);
    return ranks(found);
  },
  "filters with comparisons, boolean operators and arithmetic select the same documents": async (ctx) => {
    await fill(ctx);
    const found = await ctx.db
      .query("tasks")
      .withIndex("by_rank")
      .filter((q) =>
        q.or(
          q.and(q.eq(q.field("owner"), "ann"), q.gt(q.field("rank"), 2)),
          q.eq(q.mod(q.field("rank"), 5), 0),
          q.not(q.lt(q.add(q.field("rank"), 1), 12)),
        ),
      )
      .take(20);
    return ranks(found);
  },
  "a page that contains the last document has isDone true": async (ctx) => {
    await fill(ctx, 3);
    const only = await ctx.db.query("tasks").withIndex("by_rank").paginate({ numItems: 5, cursor: null });
    return [ranks(only.page), only.isDone];
  },
  "a transaction's queries return its own writes in index order": async (ctx) => {
    const [first, second] = await fill(ctx);
    if (!first || !second) throw new Error("nothing was filled");
    await ctx.db.patch("tasks", first, { rank: 100 });
    await ctx.db.delete("tasks", second);
    await ctx.db.insert("tasks", { owner: "cy", rank: -1 });
    return ranks(await ctx.db.query("tasks").withIndex("by_rank").take(20));
  },
  "a patch sets fields and removes those that are undefined": async (ctx) => {
    const id = await ctx.db.insert("tasks", { owner: "ann", rank: 1, note: "x" });
    await ctx.db.patch("tasks", id, { rank: 2, note: undefined });
    const task = await ctx.db.get("tasks", id);
    return [task?.rank, "note" in (task ?? {})];
  },
  "a replaced document keeps its id and creation time": async (ctx) => {
    const id = await ctx.db.insert("tasks", { owner: "ann", rank: 1, note: "x" });
    const before = await ctx.db.get("tasks", id);
    await ctx.db.replace("tasks", id, { owner: "bob", rank: 3 });
    const after = await ctx.db.get("tasks", id);
    return [
      after?.owner,
      after?.note ?? null,
      after?._id === id,
      after?._creationTime === before?._creationTime,
    ];
  },
  "creation times increase with every insert in one transaction": async (ctx) => {
    await fill(ctx);
    const times = (await ctx.db.query("tasks").take(20)).map(({ _creationTime }) => _creationTime);
    return times.every((time, position) => position === 0 || time > (times[position - 1] ?? Infinity));
  },
  "a deleted document reads as null and cannot be patched, replaced or deleted": async (ctx) => {
    const id = await ctx.db.insert("tasks", { owner: "ann", rank: 1 });
    await ctx.db.delete("tasks", id);
    return [
      await ctx.db.get("tasks", id),
      await outcomeOf(ctx.db.patch("tasks", id, { rank: 2 })),
      await outcomeOf(ctx.db.replace("tasks", id, { owner: "ann", rank: 2 })),
      await outcomeOf(ctx.db.delete("tasks", id)),
    ];
  },
  "an insert that violates the schema fails": async (ctx) => {
    const wrong = [
      { owner: 5, rank: 1 },
      { owner: "ann" },
      { owner: "ann", rank: 1n },
      { owner: "ann", rank: 1, more: true },
      { owner: "ann", rank: 1, note: null },
    ] as unknown as { owner: string; rank: number }[];
    const answers: string[] = [];
    for (const document of wrong) answers.push(await outcomeOf(ctx.db.insert("tasks", document)));
    return answers;
  },
  "normalizeId and get accept ids of their own table only": async (ctx) => {
    const task = await ctx.db.insert("tasks", { owner: "ann", rank: 1 });
    const other = await ctx.db.insert("anything", { position: 1 });
    return [
      ctx.db.normalizeId("tasks", task) === task,
      ctx.db.normalizeId("tasks", other),
      ctx.db.normalizeId("tasks", "nonsense"),
      await outcomeOf(ctx.db.get("tasks", other as unknown as GenericId<"tasks">)),
    ];
  },
  "a stored array with values of every type is returned unchanged": async (ctx) => {
    const id = await ctx.db.insert("anything", {
      position: 1,
      value: values.filter((value) => value !== undefined),
    });
    return (await ctx.db.get("anything", id))?.value as unknown;
  },
  "field names that begin with _ or $ or are empty are refused": async (ctx) =>
    await Promise.all(
      [{ _mine: 1 }, { $price: 1 }, { "": 1 }].map((value) =>
        outcomeOf(ctx.db.insert("anything", { position: 1, value })),
      ),
    ),
};
