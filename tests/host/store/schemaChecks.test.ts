// @vitest-environment node
/** What Convex refuses about a schema at deployment, which the host refuses at start and at reload. */
import { describe, expect, it } from "vitest";
import { appFolder, clientFor, open } from "../harness";

const schemaOf = (tables: string, options = "") => `
  import { defineSchema, defineTable } from "convex/server";
  import { v } from "convex/values";
  export default defineSchema({ ${tables} }, { ${options} });
`;
const items = `
  import { mutationGeneric as mutation, queryGeneric as query } from "convex/server";
  export const add = mutation({ handler: (ctx, { item }: { item: object }) => ctx.db.insert("items", item) });
  export const change = mutation({ handler: (ctx, { id, item }: { id: any; item: object }) => ctx.db.replace(id, item) });
  export const all = query({ handler: async (ctx) => (await ctx.db.query("items").collect()).map(({ a }) => a) });
`;

const many = (count: number, each: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => each(i));
const fields = (count: number) => many(count, (index) => `f${index}: v.string()`).join(", ");
const names = (count: number) => many(count, (index) => `"f${index}"`).join(", ");

/**
 * convex-backend: crates/common/src/schemas/json.rs, crates/common/src/bootstrap_model/index/index_validation_error.rs,
 * and for `_creationTime` and other reserved fields crates/application/src/lib.rs.
 */
const refused: Record<string, [tables: string, says: string]> = {
  "a table name with a dash": [`"my-items": defineTable({})`, `Invalid table name: "my-items"`],
  "a table name of 65 characters": [`${"x".repeat(65)}: defineTable({})`, "Invalid table name"],
  "a table name that begins with an underscore": [
    `_items: defineTable({})`,
    "_items is a reserved table name",
  ],
  "a field name with a dash": [`items: defineTable({ "a-b": v.string() })`, `"a-b" is not an identifier`],
  "a nested field name with a space": [
    `items: defineTable({ a: v.array(v.object({ "b c": v.string() })) })`,
    `"b c" is not an identifier`,
  ],
  "an id of a table with an invalid name": [
    `items: defineTable({ a: v.id("my-items") })`,
    `v.id("my-items")`,
  ],
  "a record with literal keys": [
    `items: defineTable({ a: v.record(v.literal("x") as any, v.string()) })`,
    "Records can have keys of",
  ],
  "a document that is no object": [
    `items: defineTable(v.string() as any)`,
    `The document validator of table "items" must be an object`,
  ],
  "an index name with a dash": [
    `items: defineTable({ a: v.string() }).index("by-a", ["a"])`,
    `Invalid index name: "by-a"`,
  ],
  "an index named by_id": [
    `items: defineTable({ a: v.string() }).index("by_id" as any, ["a"])`,
    `cannot name an index "by_id" because the name is reserved`,
  ],
  "an index named by_creation_time": [
    `items: defineTable({ a: v.string() }).index("by_creation_time" as any, ["a"])`,
    `cannot name an index "by_creation_time" because the name is reserved`,
  ],
  "an index name that begins with an underscore": [
    `items: defineTable({ a: v.string() }).index("_a", ["a"])`,
    `cannot name an index "_a" because the name is reserved`,
  ],
  "two indexes of one name": [
    `items: defineTable({ a: v.string(), b: v.string() }).index("by_a", ["a"]).index("by_a", ["b"])`,
    `Table "items" has two or more definitions of index "by_a"`,
  ],
  "two indexes over the same fields": [
    `items: defineTable({ a: v.string() }).index("by_a", ["a"]).index("also_by_a", ["a"])`,
    "have the same fields. Indexes must be unique within a table",
  ],
  "an index over no fields": [
    `items: defineTable({ a: v.string() }).index("by_a", [] as any)`,
    `index "by_a" must have at least one field`,
  ],
  "an index over one field twice": [
    `items: defineTable({ a: v.string() }).index("by_a", ["a", "a"])`,
    `Duplicate field "a". Index fields must be unique within an index`,
  ],
  "an index over _id": [
    `items: defineTable({ a: v.string() }).index("by_a", ["a", "_id"] as any)`,
    `"_id" is not a valid index field`,
  ],
  "an index that names _creationTime": [
    `items: defineTable({ a: v.string() }).index("by_a", ["a", "_creationTime"])`,
    `"_creationTime" is automatically added to the end of each index`,
  ],
  "an index over a reserved field": [
    `items: defineTable(v.any()).index("by_a", ["_secret"])`,
    `Reserved fields (starting with "_") are not allowed in indexes`,
  ],
  "an index over a field that the schema lacks": [
    `items: defineTable({ a: v.string() }).index("by_b", ["b"] as any)`,
    `the index "by_b" is invalid because it references the field "b" that does not exist`,
  ],
  "an index over a nested field that the schema lacks": [
    `items: defineTable({ a: v.object({ b: v.string() }) }).index("by_c", ["a.c"] as any)`,
    `references the field "a.c" that does not exist`,
  ],
  "an index over 16 fields, beside _creationTime": [
    `items: defineTable({ ${fields(16)} }).index("by_all", [${names(16)}] as any)`,
    "Indexes may have up to 16 fields",
  ],
  "more than 64 indexes": [
    `items: defineTable({ ${fields(65)} })${many(65, (index) => `.index("by_${index}", ["f${index}"])`).join("")}`,
    `Table "items" cannot have more than 64 indexes`,
  ],
};

