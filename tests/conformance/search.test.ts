/**
 * Text search as on Convex: convex-backend, crates/search/src/lib.rs (`compile`, `search`), constants.rs, aggregation.rs,
 * and crates/database/src/query/search_query.rs. convex-test does not rank and takes every term as a prefix.
 */
import {
  defineSchema,
  defineTable,
  type DataModelFromSchemaDefinition,
  type GenericMutationCtx,
} from "convex/server";
import { v } from "convex/values";
import { beforeEach, describe, expect, it } from "vitest";
import { hostTest } from "../../local/host/testing";
import { messageOf } from "./engines";

const schema = defineSchema({
  notes: defineTable({ text: v.optional(v.any()), owner: v.optional(v.any()), rank: v.number() })
    .index("by_rank", ["rank"])
    .searchIndex("by_text", { searchField: "text", filterFields: ["owner", "rank"] }),
});
type Ctx = GenericMutationCtx<DataModelFromSchemaDefinition<typeof schema>>;

const open = () => hostTest(schema, { "/app/_generated/api.js": () => Promise.resolve({}) });
let t: ReturnType<typeof open>;
beforeEach(() => {
  t = open();
});

const fill = (...texts: unknown[]) =>
  t.run(async (ctx) => {
    for (const [rank, text] of texts.entries()) await ctx.db.insert("notes", { text, rank });
  });

/** A search builder without the types that allow only the index's fields. */
type Search = {
  search: (field: string, text: string) => Search;
  eq: (field: string, value: unknown) => Search;
};

const searchWith = (ctx: Pick<Ctx, "db">, build: (q: Search) => Search) =>
  ctx.db.query("notes").withSearchIndex("by_text", (q) => build(q as unknown as Search) as never);
const search = (ctx: Pick<Ctx, "db">, text: string) => searchWith(ctx, (q) => q.search("text", text));
const found = (text: string) =>
  t.query(async (ctx) => (await search(ctx as unknown as Ctx, text).collect()).map(({ rank }) => rank));

describe("the terms of a search", () => {
  const cases: Record<string, [texts: unknown[], query: string, ranks: number[]]> = {
    "are words in lower case, split at what is no letter or digit": [
      ["Red-Brick, 2x4!", "redbrick", "a plate"],
      "BRICK red",
      [0, 1],
    ],
    "match whole words, and the last one also a beginning": [
      ["bricks", "brick wall", "wallpaper"],
      "brick wal",
      [1, 2],
    ],
    "do not match a beginning unless they are last": [["bricks and walls"], "brick and", [0]],
    "match with any one of them": [["red", "blue", "green"], "red blue x", [1, 0]],
    "are in any script": [["Größe 5", "размер"], "GRÖSSE größe", [0]],
    "of 32 bytes or more are left out": [["x".repeat(32), "x".repeat(31)], "x", [1]],
    "are the first sixteen": [["seventeen"], `${"a ".repeat(16)}seventeen`, []],
    "may be none": [["text"], "?! -", []],
    "are not found in what is no string": [[5, ["five"], { five: "five" }, undefined], "five", []],
  };
  it.each(Object.entries(cases))("%s", async (_, [texts, query, ranks]) => {
    await fill(...texts);
    expect(await found(query)).toEqual(ranks);
  });
});

describe("the order of results", () => {
  const cases: Record<string, [texts: string[], query: string, ranks: number[]]> = {
    "begins with what has more of the terms": [["red", "red brick", "brick"], "red brick", [1, 2, 0]],
    "prefers a rare term": [["common", "common", "common", "rare"], "common rare", [3, 2, 1, 0]],
    "prefers a term that occurs more often": [["brick plate plate", "brick brick plate"], "brick", [1, 0]],
    "prefers a shorter text": [["brick and a lot of other words", "brick"], "brick", [1, 0]],
    "prefers a whole word to a beginning": [["bricks", "brick"], "brick", [1, 0]],
    "is newest first among equals": [["brick", "brick", "brick"], "brick", [2, 1, 0]],
  };
  it.each(Object.entries(cases))("%s", async (_, [texts, query, ranks]) => {
    await fill(...texts);
    expect(await found(query)).toEqual(ranks);
  });
});

