/** Small functions whose results must be the same on every engine. What is random or of the clock is taken out of them. */
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

async function fill(ctx: Ctx, count = 12): Promise<GenericId<"papers">[]> {
  const ids: GenericId<"papers">[] = [];
  for (let place = 0; place < count; place += 1) {
    ids.push(
      await ctx.db.insert("papers", { owner: place % 3 === 0 ? "ann" : "bob", rank: (place * 7) % 12 }),
    );
  }
  return ids;
}

async function fillAnything(ctx: Ctx): Promise<void> {
  // Not in their order, so that the order found is the index's.
  const mixed = values.map((value, place) => ({ value, place }));
  for (const { value, place } of mixed.sort((a, b) => ((a.place * 17) % 37) - ((b.place * 17) % 37))) {
    await ctx.db.insert("anything", value === undefined ? { place } : { value, place });
  }
}

/** What an error says, without what differs from engine to engine by design. */
async function errorOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return "no error";
  } catch {
    return "an error";
  }
}

const ranks = (papers: { rank: number }[]) => papers.map(({ rank }) => rank);

export const cases: Record<string, (ctx: Ctx) => Promise<unknown>> = {
  "an index sorts every kind of value": async (ctx) => {
    await fillAnything(ctx);
    const found = await ctx.db.query("anything").withIndex("by_value").take(100);
    return found.map(({ place }) => place);
  },
  "and the other way round": async (ctx) => {
    await fillAnything(ctx);
    const found = await ctx.db.query("anything").withIndex("by_value").order("desc").take(100);
    return found.map(({ place }) => place);
  },
  "a range finds what lies between any two values": async (ctx) => {
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
      found.push(inside.map(({ place }) => place));
    }
    return found;
  },
  "undefined is a value of its own": async (ctx) => {
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
  "first, unique, take and iteration": async (ctx) => {
    await fill(ctx);
    const all = () => ctx.db.query("papers").withIndex("by_rank");
    const iterated: number[] = [];
    for await (const { rank } of all()) {
      iterated.push(rank);
      if (iterated.length === 4) break;
    }
    const nine = await ctx.db
      .query("papers")
      .withIndex("by_rank", (q) => q.eq("rank", 9))
      .unique();
    return [(await all().first())?.rank, nine?.rank, ranks(await all().take(3)), iterated];
  },
  "unique of several is refused": async (ctx) => {
    await fill(ctx);
    const several = ctx.db.query("papers").withIndex("by_owner", (q) => q.eq("owner", "ann"));
    return await errorOf(several.unique());
  },
  "equality, then a range on the next field": async (ctx) => {
    await fill(ctx);
    const found = await ctx.db
      .query("papers")
      .withIndex("by_owner", (q) => q.eq("owner", "bob").gt("rank", 3).lte("rank", 10))
      .order("desc")
      .take(20);
    return ranks(found);
  },
  "filters compare, combine and calculate": async (ctx) => {
    await fill(ctx);
    const found = await ctx.db
      .query("papers")
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
  "the last page says that it is": async (ctx) => {
    await fill(ctx, 3);
    const only = await ctx.db.query("papers").withIndex("by_rank").paginate({ numItems: 5, cursor: null });
    return [ranks(only.page), only.isDone];
  },
  "a transaction sees its own writes, in order": async (ctx) => {
    const [first, second] = await fill(ctx);
    if (!first || !second) throw new Error("nothing was filled");
    await ctx.db.patch("papers", first, { rank: 100 });
    await ctx.db.delete("papers", second);
    await ctx.db.insert("papers", { owner: "cy", rank: -1 });
    return ranks(await ctx.db.query("papers").withIndex("by_rank").take(20));
  },
  "patch sets, and removes what is undefined": async (ctx) => {
    const id = await ctx.db.insert("papers", { owner: "ann", rank: 1, note: "x" });
    await ctx.db.patch("papers", id, { rank: 2, note: undefined });
    const paper = await ctx.db.get("papers", id);
    return [paper?.rank, "note" in (paper ?? {})];
  },
  "replace keeps the id and the time of creation": async (ctx) => {
    const id = await ctx.db.insert("papers", { owner: "ann", rank: 1, note: "x" });
    const before = await ctx.db.get("papers", id);
    await ctx.db.replace("papers", id, { owner: "bob", rank: 3 });
    const after = await ctx.db.get("papers", id);
    return [
      after?.owner,
      after?.note ?? null,
      after?._id === id,
      after?._creationTime === before?._creationTime,
    ];
  },
  "creation times rise, also within a transaction": async (ctx) => {
    await fill(ctx);
    const times = (await ctx.db.query("papers").take(20)).map(({ _creationTime }) => _creationTime);
    return times.every((time, place) => place === 0 || time > (times[place - 1] ?? Infinity));
  },
  "what was deleted is gone, and cannot be changed": async (ctx) => {
    const id = await ctx.db.insert("papers", { owner: "ann", rank: 1 });
    await ctx.db.delete("papers", id);
    return [
      await ctx.db.get("papers", id),
      await errorOf(ctx.db.patch("papers", id, { rank: 2 })),
      await errorOf(ctx.db.replace("papers", id, { owner: "ann", rank: 2 })),
      await errorOf(ctx.db.delete("papers", id)),
    ];
  },
  "the schema refuses what does not fit": async (ctx) => {
    const wrong = [
      { owner: 5, rank: 1 },
      { owner: "ann" },
      { owner: "ann", rank: 1n },
      { owner: "ann", rank: 1, more: true },
      { owner: "ann", rank: 1, note: null },
    ] as unknown as { owner: string; rank: number }[];
    const answers: string[] = [];
    for (const document of wrong) answers.push(await errorOf(ctx.db.insert("papers", document)));
    return answers;
  },
  "an id belongs to its table": async (ctx) => {
    const paper = await ctx.db.insert("papers", { owner: "ann", rank: 1 });
    const other = await ctx.db.insert("anything", { place: 1 });
    return [
      ctx.db.normalizeId("papers", paper) === paper,
      ctx.db.normalizeId("papers", other),
      ctx.db.normalizeId("papers", "nonsense"),
      await errorOf(ctx.db.get("papers", other as unknown as GenericId<"papers">)),
    ];
  },
  "values come back as they went in": async (ctx) => {
    const id = await ctx.db.insert("anything", {
      place: 1,
      value: values.filter((value) => value !== undefined),
    });
    return (await ctx.db.get("anything", id))?.value as unknown;
  },
  "fields and names that are not allowed are refused": async (ctx) =>
    await Promise.all(
      [{ _mine: 1 }, { $price: 1 }, { "": 1 }].map((value) =>
        errorOf(ctx.db.insert("anything", { place: 1, value })),
      ),
    ),
};
