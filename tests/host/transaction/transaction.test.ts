// @vitest-environment node
import { defineSchema, defineTable } from "convex/server";
import { v } from "convex/values";
import { beforeEach, describe, expect, it } from "vitest";
import { hostTest } from "../../../local/host/testing";
import { clientFor, fixturePath, open } from "../harness";

let call: ReturnType<typeof clientFor>;
beforeEach(async () => {
  call = clientFor(await open({ functions: fixturePath("edgeCases") }));
});

const tasksOf = async (owner: string) => await call.query("tasks:of", { owner });
const insert = async (owner: string, text: string) =>
  (await call.mutation("tasks:insert", { owner, text })) as string;

type Page = { page: { owner: string; text: string }[]; continueCursor: string };
const pageOf = async (owner: string, cursor: string | null, numItems = 1) =>
  (await call.query("tasks:page", { owner, paginationOpts: { numItems, cursor } })) as Page;

describe("a cursor", () => {
  it("a forged cursor returns no documents outside the range of its query", async () => {
    await insert("ann", "hers");
    await insert("ben", "his");
    await insert("ben", "his too");
    await insert("cid", "not his");
    const { continueCursor: annsCursor } = await pageOf("ann", null);
    const { continueCursor: bensCursor } = await pageOf("ben", null);
    // A client can combine the fingerprint of its own query with any key.
    const forged = `${bensCursor.split(":")[0]}:${annsCursor.split(":")[1]}`;
    const pages = [forged, `${bensCursor.split(":")[0]}:`, `${bensCursor.split(":")[0]}:AA`];
    for (const cursor of pages) {
      const { page } = await pageOf("ben", cursor, 10).catch(() => ({ page: [] }));
      expect(page.filter(({ owner }) => owner !== "ben")).toEqual([]);
    }
  });

  it("a function that runs two paginated queries fails", async () => {
    await expect(call.query("tasks:twoPages")).rejects.toThrow();
  });
});

describe("a nested mutation", () => {
  it("a nested mutation that fails beside concurrent ones rolls back only its own writes", async () => {
    const statuses = await call.mutation("tasks:runNestedConcurrently", { owner: "ann" });
    expect(statuses).toEqual(["rejected", "fulfilled", "fulfilled"]);
    expect(await tasksOf("ann")).toEqual(["nested", "own"]);
  });
});

describe("system fields and tables", () => {
  it("a document's id and creation time cannot be changed, and other system fields cannot be written", async () => {
    const [id, other] = [await insert("ann", "one"), await insert("ann", "two")];
    const before = await call.query("tasks:get", { id });
    for (const fields of [{ _id: other }, { _creationTime: 5 }, { _secret: 1 }]) {
      await expect(call.mutation("tasks:patchSystemFields", { id, fields })).rejects.toThrow();
      const replaced = { owner: "ann", text: "x", ...fields };
      await expect(
        call.mutation("tasks:replaceWithSystemFields", { id, fields: replaced }),
      ).rejects.toThrow();
    }
    expect(await call.query("tasks:get", { id })).toEqual(before);
    await call.mutation("tasks:patchSystemFields", { id, fields: { _id: id, text: "new" } });
    expect(await tasksOf("ann")).toEqual(["new", "two"]);
  });

  it("the scheduled functions table cannot be read or written as a table of the app", async () => {
    const id = await call.mutation("tasks:scheduleUnresolved");
    await expect(call.query("tasks:get", { id })).rejects.toThrow();
    await expect(call.mutation("tasks:removeAny", { id })).rejects.toThrow();
    expect(await call.query("tasks:job", { id })).not.toBeNull();
  });
});

it("commitTs becomes the time of the commit, which differs between commits", async () => {
  const schema = defineSchema({
    marks: defineTable({ at: v.commitTs(), name: v.string() }).index("by_at", ["at"]),
  });
  const t = hostTest(schema, { "/app/_generated/api.js": () => Promise.resolve({}) });
  for (const name of ["first", "second"]) {
    await t.run((ctx) => ctx.db.insert("marks", { at: ctx.db.vars.commitTs, name }));
  }
  const marks = await t.run((ctx) => ctx.db.query("marks").withIndex("by_at").take(5));
  expect(marks.map(({ name, at }) => [name, typeof at])).toEqual([
    ["first", "bigint"],
    ["second", "bigint"],
  ]);
  expect(marks[0]?.at).not.toEqual(marks[1]?.at);
});
