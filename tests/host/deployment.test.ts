import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDeployment, type Deployment } from "../../local/host/deployment";
import { createLog } from "../../local/host/lib/log";

const functions = join(import.meta.dirname, "fixtures/basic");
const silent = { ...createLog(), error: () => undefined };

let data: string;
let deployment: Deployment;
const clients: ConvexClient[] = [];

async function open(): Promise<Deployment> {
  return await openDeployment({ functions, data, env: {}, port: 0, sitePort: 0, log: silent });
}

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), "host-test-"));
  deployment = await open();
});
afterEach(async () => {
  await Promise.all(clients.splice(0).map((client) => client.close()));
  await deployment.close();
  await rm(data, { recursive: true, force: true });
});

type Arguments = Record<string, unknown>;
const queryAt = (name: string) => makeFunctionReference<"query", Arguments, unknown>(`notes:${name}`);
const mutationAt = (name: string) => makeFunctionReference<"mutation", Arguments, unknown>(`notes:${name}`);

function http(): ConvexHttpClient {
  return new ConvexHttpClient(deployment.url, { logger: false });
}

function live(): ConvexClient {
  const client = new ConvexClient(deployment.url, { logger: false });
  clients.push(client);
  return client;
}

async function waitUntil(isReached: () => boolean | Promise<boolean>): Promise<void> {
  for (let attempt = 0; attempt < 400; attempt += 1) {
    if (await isReached()) return;
    await wait(10);
  }
  throw new Error("The condition was not reached within 4 s.");
}

const notesOf = async (owner: string) =>
  (await http().query(queryAt("of"), { owner })) as { text: string; rank: number }[];
const add = (owner: string, rank: number, text = "note") =>
  http().mutation(mutationAt("add"), { owner, text, rank });

describe("documents", () => {
  it("a query returns documents by index range, order and filter", async () => {
    for (const rank of [3, 1, 2, 5]) await add("ann", rank, rank === 2 ? "hidden" : "note");
    expect((await notesOf("ann")).map(({ rank }) => rank)).toEqual([1, 2, 3, 5]);
    expect(await http().query(queryAt("between"), { from: 1, to: 5 })).toEqual([1, 3]);
  });

  it("documents that violate the schema and arguments that violate their validators are refused", async () => {
    await expect(http().mutation(mutationAt("addInvalid"), {})).rejects.toThrow("Server Error");
    await expect(http().mutation(mutationAt("add"), { owner: "ann", text: "x" })).rejects.toThrow(
      "Server Error",
    );
    await expect(http().mutation(mutationAt("edit"), { id: "nonsense", text: "x" })).rejects.toThrow(
      "Server Error",
    );
    expect(await notesOf("ann")).toEqual([]);
  });

  it("a mutation that fails writes nothing, and a nested mutation that fails rolls back only its own writes", async () => {
    await expect(http().mutation(mutationAt("addAndFail"), { owner: "ann" })).rejects.toMatchObject({
      data: { code: "no" },
    });
    await http().mutation(mutationAt("addAroundFailure"), { owner: "ann" });
    const texts = (await notesOf("ann")).map(({ text }) => text);
    expect(texts).toEqual(["before", '{"code":"no","message":"not this time"}']);
  });

  it("documents survive a restart, and the timestamp does not decrease", async () => {
    await add("ann", 1);
    const before = (await (await fetch(`${deployment.url}/api/query_ts`, { method: "POST" })).json()) as {
      ts: string;
    };
    await deployment.close();
    deployment = await open();
    const after = (await (await fetch(`${deployment.url}/api/query_ts`, { method: "POST" })).json()) as {
      ts: string;
    };
    expect(await notesOf("ann")).toHaveLength(1);
    const time = (ts: string) => Buffer.from(ts, "base64").readBigUInt64LE();
    expect(time(after.ts)).toBeGreaterThanOrEqual(time(before.ts));
  });
});

