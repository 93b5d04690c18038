// @vitest-environment node
import { expect, it } from "vitest";
import { appFolder, clientFor, liveClient, open, queryAt, waitUntil } from "../harness";

const schema = (index: string) => `
  import { defineSchema, defineTable } from "convex/server";
  import { v } from "convex/values";
  export default defineSchema({ notes: defineTable({ text: v.string(), title: v.string() })${index} });
`;
const byText = `.searchIndex("search", { searchField: "text" })`;
const byTitle = `.searchIndex("search", { searchField: "title" })`;
const functions = (field: string) => `
  import { mutationGeneric as mutation, queryGeneric as query } from "convex/server";
  export const add = mutation({ handler: (ctx, note: { text: string; title: string }) => ctx.db.insert("notes", note) });
  export const change = mutation({ handler: (ctx, { id, title }: any) => ctx.db.patch(id, { title }) });
  export const remove = mutation({ handler: (ctx, { id }: any) => ctx.db.delete(id) });
  export const find = query({
    handler: async (ctx, { text }: { text: string }) => {
      const found = await ctx.db.query("notes").withSearchIndex("search", (q) => q.search("${field}", text)).collect();
      return found.map(({ title }) => title);
    },
  });
`;

it("a live search runs again when a document that matches is added, changed or removed, and for no other", async () => {
  const app = await appFolder({ "schema.ts": schema(byText), "notes.ts": functions("text") });
  const deployment = await open({ functions: app.functions });
  const call = clientFor(deployment);
  const seen: unknown[] = [];
  liveClient(deployment).onUpdate(queryAt("notes:find"), { text: "red bri" }, (found) => seen.push(found));
  const next = (count: number) => waitUntil(() => seen.length === count);
  await next(1);
  await call.mutation("notes:add", { text: "blue plate", title: "other" });
  const id = await call.mutation("notes:add", { text: "a brick", title: "first" });
  await next(2);
  await call.mutation("notes:change", { id, title: "renamed" });
  await next(3);
  await call.mutation("notes:remove", { id });
  await next(4);
  expect(seen).toEqual([[], ["first"], ["renamed"], []]);
});

it("a search index is filled when it is added, filled anew when its field changes, and kept over a restart", async () => {
  const app = await appFolder({ "schema.ts": schema(""), "notes.ts": functions("text") });
  const data = `${app.functions}-data`;
  const first = await open({ functions: app.functions, data });
  await clientFor(first).mutation("notes:add", { text: "brick", title: "plate" });
  await app.write({ "schema.ts": schema(byText) });
  await first.reload();
  expect(await clientFor(first).query("notes:find", { text: "brick" })).toEqual(["plate"]);
  await app.write({ "schema.ts": schema(byTitle), "notes.ts": functions("title") });
  await first.reload();
  expect(await clientFor(first).query("notes:find", { text: "brick" })).toEqual([]);
  expect(await clientFor(first).query("notes:find", { text: "plate" })).toEqual(["plate"]);
  await first.close();
  const second = await open({ functions: app.functions, data });
  expect(await clientFor(second).query("notes:find", { text: "plate" })).toEqual(["plate"]);
});
