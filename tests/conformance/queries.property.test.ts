/** Random queries over values of every type: both engines must return the same documents in the same order. */
import fc from "fast-check";
import type { Value } from "convex/values";
import { expect, it } from "vitest";
import { onBoth, type Engine } from "./engines";

const RUNS = Number(process.env.CONFORMANCE_RUNS ?? 60);

/** A small set of values, so that documents often equal range bounds and each other. */
const value: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom<Value[]>(
    null,
    false,
    true,
    -(2n ** 63n),
    0n,
    1n,
    -Infinity,
    -1,
    -0,
    0,
    0.5,
    1,
    Infinity,
    Number.NaN,
  ),
  fc.constantFrom("", "a", "a\u0000", "a\u0000b", "b", "\u{10ffff}", "\uffff"),
  fc.constantFrom<Value[]>([], [null], [1], [1, "a"], {}, { a: 1 }, { a: 1, b: null }, { b: 0 }),
  fc.uint8Array({ maxLength: 2 }).map((bytes) => new Uint8Array(bytes).buffer),
);
const maybe = fc.option(value, { nil: undefined, freq: 8 });

type Bounds = {
  low: { value: Value | undefined; isIncluded: boolean } | null;
  high: { value: Value | undefined; isIncluded: boolean } | null;
};
const bound = fc.option(fc.record({ value: maybe, isIncluded: fc.boolean() }), { nil: null });

const randomQuery = fc.record({
  documents: fc.array(maybe, { maxLength: 24 }),
  bounds: fc.record({ low: bound, high: bound }),
  isDescending: fc.boolean(),
  /** Filters order numbers only, because convex-test compares other types as JavaScript does. */
  filter: fc.record({ not: maybe, after: fc.integer({ min: -1, max: 10 }) }),
  limit: fc.integer({ min: 1, max: 30 }),
});
type RandomQuery = typeof randomQuery extends fc.Arbitrary<infer Each> ? Each : never;

/** A range builder without the types that allow only ranges known at compile time. */
type LooseRange = Record<
  "gt" | "gte" | "lt" | "lte",
  (field: string, value: Value | undefined) => LooseRange
>;

function within(range: LooseRange, { low, high }: Bounds): LooseRange {
  const above = low ? range[low.isIncluded ? "gte" : "gt"]("value", low.value) : range;
  return high ? above[high.isIncluded ? "lte" : "lt"]("value", high.value) : above;
}

const runQuery =
  ({ documents, bounds, isDescending, filter, limit }: RandomQuery) =>
  (t: Engine) =>
    t.run(async (ctx) => {
      for (const [position, each] of documents.entries()) {
        await ctx.db.insert("anything", each === undefined ? { position } : { position, value: each });
      }
      const ranged = ctx.db
        .query("anything")
        .withIndex("by_value", (q) => within(q as unknown as LooseRange, bounds) as unknown as typeof q)
        .order(isDescending ? "desc" : "asc");
      const found = await ranged
        .filter((q) => q.and(q.neq(q.field("value"), filter.not), q.gt(q.field("position"), filter.after)))
        .take(limit);
      return found.map(({ position }) => position);
    });

it("a query with a random range, order, filter and limit returns the same documents on both engines", async () => {
  await fc.assert(
    fc.asyncProperty(randomQuery, async (each) => {
      const { convexTest, host } = await onBoth(runQuery(each));
      expect(host).toEqual(convexTest);
    }),
    { numRuns: RUNS, seed: 3 },
  );
});