describe("functions", () => {
  it("a query sees a frozen clock and has no fetch, timers or Node globals", async () => {
    expect(await http().query(queryAt("environment"), {})).toEqual({
      same: true,
      refused: [true, true],
      node: true,
    });
  });

  it("a query that never resolves fails at the time limit and does not block later mutations", async () => {
    const stuck = http().query(queryAt("neverResolve"), {});
    const next = add("ann", 1);
    await expect(stuck).rejects.toThrow();
    await next;
    expect(await notesOf("ann")).toHaveLength(1);
  });

  it("a mutation that exceeds Convex's read limits fails", async () => {
    await expect(http().mutation(mutationAt("readTooMuch"), {})).rejects.toThrow("Server Error");
  });

  it("an internal function is refused to clients and runs for the holder of the admin key", async () => {
    await expect(http().mutation(mutationAt("addLater"), { owner: "ann", text: "x" })).rejects.toThrow(
      "Could not find public function",
    );
    const call = (key: string) =>
      fetch(`${deployment.url}/api/function`, {
        method: "POST",
        headers: { Authorization: `Convex ${key}` },
        body: JSON.stringify({ path: "notes:addLater", args: { owner: "ann", text: "x" } }),
      });
    expect((await call("wrong")).status).toBe(401);
    expect(await (await call(deployment.adminKey)).json()).toMatchObject({ status: "success" });
    expect(await notesOf("ann")).toHaveLength(1);
  });

  it("an action runs mutations, each as its own transaction", async () => {
    const addTwice = makeFunctionReference<"action", Arguments, unknown>("notes:addTwice");
    await http().action(addTwice, { owner: "ann" });
    expect((await notesOf("ann")).map(({ text }) => text)).toEqual(["one", "two"]);
  });
});

describe("scheduled functions", () => {
  it("a scheduled mutation runs once when it is due and ends in state success", async () => {
    const id = await http().mutation(mutationAt("schedule"), { owner: "ann", text: "later", delayMs: 20 });
    await waitUntil(async () => (await http().query(queryAt("jobState"), { id })) === "success");
    expect(await notesOf("ann")).toHaveLength(1);
  });

  it("scheduled functions survive a restart, one due in 30 days stays pending, and a cancelled one never runs", async () => {
    const far = await http().mutation(mutationAt("schedule"), {
      owner: "far",
      text: "x",
      delayMs: 30 * 86_400_000,
    });
    const cancelled = await http().mutation(mutationAt("schedule"), {
      owner: "cancelled",
      text: "x",
      delayMs: 60,
    });
    await http().mutation(mutationAt("schedule"), { owner: "ann", text: "x", delayMs: 60 });
    await http().mutation(mutationAt("cancel"), { id: cancelled });
    await deployment.close();
    deployment = await open();
    await waitUntil(async () => (await notesOf("ann")).length === 1);
    expect(await notesOf("cancelled")).toEqual([]);
    expect(await notesOf("far")).toEqual([]);
    expect(await http().query(queryAt("jobState"), { id: far })).toBe("pending");
  });

  it("an interval cron runs at deployment and does not run again after a restart", async () => {
    await waitUntil(async () => (await notesOf("cron")).length === 1);
    await wait(50);
    await deployment.close();
    deployment = await open();
    await wait(100);
    expect(await notesOf("cron")).toHaveLength(1);
  });
});

