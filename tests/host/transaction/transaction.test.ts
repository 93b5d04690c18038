// @vitest-environment node
import { setTimeout as wait } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import type { Deployment } from "../../../local/host/deployment";
import { clientFor, fixturePath, open, waitUntil } from "../harness";

let deployment: Deployment;
let call: ReturnType<typeof clientFor>;
beforeEach(async () => {
  deployment = await open({ functions: fixturePath("edgeCases") });
  call = clientFor(deployment);
});

const papersOf = async (owner: string) => await call.query("tasks:of", { owner });
const insert = async (owner: string, text: string) =>
  (await call.mutation("tasks:insert", { owner, text })) as string;

type Page = { page: { owner: string; text: string }[]; continueCursor: string };
const pageOf = async (owner: string, cursor: string | null, numItems = 1) =>
  (await call.query("tasks:page", { owner, paginationOpts: { numItems, cursor } })) as Page;

describe("a cursor", () => {
  it("cannot be turned to what the query does not reach", async () => {
    await insert("ann", "hers");
    await insert("ben", "his");
    await insert("ben", "his too");
    await insert("cid", "not his");
    const { continueCursor: annes } = await pageOf("ann", null);
    const { continueCursor: bens } = await pageOf("ben", null);
    // The client may put any place into a cursor of its own query.
    const forged = `${bens.split(":")[0]}:${annes.split(":")[1]}`;
    const pages = [forged, `${bens.split(":")[0]}:`, `${bens.split(":")[0]}:AA`];
    for (const cursor of pages) {
      const { page } = await pageOf("ben", cursor, 10).catch(() => ({ page: [] }));
      expect(page.filter(({ owner }) => owner !== "ben")).toEqual([]);
    }
  });

  it("of an empty page leads to the beginning", async () => {
    await insert("ann", "hers");
    await insert("ben", "his");
    const { continueCursor } = await pageOf("ben", null, 0);
    expect((await pageOf("ben", continueCursor, 10)).page.map(({ text }) => text)).toEqual(["his"]);
  });

  it("comes from the one paginated query that a function may run", async () => {
    await expect(call.query("tasks:twoPages")).rejects.toThrow();
  });
});

describe("a nested mutation", () => {
  it("that fails beside others undoes only its own writes", async () => {
    const statuses = await call.mutation("tasks:nestAtOnce", { owner: "ann" });
    expect(statuses).toEqual(["rejected", "fulfilled", "fulfilled"]);
    expect(await papersOf("ann")).toEqual(["kept", "own"]);
  });
});

describe("what the system keeps", () => {
  it("of a document, its id and creation time, cannot be changed", async () => {
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
    expect(await papersOf("ann")).toEqual(["new", "two"]);
  });

  it("of scheduled functions is neither read nor written as the app's", async () => {
    const id = await call.mutation("tasks:scheduleForever");
    await expect(call.query("tasks:get", { id })).rejects.toThrow();
    await expect(call.mutation("tasks:removeAny", { id })).rejects.toThrow();
    expect(await call.query("tasks:job", { id })).not.toBeNull();
  });
});

describe("a scheduled function", () => {
  it("is in progress while it runs; if it cancels itself, what it wrote stays", async () => {
    const id = await call.mutation("tasks:scheduleSelfCancelling", { owner: "ann" });
    const state = async () => ((await call.query("tasks:job", { id })) as { state: unknown }).state;
    await waitUntil(async () => JSON.stringify(await state()) === `{"kind":"canceled"}`);
    expect(await papersOf("ann")).toEqual(["inProgress"]);
  });

  it("that is cancelled while it runs stays cancelled", async () => {
    const id = await call.mutation("tasks:scheduleForever");
    const state = async () => ((await call.query("tasks:job", { id })) as { state: { kind: string } }).state;
    await waitUntil(async () => (await state()).kind === "inProgress");
    await call.mutation("tasks:cancel", { id });
    expect((await state()).kind).toBe("canceled");
  });
});

describe("the world of a function", () => {
  it("draws different numbers in every run", async () => {
    const numbers = await Promise.all(Array.from({ length: 20 }, () => call.mutation("tasks:randomNumber")));
    expect(new Set(numbers).size).toBe(20);
  });

  it("has no new keys in a mutation, and Date as a function", async () => {
    await expect(call.mutation("tasks:newKey")).rejects.toThrow();
    expect(await call.query("tasks:dateAsFunction")).toBe("string");
  });

  it("tells a function about itself", async () => {
    const answer = await fetch(`${deployment.url}/api/mutation`, {
      method: "POST",
      headers: { "User-Agent": "a test" },
      body: JSON.stringify({ path: "tasks:about", args: {} }),
    });
    expect(await answer.json()).toMatchObject({
      value: {
        written: 1,
        name: "tasks:about",
        visibility: "public",
        userAgent: "a test",
        scheduledFunctionId: null,
      },
    });
  });
});

describe("the time limit", () => {
  it("ends a mutation whose own code takes over a second, and none of its writes stays", async () => {
    await expect(call.mutation("tasks:busy", { ms: 1_200 })).rejects.toThrow();
    expect(await papersOf("busy")).toEqual([]);
    await call.mutation("tasks:busy", { ms: 10 });
    expect(await papersOf("busy")).toEqual(["x"]);
  });

  it("does not count the time that an action holds everything up", async () => {
    const digested = call.mutation("tasks:digest", { rounds: 2_000 });
    await wait(5);
    const blocked = call.action("tasks:block", { ms: 1_300 });
    await Promise.all([digested, blocked]);
    expect(await papersOf("digest")).toEqual(["done"]);
  });
});
