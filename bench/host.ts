/**
 * Measures the embedded host: the cost of look-ups, mutations and live queries as a table grows, and relative to SQLite.
 */
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

/** Documents inserted per mutation, below Convex's limits. */
const INSERTS_PER_MUTATION = 4_000;
/** Numbers of documents in the table. The largest is what fits into a run of a few minutes. */
const SMALL = 1_000;
const MEDIUM = 100_000;
const LARGE = 500_000;

/** Sizes of the measurements, chosen so that repeated runs differ by a few percent. */
const LOOKUPS = 1_500;
const PAGE_SIZE = 50;
const RUNS = 40;
const IN_FLIGHT = 16;
const COMMITS_MS = 4_000;
const SUBSCRIPTIONS = 500;
const ROUND_TRIPS = 100;
const WATCHERS = 100;
const WATCHED_COMMITS = 30;

type Cost = { lookupMs: number; pageMs: number; mutationMs: number };

/** The costs of a look-up, a page and a mutation with `total` documents in the table. */
async function costAt(client: ConvexHttpClient, total: number): Promise<Cost> {
  const find = (count: number) => (run: number) =>
    client.query(query("find"), { start: run * 31, count, total });
  await find(LOOKUPS)(0);
  const withLookups = median(await timesOf(9, find(LOOKUPS)));
  const withoutLookups = median(await timesOf(9, find(0)));
  const page = (run: number) =>
    client.query(query("page"), { shelf: run % 10, paginationOpts: { numItems: PAGE_SIZE, cursor: null } });
  const write = (run: number) =>
    client.mutation(mutation("findAndWrite"), { start: run * 131, count: 100, total });
  await timesOf(5, page);
  await timesOf(5, write);
  return {
    lookupMs: (withLookups - withoutLookups) / LOOKUPS,
    pageMs: median(await timesOf(RUNS, page)),
    mutationMs: median(await timesOf(RUNS, write)),
  };
}

async function fillTo(client: ConvexHttpClient, from: number, to: number): Promise<void> {
  for (let next = from; next < to; next += INSERTS_PER_MUTATION) {
    await client.mutation(mutation("fill"), { from: next, count: Math.min(INSERTS_PER_MUTATION, to - next) });
  }
}

async function* growth(client: ConvexHttpClient): AsyncGenerator<Figure> {
  await fillTo(client, 0, SMALL);
  const small = await costAt(client, SMALL);
  await fillTo(client, SMALL, MEDIUM);
  const medium = await costAt(client, MEDIUM);
  yield { name: "host_lookup_us", value: medium.lookupMs * 1_000, unit: "us" };
  yield { name: "host_mutation_100_lookups_ms", value: medium.mutationMs, unit: "ms" };
  await fillTo(client, MEDIUM, LARGE);
  const large = await costAt(client, LARGE);
  const ratios = [
    large.lookupMs / small.lookupMs,
    large.pageMs / small.pageMs,
    large.mutationMs / small.mutationMs,
  ];
  yield { name: "host_growth_ratio", value: Math.max(...ratios), unit: "ratio" };
}

/** Durable mutations per second, with several in flight. */
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

/** Durable inserts per second by SQLite alone, one at a time, on the same disk with the same settings. */
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

/** Subscribes to a query; resolves after the first result. */
async function subscribe(
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

/**
 * The number of query reruns divided by the number needed: half of the writes affect one subscription each, half none.
 */
async function rerunPrecision({ url, logged }: HostProcess): Promise<number> {
  const client = new ConvexClient(url, { logger: false });
  const numbers = Array.from({ length: SUBSCRIPTIONS }, (_, index) => index);
  await Promise.all(numbers.map((number) => subscribe(client, "watch", { number }, () => undefined)));
  const before = await logged();
  for (const number of numbers) {
    const label = `Relabelled ${number}`;
    // Half of the numbers are subscribed to; the other half is above the highest of those.
    await client.mutation(mutation("relabel"), { number: number * 2, label });
  }
  const needed = numbers.filter((number) => number * 2 < SUBSCRIPTIONS).length;
  const reruns = (await logged()) - before;
  await client.close();
  return reruns / needed;
}

/** The time in milliseconds from calling a mutation until a live query shows its change. */
async function roundTrip(url: string): Promise<number> {
  const client = new ConvexClient(url, { logger: false });
  let seen: (value: unknown) => void = () => undefined;
  await subscribe(client, "watch", { number: 7 }, (value) => seen(value));
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

/** The time in milliseconds from calling a mutation until `count` clients with one live query each show its change. */
async function toldAfter(url: string, count: number): Promise<number> {
  const seen: (string | undefined)[] = [];
  let check: () => void = () => undefined;
  const clients = await Promise.all(
    Array.from({ length: count }, async (_, index) => {
      const client = new ConvexClient(url, { logger: false });
      await subscribe(client, "watch", { number: 9 }, (value) => {
        seen[index] = String(value);
        check();
      });
      return client;
    }),
  );
  const [first] = clients;
  if (!first) throw new Error("There is no client.");
  const taken = await timesOf(WATCHED_COMMITS, async (run) => {
    const label = `Told ${count} ${run}`;
    const isTold = new Promise<void>((resolve) => {
      check = () => {
        if (seen.every((value) => value === label)) resolve();
      };
    });
    await first.mutation(mutation("relabel"), { number: 9, label });
    await isTold;
  });
  await Promise.all(clients.map((client) => client.close()));
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
    const toOne = await toldAfter(running.url, 1);
    yield { name: "watchers_ratio", value: (await toldAfter(running.url, WATCHERS)) / toOne, unit: "ratio" };
    yield { name: "host_sync_rtt_ms", value: await roundTrip(running.url), unit: "ms" };
  } finally {
    await running.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

export const host: Part = { name: "host", measure };