describe("live clients", () => {
  it("a live query shows other clients' changes, and its own client's mutation before that resolves", async () => {
    const [one, other] = [live(), live()];
    let seen: unknown[] = [];
    one.onUpdate(queryAt("of"), { owner: "ann" }, (notes) => (seen = notes as unknown[]));
    await waitUntil(() => Array.isArray(seen));
    await other.mutation(mutationAt("add"), { owner: "ann", text: "hello", rank: 1 });
    await waitUntil(() => seen.length === 1);
    await one.mutation(mutationAt("add"), { owner: "ann", text: "again", rank: 2 });
    expect(seen).toHaveLength(2);
  });

  it("a live query does not update when documents outside its read set change", async () => {
    const client = live();
    let updates = 0;
    client.onUpdate(queryAt("of"), { owner: "ann" }, () => (updates += 1));
    await waitUntil(() => updates === 1);
    for (let rank = 0; rank < 5; rank += 1) await add("ben", rank);
    await add("ann", 1);
    await waitUntil(() => updates === 2);
    await wait(50);
    expect(updates).toBe(2);
  });

  it("live pages stay gapless while documents are inserted between them", async () => {
    for (let rank = 0; rank < 20; rank += 1) await add("ann", rank * 10);
    const client = live();
    type Page = { page: { rank: number }[]; continueCursor: string };
    const pages: Page[] = [];
    const follow = (index: number, cursor: string | null) =>
      client.onUpdate(
        queryAt("page"),
        { paginationOpts: { numItems: 5, cursor, id: index } },
        (page) => (pages[index] = page as Page),
      );
    follow(0, null);
    await waitUntil(() => pages[0] !== undefined);
    follow(1, pages[0]?.continueCursor ?? null);
    await waitUntil(() => pages[1] !== undefined);
    const cursor = pages[0]?.continueCursor;
    for (const rank of [175, 165, 155, 145, 135]) await add("ann", rank);
    const ranks = () => pages.flatMap(({ page }) => page.map(({ rank }) => rank));
    await waitUntil(() => ranks().length === 15);
    expect(pages[0]?.continueCursor).toBe(cursor);
    expect(ranks()).toEqual([190, 180, 175, 170, 165, 160, 155, 150, 145, 140, 135, 130, 120, 110, 100]);
  });

  it("a live page that grew can be split at its split cursor into two live pages without a gap", async () => {
    for (const rank of [10, 20]) await add("ann", rank);
    const client = live();
    type Page = { page: { rank: number }[]; continueCursor: string; splitCursor: string | null };
    const pages: Page[] = [];
    const follow = (index: number, ends: { cursor: string | null; endCursor?: string | null }) =>
      client.onUpdate(
        queryAt("page"),
        { paginationOpts: { numItems: 2, ...ends, id: index } },
        (page) => (pages[index] = page as Page),
      );
    follow(0, { cursor: null });
    await waitUntil(() => pages[0] !== undefined);
    expect(pages[0]?.splitCursor).toBeNull();
    for (const rank of [12, 14, 16, 18]) await add("ann", rank);
    await waitUntil(() => pages[0]?.page.length === 6);
    // What usePaginatedQuery does when a page has more than twice its items (convex, use_paginated_query.ts).
    const { splitCursor = null, continueCursor = null } = pages[0] ?? {};
    follow(1, { cursor: null, endCursor: splitCursor });
    follow(2, { cursor: splitCursor, endCursor: continueCursor });
    await waitUntil(() => pages[1] !== undefined && pages[2] !== undefined);
    await add("ann", 13);
    await waitUntil(() => pages.slice(1).flatMap(({ page }) => page).length === 7);
    const ranks = pages.slice(1).map(({ page }) => page.map(({ rank }) => rank));
    expect(ranks.flat()).toEqual([20, 18, 16, 14, 13, 12, 10]);
    expect(ranks.map(({ length }) => length)).toEqual([4, 3]);
  });

  it("a client reconnects after its socket closes, and a mutation in flight is applied once", async () => {
    const client = live();
    let seen: unknown[] = [];
    client.onUpdate(queryAt("of"), { owner: "ann" }, (notes) => (seen = notes as unknown[]));
    await client.mutation(mutationAt("add"), { owner: "ann", text: "before", rank: 1 });
    const manager = (client.client as unknown as { webSocketManager: { socket: { ws?: WebSocket } } })
      .webSocketManager;
    const mutation = client.mutation(mutationAt("add"), { owner: "ann", text: "during", rank: 2 });
    // The request may or may not have reached the server; its response is lost in both cases.
    manager.socket.ws?.close();
    await mutation;
    await waitUntil(() => seen.length === 2);
    expect(await notesOf("ann")).toHaveLength(2);
  });
});

describe("HTTP actions", () => {
  it("HTTP actions are routed by path prefix on the site port and under /http", async () => {
    const stored = await fetch(`${deployment.siteUrl}/notes/ann`, { method: "POST", body: "by post" });
    expect([stored.status, stored.headers.get("x-owner"), await stored.text()]).toEqual([
      201,
      "ann",
      "stored",
    ]);
    expect((await fetch(`${deployment.url}/http/notes/ann`, { method: "POST", body: "again" })).status).toBe(
      201,
    );
    expect((await notesOf("ann")).map(({ text }) => text)).toEqual(["by post", "again"]);
    expect((await fetch(`${deployment.siteUrl}/nowhere`)).status).toBe(404);
  });

  it("an HTTP action that throws is answered with status 500 without the error's message", async () => {
    const answer = await fetch(`${deployment.siteUrl}/broken`);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain("internal detail");
  });
});

describe("opening", () => {
  it("a folder in use by another host and a port in use are refused with their error codes", async () => {
    await expect(open()).rejects.toMatchObject({ code: "folderInUse" });
    const port = Number(new URL(deployment.url).port);
    const elsewhere = await mkdtemp(join(tmpdir(), "host-test-"));
    const opened = openDeployment({ functions, data: elsewhere, env: {}, port, sitePort: 0, log: silent });
    await expect(opened).rejects.toMatchObject({ code: "portInUse" });
    await rm(elsewhere, { recursive: true });
  });

  it("a data folder that is a file and a missing functions folder are refused with their error codes", async () => {
    const options = { env: {}, port: 0, sitePort: 0, log: silent };
    const file = join(functions, "schema.ts");
    await expect(openDeployment({ ...options, functions, data: file })).rejects.toMatchObject({
      code: "folderUnusable",
    });
    const elsewhere = await mkdtemp(join(tmpdir(), "host-test-"));
    const missing = openDeployment({ ...options, functions: join(functions, "nowhere"), data: elsewhere });
    await expect(missing).rejects.toMatchObject({ code: "functionsUnusable" });
    await rm(elsewhere, { recursive: true });
  });
});