describe("a search", () => {
  it("a search filters by equal values of any type, also by missing ones", async () => {
    const ranks = await t.run(async (ctx) => {
      for (const [rank, owner] of ["ann", "ben", undefined, null, 5n].entries()) {
        await ctx.db.insert("notes", { text: "brick", rank, ...(owner !== undefined && { owner }) });
      }
      const by = async (owner: unknown) =>
        (await searchWith(ctx, (q) => q.search("text", "brick").eq("owner", owner)).collect()).map(
          ({ rank }) => rank,
        );
      return [await by("ben"), await by(undefined), await by(null), await by(5n), await by(5)];
    });
    expect(ranks).toEqual([[1], [2], [3], [4], []]);
  });

  it("a search sees what its own transaction inserted, changed and deleted", async () => {
    await fill("old brick", "brick", "plate");
    await t.run(async (ctx) => {
      const [old, brick, plate] = await ctx.db.query("notes").withIndex("by_rank").collect();
      if (!old || !brick || !plate) throw new Error("nothing was filled");
      await ctx.db.patch("notes", old._id, { text: "tile" });
      await ctx.db.delete("notes", brick._id);
      await ctx.db.patch("notes", plate._id, { text: "plate and brick" });
      await ctx.db.insert("notes", { text: "brick", rank: 3 });
      expect((await search(ctx, "brick").collect()).map(({ rank }) => rank)).toEqual([3, 2]);
      expect((await search(ctx, "tile").collect()).map(({ rank }) => rank)).toEqual([0]);
    });
    expect(await found("brick")).toEqual([3, 2]);
    expect(await found("old")).toEqual([]);
  });

  it("a search can be filtered further, limited and read in pages without a gap", async () => {
    await fill(...Array.from({ length: 25 }, (_, rank) => `brick ${"x ".repeat(rank)}`));
    const pages = await t.run(async (ctx) => {
      const odd = await search(ctx, "brick")
        .filter((q) => q.eq(q.mod(q.field("rank"), 2), 1))
        .take(3);
      return odd.map(({ rank }) => rank);
    });
    expect(pages).toEqual([1, 3, 5]);
    const pageAt = (cursor: string | null) =>
      t.query((ctx) => search(ctx as unknown as Ctx, "brick").paginate({ numItems: 10, cursor }));
    const seen: number[] = [];
    for (let page = await pageAt(null); ; page = await pageAt(page.continueCursor)) {
      seen.push(...page.page.map(({ rank }) => rank));
      expect(page.splitCursor).toBeNull();
      if (page.isDone) break;
    }
    expect(seen).toEqual(Array.from({ length: 25 }, (_, rank) => rank));
  });

  it("a search returns at most 1,024 results, and fails where more are read", async () => {
    await fill(...Array.from({ length: 1_030 }, () => "brick"));
    const some = await t.query(
      async (ctx) => (await search(ctx as unknown as Ctx, "brick").take(1_024)).length,
    );
    expect(some).toBe(1_024);
    expect(await messageOf(found("brick"))).toMatch(/SearchQueryScannedTooManyDocumentsError/);
  });

  const refused: Record<string, [build: (q: Search) => Search, says: RegExp]> = {
    "of another field": [(q) => q.search("owner", "x"), /IncorrectSearchField/],
    "with two texts": [
      (q) => q.search("text", "x").search("text", "y"),
      /DuplicateSearchFilters|already|function/i,
    ],
    "filtered by a field that is not in filterFields": [
      (q) => q.search("text", "x").eq("note", 1),
      /IncorrectFilterFieldError/,
    ],
    "with more than eight filters": [
      (q) =>
        Array.from({ length: 9 }).reduce<Search>(
          (all, _, value) => all.eq("rank", value),
          q.search("text", "x"),
        ),
      /TooManyFilterConditions/,
    ],
  };
  it.each(Object.entries(refused))("%s is refused", async (_, [build, says]) => {
    const work = t.run((ctx) => searchWith(ctx, build).collect());
    expect(await messageOf(work)).toMatch(says);
  });

  it("a search of an index that is not a search index is refused, as is a range of one that is", async () => {
    const asSearch = t.run((ctx) =>
      ctx.db
        .query("notes")
        .withSearchIndex("by_rank" as "by_text", (q) => q.search("text", "x"))
        .collect(),
    );
    expect(await messageOf(asSearch)).toMatch(/is not a search index/);
    const asRange = t.run((ctx) =>
      ctx.db
        .query("notes")
        .withIndex("by_text" as "by_rank")
        .collect(),
    );
    expect(await messageOf(asRange)).toMatch(/is a search index/);
  });
});
