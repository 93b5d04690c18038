/**
 * Filter expressions as Convex evaluates them: convex-backend, crates/common/src/query.rs (`Expression::eval`) and
 * crates/common/src/types/maybe_value.rs (`into_boolean`). convex-test calculates in JavaScript and checks no types.
 */
import type { GenericMutationCtx } from "convex/server";
import type { Value } from "convex/values";
import { describe, expect, it } from "vitest";
import { hostEngine, messageOf } from "./engines";
import type { DataModel } from "./schema";

/** A filter builder without the types that allow only expressions known to be of the right type. */
type Loose = Record<
  "field" | "neg" | "not" | "add" | "sub" | "mul" | "div" | "mod" | "eq" | "neq" | "lt" | "gt" | "and" | "or",
  (...operands: unknown[]) => unknown
>;
type Build = (q: Loose, field: unknown) => unknown;

const MIN = -(2n ** 63n);
const MAX = 2n ** 63n - 1n;

/** The positions, in `stored`, of the values for which the filter is true. */
const found = (stored: (Value | undefined)[], build: Build) =>
  hostEngine().run(async (ctx: GenericMutationCtx<DataModel>) => {
    for (const [position, value] of stored.entries()) {
      await ctx.db.insert("anything", value === undefined ? { position } : { position, value });
    }
    const matching = await ctx.db
      .query("anything")
      .filter((q) => build(q as unknown as Loose, q.field("value")) as ReturnType<typeof q.eq>)
      .take(100);
    return matching.map(({ position }) => position);
  });

describe("arithmetic in filters", () => {
  const correct: Record<string, [stored: Value, build: Build]> = {
    "the sum of two Int64": [2n, (q, n) => q.eq(q.add(n, 1n), 3n)],
    "the difference of two Int64": [2n, (q, n) => q.eq(q.sub(n, 3n), -1n)],
    "the product of two Int64": [-7n, (q, n) => q.eq(q.mul(n, 6n), -42n)],
    "the quotient of two Int64, rounded towards zero": [-7n, (q, n) => q.eq(q.div(n, 2n), -3n)],
    "the remainder of two Int64, with the sign of the dividend": [-7n, (q, n) => q.eq(q.mod(n, 2n), -1n)],
    "a negated Int64": [7n, (q, n) => q.eq(q.neg(n), -7n)],
    "the largest Int64": [MAX, (q, n) => q.eq(q.sub(q.add(MIN, n), n), MIN)],
    "a Float64 divided by zero": [1, (q, n) => q.eq(q.div(n, 0), Infinity)],
    "a negated Float64": [1.5, (q, n) => q.eq(q.neg(n), -1.5)],
  };
  it.each(Object.entries(correct))("%s is calculated as on Convex", async (_, [stored, build]) => {
    expect(await found([stored], build)).toEqual([0]);
  });

  const refused: Record<string, [stored: Value | undefined, build: Build, says: RegExp]> = {
    "a sum above the largest Int64": [MAX, (q, n) => q.eq(q.add(n, 1n), 0n), /add.*out of range/],
    "a difference below the smallest Int64": [
      MIN,
      (q, n) => q.eq(q.sub(n, 1n), 0n),
      /subtract.*out of range/,
    ],
    "a product out of range": [MAX, (q, n) => q.eq(q.mul(n, 2n), 0n), /multiply.*out of range/],
    "the smallest Int64 divided by -1": [MIN, (q, n) => q.eq(q.div(n, -1n), 0n), /divide.*out of range/],
    "the remainder of the smallest Int64 by -1": [
      MIN,
      (q, n) => q.eq(q.mod(n, -1n), 0n),
      /mod.*out of range/,
    ],
    "the smallest Int64, negated": [MIN, (q, n) => q.eq(q.neg(n), 0n), /negate.*out of range/],
    "an Int64 divided by zero": [1n, (q, n) => q.eq(q.div(n, 0n), 0n), /divide.*by zero/],
    "the remainder of an Int64 by zero": [1n, (q, n) => q.eq(q.mod(n, 0n), 0n), /mod.*by zero/],
    "an Int64 plus a Float64": [1n, (q, n) => q.eq(q.add(n, 1), 2), /add.*Int64 and Float64/],
    "a string plus a string": ["a", (q, n) => q.eq(q.add(n, "b"), "ab"), /add.*String and String/],
    "a missing field plus a number": [undefined, (q, n) => q.eq(q.add(n, 1), 1), /undefined and Float64/],
    "a negated string": ["a", (q, n) => q.eq(q.neg(n), "a"), /negate.*String/],
  };
  it.each(Object.entries(refused))("%s fails the query", async (_, [stored, build, says]) => {
    const message = await messageOf(found([stored], build));
    expect(message).toContain("EvalError");
    expect(message).toMatch(says);
  });
});

describe("booleans in filters", () => {
  const refused: Record<string, [stored: Value | undefined, build: Build, says: RegExp]> = {
    "a filter that is a number": [1, (_, n) => n, /Float64.*as a Boolean/],
    "a filter that is a missing field": [undefined, (_, n) => n, /undefined.*as a Boolean/],
    "`and` of a string": ["x", (q, n) => q.and(n), /String.*as a Boolean/],
    "`or` of null": [null, (q, n) => q.or(false, n), /Null.*as a Boolean/],
    "`not` of an Int64": [0n, (q, n) => q.not(n), /Int64.*as a Boolean/],
  };
  it.each(Object.entries(refused))("%s fails the query", async (_, [stored, build, says]) => {
    expect(await messageOf(found([stored], build))).toMatch(says);
  });

  it("`and` and `or` evaluate no operand after the one that decides", async () => {
    expect(await found(["x"], (q, n) => q.or(true, n))).toEqual([0]);
    expect(await found(["x"], (q, n) => q.and(false, n))).toEqual([]);
  });

  it("`and` of nothing is true and `or` of nothing is false", async () => {
    expect(await found([1], (q) => q.and())).toEqual([0]);
    expect(await found([1], (q) => q.or())).toEqual([]);
  });
});

describe("comparisons in filters", () => {
  const values = [undefined, null, 5n, 5, true, "a", new ArrayBuffer(1), [], {}];

  it("values of different types compare in the order of their types, a missing field below all", async () => {
    expect(await found(values, (q, n) => q.lt(n, "a"))).toEqual([0, 1, 2, 3, 4]);
    expect(await found(values, (q, n) => q.gt(n, "a"))).toEqual([6, 7, 8]);
  });

  it("an Int64 and a Float64 of the same amount are not equal", async () => {
    expect(await found(values, (q, n) => q.eq(n, 5))).toEqual([3]);
    expect(await found(values, (q, n) => q.eq(n, 5n))).toEqual([2]);
  });
});
