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

type Any = Record<string, unknown>;
const q = (name: string) => makeFunctionReference<"query", Any, unknown>(`notes:${name}`);
const m = (name: string) => makeFunctionReference<"mutation", Any, unknown>(`notes:${name}`);

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
  throw new Error("It did not come to that within 4 s.");
}

const notesOf = async (owner: string) =>
  (await http().query(q("of"), { owner })) as { text: string; rank: number }[];
const add = (owner: string, rank: number, text = "note") => http().mutation(m("add"), { owner, text, rank });

describe("documents", () => {
  it("are read by index, in range, order and filter", async () => {
    for (const rank of [3, 1, 2, 5]) await add("ann", rank, rank === 2 ? "hidden" : "note");
    expect((await notesOf("ann")).map(({ rank }) => rank)).toEqual([1, 2, 3, 5]);
    expect(await http().query(q("between"), { from: 1, to: 5 })).toEqual([1, 3]);
  });

  it("that do not fit the schema, and arguments that do not fit theirs, are refused", async () => {
    await expect(http().mutation(m("addWrong"), {})).rejects.toThrow("Server Error");
    await expect(http().mutation(m("add"), { owner: "ann", text: "x" })).rejects.toThrow("Server Error");
    await expect(http().mutation(m("edit"), { id: "nonsense", text: "x" })).rejects.toThrow("Server Error");
    expect(await notesOf("ann")).toEqual([]);
  });

  it("written by a mutation that fails are not there, and a nested failure undoes only itself", async () => {
    await expect(http().mutation(m("addAndFail"), { owner: "ann" })).rejects.toMatchObject({
      data: { code: "no" },
    });
    await http().mutation(m("addAroundFailure"), { owner: "ann" });
    const texts = (await notesOf("ann")).map(({ text }) => text);
    expect(texts).toEqual(["before", '{"code":"no","message":"not this time"}']);
  });

  it("are still there after a restart, and the clock has not gone back", async () => {
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
  it("see a clock that stands still, and neither fetch, timers nor Node in a query", async () => {
    expect(await http().query(q("still"), {})).toEqual({ same: true, refused: [true, true], node: true });
  });

  it("that never settle are ended after a second and hold nobody up for ever", async () => {
    const stuck = http().query(q("forever"), {});
    const next = add("ann", 1);
    await expect(stuck).rejects.toThrow();
    await next;
    expect(await notesOf("ann")).toHaveLength(1);
  });

  it("past Convex's limits fail", async () => {
    await expect(http().mutation(m("tooMuch"), {})).rejects.toThrow("Server Error");
  });

  it("that are internal cannot be called by clients, but by the holder of the admin key", async () => {
    await expect(http().mutation(m("addLater"), { owner: "ann", text: "x" })).rejects.toThrow(
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

  it("run as actions, through mutations of their own", async () => {
    const addTwice = makeFunctionReference<"action", Any, unknown>("notes:addTwice");
    await http().action(addTwice, { owner: "ann" });
    expect((await notesOf("ann")).map(({ text }) => text)).toEqual(["one", "two"]);
  });
});

describe("scheduled functions", () => {
  it("run when due, once, and say how it went", async () => {
    const id = await http().mutation(m("schedule"), { owner: "ann", text: "later", delayMs: 20 });
    await waitUntil(async () => (await http().query(q("jobState"), { id })) === "success");
    expect(await notesOf("ann")).toHaveLength(1);
  });

  it("wait through a restart, a far one too, and one that is cancelled never runs", async () => {
    const far = await http().mutation(m("schedule"), { owner: "far", text: "x", delayMs: 30 * 86_400_000 });
    const gone = await http().mutation(m("schedule"), { owner: "gone", text: "x", delayMs: 60 });
    await http().mutation(m("schedule"), { owner: "ann", text: "x", delayMs: 60 });
    await http().mutation(m("cancel"), { id: gone });
    await deployment.close();
    deployment = await open();
    await waitUntil(async () => (await notesOf("ann")).length === 1);
    expect(await notesOf("gone")).toEqual([]);
    expect(await notesOf("far")).toEqual([]);
    expect(await http().query(q("jobState"), { id: far })).toBe("pending");
  });

  it("begin with the crons, which a restart does not repeat", async () => {
    await waitUntil(async () => (await notesOf("cron")).length === 1);
    await wait(50);
    await deployment.close();
    deployment = await open();
    await wait(100);
    expect(await notesOf("cron")).toHaveLength(1);
  });
});

describe("live clients", () => {
  it("see each other's changes, and a mutation's own before it resolves", async () => {
    const [one, other] = [live(), live()];
    let seen: unknown[] = [];
    one.onUpdate(q("of"), { owner: "ann" }, (notes) => (seen = notes as unknown[]));
    await waitUntil(() => Array.isArray(seen));
    await other.mutation(m("add"), { owner: "ann", text: "hello", rank: 1 });
    await waitUntil(() => seen.length === 1);
    await one.mutation(m("add"), { owner: "ann", text: "again", rank: 2 });
    expect(seen).toHaveLength(2);
  });

  it("are not told of what their queries did not read", async () => {
    const client = live();
    let updates = 0;
    client.onUpdate(q("of"), { owner: "ann" }, () => (updates += 1));
    await waitUntil(() => updates === 1);
    for (let rank = 0; rank < 5; rank += 1) await add("ben", rank);
    await add("ann", 1);
    await waitUntil(() => updates === 2);
    await wait(50);
    expect(updates).toBe(2);
  });

  it("keep pages gapless while notes come and go", async () => {
    for (let rank = 0; rank < 20; rank += 1) await add("ann", rank * 10);
    const client = live();
    type Page = { page: { rank: number }[]; continueCursor: string };
    const pages: Page[] = [];
    const follow = (index: number, cursor: string | null) =>
      client.onUpdate(
        q("page"),
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

  it("come back after their socket is cut, and what they asked for meanwhile is done once", async () => {
    const client = live();
    let seen: unknown[] = [];
    client.onUpdate(q("of"), { owner: "ann" }, (notes) => (seen = notes as unknown[]));
    await client.mutation(m("add"), { owner: "ann", text: "before", rank: 1 });
    const manager = (client.client as unknown as { webSocketManager: { socket: { ws?: WebSocket } } })
      .webSocketManager;
    const asked = client.mutation(m("add"), { owner: "ann", text: "during", rank: 2 });
    // The request may have reached the server or not; its reply is lost either way.
    manager.socket.ws?.close();
    await asked;
    await waitUntil(() => seen.length === 2);
    expect(await notesOf("ann")).toHaveLength(2);
  });
});

describe("HTTP actions", () => {
  it("are routed, by prefix too, on both ports", async () => {
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

  it("that throw answer 500 and keep their inside to themselves", async () => {
    const answer = await fetch(`${deployment.siteUrl}/broken`);
    expect(answer.status).toBe(500);
    expect(await answer.text()).not.toContain("inside");
  });
});

describe("opening", () => {
  it("refuses a folder that another holds, and a port in use, saying what to do", async () => {
    await expect(open()).rejects.toMatchObject({ code: "folderInUse" });
    const port = Number(new URL(deployment.url).port);
    const elsewhere = await mkdtemp(join(tmpdir(), "host-test-"));
    const opened = openDeployment({ functions, data: elsewhere, env: {}, port, sitePort: 0, log: silent });
    await expect(opened).rejects.toMatchObject({ code: "portInUse" });
    await rm(elsewhere, { recursive: true });
  });

  it("refuses a folder that is a file, and functions that are not there", async () => {
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
