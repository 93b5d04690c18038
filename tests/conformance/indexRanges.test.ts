/**
 * Index ranges and unknown tables as on Convex: convex-backend, crates/common/src/query.rs (`IndexRange::compile`) and
 * crates/database/src/bootstrap_model/index.rs (`stable_index_name`, `indexed_fields`).
 */
import { defineSchema } from "convex/server";
import type { Value } from "convex/values";
import { describe, expect, it } from "vitest";
import { hostTest } from "../../local/host/testing";
import { hostEngine, messageOf, type Engine } from "./engines";

/** A range builder without the types that allow only ranges known at compile time. */
type Range = { [comparison in "eq" | "gt" | "gte" | "lt" | "lte"]: (field: string, value: Value) => Range };
type Build = (q: Range) => Range;

const read = (t: Engine, build: Build, index = "by_owner") =>
  t.run(async (ctx) => {
    for (const owner of ["ann", "ben"]) {
      for (const rank of [1, 2, 3]) await ctx.db.insert("tasks", { owner, rank });
    }
    const found = await ctx.db
      .query("tasks")
      .withIndex(index as "by_owner", (q) => build(q as unknown as Range) as never)
      .take(100);
    return found.map(({ owner, rank }) => `${owner} ${rank}`);
  });

describe("an index range", () => {
  const refused: Record<string, [build: Build, says: RegExp]> = {
    "two lower bounds": [
      (q) => q.eq("owner", "ann").gt("rank", 1).gt("rank", 2),
      /AlreadyDefinedBound.*lower/,
    ],
    "a lower bound after another kind of lower bound": [
      (q) => q.eq("owner", "ann").gte("rank", 1).gt("rank", 2),
      /AlreadyDefinedBound.*lower/,
    ],
    "two upper bounds": [
      (q) => q.eq("owner", "ann").lt("rank", 3).lte("rank", 2),
      /AlreadyDefinedBound.*upper/,
    ],
    "two equalities on a field": [
      (q) => q.eq("owner", "ann").eq("owner", "ben"),
      /AlreadyDefinedBound.*equality/,
    ],
    "an equality and a bound on a field": [
      (q) => q.eq("owner", "ann").gt("owner", "a"),
      /AlreadyDefinedBound.*inequality/,
    ],
    "bounds on two fields": [(q) => q.gt("owner", "ann").lt("rank", 2), /BoundsOnMultipleFields/],
    "a skipped field": [(q) => q.eq("rank", 1), /InvalidIndexRange/],
    "an equality after a field with a bound": [
      (q) => q.gt("owner", "ann").eq("rank", 1),
      /InvalidIndexRange/,
    ],
    "a field that the index lacks": [(q) => q.eq("owner", "ann").eq("note", "x"), /FieldNotInIndex/],
  };
  it.each(Object.entries(refused))("an index range with %s is refused", async (_, [build, says]) => {
    expect(await messageOf(read(hostEngine(), build))).toMatch(says);
  });

  it("an index range may name its equalities in any order, and a bound before an equality on an earlier field", async () => {
    expect(await read(hostEngine(), (q) => q.eq("rank", 2).eq("owner", "ann"))).toEqual(["ann 2"]);
    expect(await read(hostEngine(), (q) => q.gt("rank", 1).eq("owner", "ben"))).toEqual(["ben 2", "ben 3"]);
  });

  it("an index range of a field without equalities may go on with the creation time and the id, in this order", async () => {
    const all = (q: Range) => q.eq("owner", "ann").eq("rank", 1).gt("_creationTime", 0);
    expect(await read(hostEngine(), all)).toEqual(["ann 1"]);
    const skipped = (q: Range) => q.eq("owner", "ann").eq("rank", 1).gt("_id", "");
    expect(await messageOf(read(hostEngine(), skipped))).toMatch(/InvalidIndexRange/);
    const behindId = (q: Range) => q.gt("_creationTime", 0);
    expect(await messageOf(read(hostEngine(), behindId, "by_id"))).toMatch(/FieldNotInIndex/);
  });

  it("an index range of an index that does not exist is refused by its name", async () => {
    const message = await messageOf(read(hostEngine(), (q) => q, "by_nothing"));
    expect(message).toMatch(/Index tasks\.by_nothing not found/);
  });
});

describe.each([
  ["that is enforced", true],
  ["that is not enforced", false],
])("a table that is missing in a schema %s", (_, schemaValidation) => {
  const engine = () =>
    hostTest(defineSchema({}, { schemaValidation }), {
      "/app/_generated/api.js": () => Promise.resolve({}),
    }) as unknown as Engine;
  const table = "nowhere" as "tasks";

  it("an unknown table is empty", async () => {
    const t = engine();
    expect(await t.run((ctx) => ctx.db.query(table).collect())).toEqual([]);
    const options = { numItems: 1, cursor: null };
    expect(await t.run((ctx) => ctx.db.query(table).paginate(options))).toMatchObject({
      page: [],
      isDone: true,
    });
  });

  it("an unknown table has no index, not even by_creation_time", async () => {
    const read = engine().run((ctx) => ctx.db.query(table).withIndex("by_creation_time").collect());
    expect(await messageOf(read)).toMatch(/Index nowhere\.by_creation_time not found/);
  });

  it("an unknown table exists from the first insert", async () => {
    const t = engine();
    await t.run((ctx) => ctx.db.insert(table, { owner: "ann", rank: 1 }));
    expect(await t.run((ctx) => ctx.db.query(table).collect())).toMatchObject([{ owner: "ann", rank: 1 }]);
  });

  it("an unknown table cannot have a name that is no identifier or is reserved", async () => {
    for (const name of ["a/b", "1st", "", "a-b", "__", "x".repeat(65)]) {
      const insert = engine().run((ctx) => ctx.db.insert(name as "tasks", { owner: "ann", rank: 1 }));
      expect(await messageOf(insert)).toMatch(/table name|read-only/i);
    }
  });
});
