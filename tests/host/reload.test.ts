// @vitest-environment node
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { appFolder, clientFor, recordingLog, liveClient, open, queryAt, waitUntil } from "./harness";

const schema = (indexes: string) => `
  import { defineSchema, defineTable } from "convex/server";
  import { v } from "convex/values";
  export default defineSchema({ items: defineTable({ owner: v.string(), rank: v.number() })${indexes} });
`;
const items = (read: string) => `
  import { mutationGeneric as mutation, queryGeneric as query } from "convex/server";
  export const add = mutation({ handler: (ctx, item: { owner: string; rank: number }) => ctx.db.insert("items", item) });
  export const ranks = query({ handler: async (ctx) => (await ${read}.collect()).map(({ rank }) => rank) });
`;
const plain = items(`ctx.db.query("items")`);
const indexed = items(`ctx.db.query("items").withIndex("by_owner", (q) => q.eq("owner", "ann"))`);
const byOwner = `.index("by_owner", ["owner", "rank"])`;

describe("reload", () => {
  it("a reload fills a new index, including documents written during the reload", async () => {
    const app = await appFolder({ "schema.ts": schema(""), "items.ts": plain });
    const deployment = await open({ functions: app.functions });
    const call = clientFor(deployment);
    for (let rank = 0; rank < 20; rank += 1) await call.mutation("items:add", { owner: "ann", rank });
    await app.write({ "schema.ts": schema(byOwner), "items.ts": indexed });
    let isReloading = true;
    let added = 20;
    const adding = Array.from({ length: 4 }, async () => {
      while (isReloading) await call.mutation("items:add", { owner: "ann", rank: (added += 1) });
    });
    await deployment.reload();
    isReloading = false;
    await Promise.all(adding);
    expect((await call.query("items:ranks")) as number[]).toHaveLength(added);
  });

  it("a reload updates live queries to the new functions and drops an index that was removed", async () => {
    const app = await appFolder({ "schema.ts": schema(byOwner), "items.ts": indexed });
    const deployment = await open({ functions: app.functions });
    await clientFor(deployment).mutation("items:add", { owner: "ben", rank: 1 });
    let seen: unknown;
    liveClient(deployment).onUpdate(queryAt("items:ranks"), {}, (ranks) => (seen = ranks));
    await waitUntil(() => seen !== undefined);
    expect(seen).toEqual([]);
    await app.write({ "schema.ts": schema(""), "items.ts": plain });
    await deployment.reload();
    await waitUntil(() => JSON.stringify(seen) === "[1]");
  });

  it("a reload of modules that cannot be loaded throws and leaves the old functions running", async () => {
    const app = await appFolder({ "schema.ts": schema(""), "items.ts": plain });
    const deployment = await open({ functions: app.functions });
    await app.write({ "items.ts": "this is not TypeScript" });
    await expect(deployment.reload()).rejects.toMatchObject({ code: "functionsUnusable" });
    await clientFor(deployment).mutation("items:add", { owner: "ben", rank: 1 });
    expect(await clientFor(deployment).query("items:ranks")).toEqual([1]);
  });

  it("an operator changes environment variables while it runs, and values that the app forbids change nothing", async () => {
    const app = await appFolder({
      "convex.config.ts": `
        import { defineApp } from "convex/server";
        import { v } from "convex/values";
        export default defineApp({ env: { SIZE: v.union(v.literal("small"), v.literal("large")), NOTE: v.optional(v.string()) } });
      `,
      "env.ts": `
        import { queryGeneric as query } from "convex/server";
        export const get = query({ handler: async () => [process.env.SIZE, process.env.NOTE ?? null] });
      `,
    });
    const deployment = await open({ functions: app.functions, env: { SIZE: "small", NOTE: "x" } });
    const change = async (key: string, changes: unknown) =>
      (
        await fetch(`${deployment.url}/api/update_environment_variables`, {
          method: "POST",
          headers: { Authorization: `Convex ${key}` },
          body: JSON.stringify({ changes }),
        })
      ).status;
    const seen = async () => await clientFor(deployment).query("env:get");
    expect(await change("wrong", [{ name: "SIZE", value: "large" }])).toBe(401);
    expect(await change(deployment.adminKey, [{ name: "SIZE", value: "huge" }])).toBe(400);
    expect(await change(deployment.adminKey, [{ name: "SIZE" }])).toBe(400);
    expect(await change(deployment.adminKey, "all")).toBe(400);
    expect(await seen()).toEqual(["small", "x"]);
    expect(await change(deployment.adminKey, [{ name: "SIZE", value: "large" }, { name: "NOTE" }])).toBe(200);
    expect(await seen()).toEqual(["large", null]);
  });

  it("a reload during a cron run neither duplicates the run nor makes runs overlap", async () => {
    const app = await appFolder({
      "slow.ts": `
        import { internalActionGeneric as action } from "convex/server";
        export const run = action({ handler: async () => {
          console.log("begin");
          await new Promise((resolve) => setTimeout(resolve, 300));
          console.log("end");
        } });
      `,
      "crons.ts": `
        import { cronJobs, makeFunctionReference } from "convex/server";
        const crons = cronJobs();
        crons.interval("slow", { seconds: 1 }, makeFunctionReference("slow:run"), {});
        export default crons;
      `,
    });
    const { log, lines } = recordingLog();
    const deployment = await open({ functions: app.functions, log });
    await waitUntil(() => lines.includes("begin"));
    await deployment.reload();
    await deployment.reload();
    await wait(3_000);
    const marks = lines.filter((line) => line === "begin" || line === "end");
    const overlaps = marks.filter((mark, index) => mark === marks[index - 1]);
    expect(overlaps).toEqual([]);
    const begun = marks.filter((mark) => mark === "begin").length;
    expect(begun).toBeGreaterThanOrEqual(3);
    expect(begun).toBeLessThanOrEqual(5);
  });
});
