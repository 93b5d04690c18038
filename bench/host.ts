/** The embedded host: what a look-up, a mutation and a live query cost, as the table grows and beside bare SQLite. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import Database from "libsql";
import { median, timesOf, type Figure, type Part } from "./figure";
import { startHost, type HostProcess } from "./hostProcess";

type Arguments = Record<string, unknown>;

const query = (name: string) => makeFunctionReference<"query", Arguments, unknown>(`items:${name}`);
const mutation = (name: string) => makeFunctionReference<"mutation", Arguments, unknown>(`items:${name}`);

const FILLED_AT_ONCE = 4_000;
const SMALL = 1_000;
const MIDDLE = 100_000;
const LARGE = 1_000_000;

const LOOKUPS = 1_500;
const PAGE = 50;
const RUNS = 40;
const IN_FLIGHT = 16;
const COMMITS_MS = 4_000;
const SUBSCRIPTIONS = 500;
const ROUND_TRIPS = 100;

type Cost = { lookupMs: number; pageMs: number; mutationMs: number };

/** What the three kinds of work cost with `total` documents in the table. */
async function costAt(client: ConvexHttpClient, total: number): Promise<Cost> {
  const find = (count: number) => (run: number) =>
    client.query(query("find"), { start: run * 31, count, total });
  await find(LOOKUPS)(0);
  const some = median(await timesOf(9, find(LOOKUPS)));
  const none = median(await timesOf(9, find(0)));
  const page = (run: number) =>
    client.query(query("page"), { shelf: run % 10, paginationOpts: { numItems: PAGE, cursor: null } });
  const write = (run: number) =>
    client.mutation(mutation("findAndWrite"), { start: run * 131, count: 100, total });
  await timesOf(5, page);
  await timesOf(5, write);
  return {
    lookupMs: (some - none) / LOOKUPS,
    pageMs: median(await timesOf(RUNS, page)),
    mutationMs: median(await timesOf(RUNS, write)),
  };
}

async function fillTo(client: ConvexHttpClient, from: number, to: number): Promise<void> {
  for (let next = from; next < to; next += FILLED_AT_ONCE) {
    await client.mutation(mutation("fill"), { from: next, count: Math.min(FILLED_AT_ONCE, to - next) });
  }
}

async function* growth(client: ConvexHttpClient): AsyncGenerator<Figure> {
  await fillTo(client, 0, SMALL);
  const small = await costAt(client, SMALL);
  await fillTo(client, SMALL, MIDDLE);
  const middle = await costAt(client, MIDDLE);
  yield { name: "host_lookup_us", value: middle.lookupMs * 1_000, unit: "us" };
  yield { name: "host_mutation_100_lookups_ms", value: middle.mutationMs, unit: "ms" };
  await fillTo(client, MIDDLE, LARGE);
  const large = await costAt(client, LARGE);
  const ratios = [
    large.lookupMs / small.lookupMs,
    large.pageMs / small.pageMs,
    large.mutationMs / small.mutationMs,
  ];
  yield { name: "host_growth_ratio", value: Math.max(...ratios), unit: "ratio" };
}

/** Commits a second with several in flight, each of them awaited until it is durable. */
async function durableMutations(url: string): Promise<number> {
  const client = new ConvexClient(url, { logger: false });
  let number = 10 * LARGE;
  let done = 0;
  const endsAt = performance.now() + COMMITS_MS;
  const writer = async () => {
    for (; performance.now() < endsAt; done += 1) {
      number += 1;
      await client.mutation(mutation("add"), { number });
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, writer));
  await client.close();
  return done / (COMMITS_MS / 1_000);
}

/** Rows a second that SQLite alone makes durable, one after the other, on the same disk with the same settings. */
function durableInserts(folder: string): number {
  const database = new Database(join(folder, "bare.sqlite"));
  database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
  database.exec("CREATE TABLE items (id INTEGER PRIMARY KEY, body TEXT NOT NULL)");
  const insert = database.prepare("INSERT INTO items (body) VALUES (?)");
  const body = JSON.stringify({ number: 1, shelf: 0, label: "Brick 1", _creationTime: Date.now() });
  let done = 0;
  const endsAt = performance.now() + COMMITS_MS;
  for (; performance.now() < endsAt; done += 1) insert.run(body);
  database.close();
  return done / (COMMITS_MS / 1_000);
}

/** Subscribes, and resolves with the first result. */
async function live(
  client: ConvexClient,
  name: string,
  args: Arguments,
  onUpdate: (value: unknown) => void,
): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    client.onUpdate(
      query(name),
      args,
      (value: unknown) => {
        onUpdate(value);
        resolve();
      },
      reject,
    );
  });
}

/** Re-runs over re-runs needed: half of the writes touch one subscription each, half none. */
async function rerunPrecision({ url, logged }: HostProcess): Promise<number> {
  const client = new ConvexClient(url, { logger: false });
  const numbers = Array.from({ length: SUBSCRIPTIONS }, (_, index) => index);
  await Promise.all(numbers.map((number) => live(client, "watch", { number }, () => undefined)));
  const before = await logged();
  for (const number of numbers) {
    const label = `Relabelled ${number}`;
    // Half of them are watched, half lie behind the last that is.
    await client.mutation(mutation("relabel"), { number: number * 2, label });
  }
  const needed = numbers.filter((number) => number * 2 < SUBSCRIPTIONS).length;
  const reruns = (await logged()) - before;
  await client.close();
  return reruns / needed;
}

/** From asking for a change to seeing it in a live query. */
async function roundTrip(url: string): Promise<number> {
  const client = new ConvexClient(url, { logger: false });
  let seen: (value: unknown) => void = () => undefined;
  await live(client, "watch", { number: 7 }, (value) => seen(value));
  const taken = await timesOf(ROUND_TRIPS, async (run) => {
    const label = `Round ${run}`;
    const isSeen = new Promise<void>((resolve) => {
      seen = (value) => {
        if (value === label) resolve();
      };
    });
    await client.mutation(mutation("relabel"), { number: 7, label });
    await isSeen;
  });
  await client.close();
  return median(taken);
}

async function* measure(): AsyncGenerator<Figure> {
  const folder = await mkdtemp(join(tmpdir(), "bench-host-"));
  const running = await startHost(join(folder, "data"));
  try {
    yield* growth(new ConvexHttpClient(running.url, { logger: false }));
    const bare = durableInserts(folder);
    yield { name: "host_commit_ratio", value: (await durableMutations(running.url)) / bare, unit: "ratio" };
    yield { name: "host_rerun_precision", value: await rerunPrecision(running), unit: "ratio" };
    yield { name: "host_sync_rtt_ms", value: await roundTrip(running.url), unit: "ms" };
  } finally {
    await running.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

export const host: Part = { name: "host", measure };