const start = async (schema: string) => {
  const app = await appFolder({ "schema.ts": schema, "items.ts": items });
  const deployment = await open({ functions: app.functions });
  return { ...deployment, call: clientFor(deployment), write: app.write };
};

describe("a schema that Convex refuses", () => {
  it.each(Object.entries(refused))(
    "with %s ends the start with a HostError that says so",
    async (_, [tables, says]) => {
      const failure: unknown = await start(schemaOf(tables)).catch((error: unknown) => error);
      expect(failure).toMatchObject({
        code: "schemaInvalid",
        message: expect.stringContaining(says) as string,
      });
    },
  );

  it("a schema of which the module exports no schema ends the start", async () => {
    await expect(start("export default 5;")).rejects.toMatchObject({ code: "schemaInvalid" });
  });

  it("a refused schema leaves the old functions running when it comes with a reload", async () => {
    const { call, write, reload } = await start(schemaOf(`items: defineTable({ a: v.string() })`));
    await write({
      "schema.ts": schemaOf(`items: defineTable({ a: v.string() }).index("by_id" as any, ["a"])`),
    });
    await expect(reload()).rejects.toMatchObject({ code: "schemaInvalid" });
    await call.mutation("items:add", { item: { a: "x" } });
    expect(await call.query("items:all")).toEqual(["x"]);
  });
});

describe("a schema that Convex accepts", () => {
  const accepted: Record<string, [tables: string, options?: string]> = {
    "an index over 15 fields": [
      `items: defineTable({ ${fields(15)}, a: v.optional(v.string()) }).index("by_all", [${names(15)}] as any)`,
    ],
    "an index over a field of one member of a union": [
      `items: defineTable(v.union(v.object({ a: v.string() }), v.object({ b: v.string() }))).index("by_b", ["b"])`,
    ],
    "an index over a field that is missing in a schema that is not enforced": [
      `items: defineTable({ a: v.string() }).index("by_b", ["b"] as any)`,
      "schemaValidation: false",
    ],
    "an index that extends another one": [
      `items: defineTable({ a: v.string(), b: v.string() }).index("by_a", ["a"]).index("by_a_b", ["a", "b"])`,
    ],
  };
  it.each(Object.entries(accepted))("a schema with %s starts", async (_, [tables, options]) => {
    const { call } = await start(schemaOf(tables, options));
    expect(await call.query("items:all")).toEqual([]);
  });

  it("a schema may name _id and _creationTime, which Convex sets itself (json.rs, filter_system_fields)", async () => {
    const { call } = await start(
      schemaOf(`items: defineTable({ _id: v.id("items"), _creationTime: v.number(), a: v.string() } as any)`),
    );
    await call.mutation("items:add", { item: { a: "x" } });
    expect(await call.query("items:all")).toEqual(["x"]);
  });
});

/** convex-backend, crates/application/src/schema_worker, and the Convex docs on `schemaValidation`. */
describe("stored documents that do not match a changed schema", () => {
  const numbers = schemaOf(`items: defineTable({ a: v.number() })`);
  const strings = schemaOf(`items: defineTable({ a: v.string() })`);
  const says = {
    code: "dataMismatch",
    message: expect.stringContaining('in table "items" does not match') as string,
  };

  it("documents that do not match fail a reload, which leaves the old functions and indexes as they were", async () => {
    const indexed = (text: string) => text.replace("v.number() })", `v.number() }).index("by_a", ["a"])`);
    const reading = items.replace(`query("items")`, `query("items").withIndex("by_a")`);
    const { call, write, reload } = await start(indexed(numbers));
    await write({ "items.ts": reading });
    await reload();
    await call.mutation("items:add", { item: { a: 1 } });
    await write({ "schema.ts": strings });
    await expect(reload()).rejects.toMatchObject(says);
    await call.mutation("items:add", { item: { a: 2 } });
    expect(await call.query("items:all")).toEqual([1, 2]);
  });

  it("documents that do not match end a start, whose error says what to do, until they are changed", async () => {
    const app = await appFolder({ "schema.ts": numbers, "items.ts": items });
    const data = `${app.functions}-data`;
    const opened = async () => await open({ functions: app.functions, data });
    const first = await opened();
    const id = await clientFor(first).mutation("items:add", { item: { a: 1 } });
    await first.close();
    await app.write({ "schema.ts": strings });
    await expect(opened()).rejects.toMatchObject(says);
    await expect(opened()).rejects.toThrow(/v\.union.*schemaValidation/s);
    await app.write({ "schema.ts": schemaOf(`items: defineTable({ a: v.union(v.string(), v.number()) })`) });
    const second = await opened();
    await clientFor(second).mutation("items:change", { id, item: { a: "one" } });
    await app.write({ "schema.ts": strings });
    await second.reload();
    expect(await clientFor(second).query("items:all")).toEqual(["one"]);
  });

  it("documents that do not match are accepted with schemaValidation false, and checked again when it is enforced", async () => {
    const { call, write, reload } = await start(numbers);
    await call.mutation("items:add", { item: { a: 1 } });
    await write({
      "schema.ts": schemaOf(`items: defineTable({ a: v.string() })`, "schemaValidation: false"),
    });
    await reload();
    expect(await call.query("items:all")).toEqual([1]);
    await call.mutation("items:add", { item: { a: "x" } });
    await write({ "schema.ts": numbers });
    await expect(reload()).rejects.toMatchObject(says);
  });
});
