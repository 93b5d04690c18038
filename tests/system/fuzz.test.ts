/**
 * Random requests to all three ports of the system and to its sockets. FUZZ_REQUESTS sets how many are sent; FUZZ_SEED
 * repeats a run, whose seed is printed.
 */
import { ConvexClient, type ConvexHttpClient } from "convex/browser";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { api } from "../../convex/_generated/api";
import type { Id } from "../../convex/_generated/dataModel";
import { idTables } from "../fuzz/calls";
import { functionRequests, strangeRequests } from "../fuzz/httpRequests";
import { rawRequests } from "../fuzz/rawRequests";
import { problemWith, type FuzzRequest, type Target } from "../fuzz/send";
import { sessions } from "../fuzz/sessions";
import { exportedRows, startObservedSystem, type ObservedSystem } from "../support/observedSystem";
import {
  clientWith,
  control,
  eventually,
  freshFolder,
  placeOrder,
  removeFolder,
  signIn,
} from "../support/system";

const REQUESTS = Number(process.env.FUZZ_REQUESTS ?? 3_000);
const SEED = Number(process.env.FUZZ_SEED ?? Date.now() % 1_000_000_000);

/** Requests under way at one moment. Chosen: what a few careless clients cause. */
const BATCH = 25;

/** Requests after which memory is measured first: caches are filled, and the garbage of the start is gone. Chosen. */
const WARM_UP_REQUESTS = 500;

/**
 * What may be kept for good, e.g. code that was compiled meanwhile. Chosen: in the soak, a leak of 250 bytes per request is
 * more. In a test run it is 10 kB.
 */
const MEMORY_GROWTH_MAX_BYTES = 24 * 1024 * 1024;

/**
 * An idle system has 45 open files: its databases, ports and pipes. The start leaves 40 idle connections to itself. Chosen:
 * in between.
 */
const IDLE_FILES_MAX = 60;

/** Far above the 5 s after which Node closes a connection on which nothing is sent. */
const CONNECTIONS_CLOSE_WITHIN_MS = 20_000;

/** The share of requests that the store's owner makes, of which some are accepted. */
const OWNER_SHARE = 0.2;

/** Far above what the requests take on a busy machine. */
const TIME_LIMIT_MS = 120_000 + REQUESTS * 50;

let system: ObservedSystem;
let data: string;
let target: Target;
let owner: ConvexHttpClient;
let businessAccountId: Id<"businessAccounts">;
/** BrickLink's number of the lot that requests name. */
let changedLot: number;

/** The token of a new person who may only look at the store. */
async function addViewer(): Promise<string> {
  const credentials = { email: "viewer@example.com", password: "bricks in many bins" };
  const invitation = { businessAccountId, role: "viewer" as const, label: "Viewer" };
  const { token: invited } = await owner.action(api.accounts.invitations.create, invitation);
  const { token } = await signIn(system.convex, credentials, "signUp");
  await clientWith(system.convex, token).action(api.accounts.invitations.accept, { token: invited });
  return token;
}

beforeAll(async () => {
  data = await freshFolder();
  // Callbacks beyond the limit would be refused before they are read, and orders beyond the day's calls not be fetched.
  const limits = { WEBHOOK_REQUESTS_PER_MINUTE: "1000000", BRICKLINK_CALLS_PER_DAY: "1000000" };
  system = await startObservedSystem(data, limits);
  const { token } = await signIn(system.convex, system.demo);
  owner = clientWith(system.convex, token);
  const { businesses } = await owner.query(api.accounts.businesses.mine, {});
  const [business] = businesses;
  if (!business) throw new Error("The demo account has no store.");
  ({ businessAccountId } = business);
  const portOf = (address: string) => Number(new URL(address).port);
  const viewer = await addViewer();
  const rows = await exportedRows(system);
  const rowIn = (table: string) => rows.find((row) => row.table === table)?.document;
  // As "bricklink:123".
  changedLot = Number(String(rowIn("inventoryItems")?.sourceLotId).split(":")[1]);
  target = {
    ports: { page: portOf(system.dashboard), api: portOf(system.convex), site: portOf(system.site) },
    known: {
      host: "127.0.0.1",
      callbackToken: system.webhook.replace(/.*\//, ""),
      owner: token,
      viewer,
      ...Object.fromEntries(idTables.map((table) => [`id:${table}`, rowIn(table)?._id ?? ""])),
    },
  };
});

afterAll(async () => {
  await system.stop();
  await removeFolder(data);
});

/** Requests of people who may change nothing: strangers, forgers, and a member who may only look. */
const refused = fc.oneof(
  { weight: 4, arbitrary: rawRequests },
  { weight: 3, arbitrary: functionRequests("nobody", "forger", "viewer") },
  { weight: 2, arbitrary: strangeRequests },
  { weight: 2, arbitrary: sessions("nobody", "forger", "viewer") },
);

/** Requests of which some are carried out. */
const ofTheOwner = fc.oneof(
  { weight: 3, arbitrary: functionRequests("owner") },
  { weight: 1, arbitrary: sessions("owner") },
);

/** Sends random requests in batches. Throws with the requests that were answered wrongly. `part` varies the seed. */
async function sendRandom(arbitrary: fc.Arbitrary<FuzzRequest>, count: number, part: number): Promise<void> {
  const sendBatch = async (requests: FuzzRequest[]) => {
    const answered = await Promise.all(
      requests.map(async (request) => ({ request, problem: await problemWith(request, target) })),
    );
    expect(answered.filter(({ problem }) => problem !== undefined)).toEqual([]);
    if (!system.isRunning()) throw new Error(`The process has ended:\n${system.output().slice(-2_000)}`);
  };
  await fc.assert(
    fc.asyncProperty(fc.array(arbitrary, { minLength: BATCH, maxLength: BATCH }), sendBatch),
    // A batch that fails is not shrunk: it names the request already, and may have changed the system.
    { numRuns: Math.max(1, Math.ceil(count / BATCH)), seed: SEED + part, endOnFailure: true },
  );
}

/** Tables that a refused request, or the system meanwhile, may write, and why. */
const writtenMeanwhile: Record<string, string> = {
  "rateLimiter/rateLimits": "Attempts to sign in are counted.",
  callbackActivity: "Callbacks are counted, also those whose body cannot be read.",
  pollRequests: "A callback that cannot be read causes a poll, which is remembered here.",
  _scheduled_functions: "That poll, and the crons' work, are scheduled.",
  callActivity: "That poll, and the crons' polls, call BrickLink.",
  queueState: "The sweep runs each minute.",
  inventoryAudits: "Inventories are audited once a day.",
};

/** Every row outside those tables, as text by its id. */
async function storedRows(): Promise<Map<string, string>> {
  const rows = (await exportedRows(system)).filter(({ table }) => !(table in writtenMeanwhile));
  return new Map(rows.map(({ table, document }) => [document._id, `${table} ${JSON.stringify(document)}`]));
}

/**
 * Lines of the log about errors that nothing in the code expects. That a client breaks off its callback is logged too, since
 * BrickLink never should.
 */
function unexpectedErrors(): string[] {
  const unexpected =
    /request failed|connection failed|did not await|could not be answered(?!\. Error: aborted)/i;
  return system
    .output()
    .split("\n")
    .filter((line) => unexpected.test(line));
}

/**
 * One piece of a lot whose stock here is BrickLink's: the demo changes the first lots and the last one after the import, and
 * the owner's requests the one that they name.
 */
async function linesToOrder(): Promise<{ inventoryId: number; quantity: number }[]> {
  const { lots } = await control(system.bricklink, "GET", "/stores/demo/state");
  const listed = (lots as { inventoryId: number; quantity: number; stockRoom: string | null }[]).filter(
    ({ inventoryId, quantity, stockRoom }) =>
      inventoryId !== changedLot && quantity > 0 && stockRoom === null,
  );
  const lot = listed[Math.floor(listed.length / 2)];
  if (!lot) throw new Error("The demo store has no lot left to order.");
  return [{ inventoryId: lot.inventoryId, quantity: 1 }];
}

/** An order is stored and reserved while a live query watches, the audit finds nothing wrong, and the page is served. */
async function expectHealthy(): Promise<void> {
  const page = await fetch(system.dashboard);
  expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('<div id="root">')]);
  const live = new ConvexClient(system.convex, { logger: false });
  try {
    live.setAuth(() => Promise.resolve(target.known.owner));
    const orderNumber = await placeOrder(system, "demo", { lines: await linesToOrder() });
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("The order was not seen within 20 s.")), 20_000);
      live.onUpdate(
        api.orders.detail.get,
        { businessAccountId, orderNumber },
        (order) => {
          if (order === null || order.lines.length === 0) return;
          if (order.lines.some(({ reservedQuantity, quantity }) => reservedQuantity !== quantity)) return;
          clearTimeout(timer);
          resolve();
        },
        reject,
      );
    });
  } finally {
    await live.close();
  }
  const { audit } = api.orders.allocation;
  const found = await eventually(
    async () => {
      await owner.mutation(audit.start, { businessAccountId }).catch(() => undefined);
      return await owner.query(audit.latest, { businessAccountId });
    },
    (latest) => latest !== null && latest.finishedAt !== null && latest.lotsChecked >= 300,
  );
  expect(found?.violations).toEqual([]);
}

it(
  "random requests are answered without a server error, store nothing when refused, and leave a healthy system",
  async () => {
    console.log(`fuzz: ${REQUESTS} requests, FUZZ_SEED=${SEED}`);
    const rowsBefore = await storedRows();
    await sendRandom(refused, WARM_UP_REQUESTS, 0);
    const before = await eventually(
      () => system.measure(),
      ({ openFiles }) => openFiles <= IDLE_FILES_MAX,
      CONNECTIONS_CLOSE_WITHIN_MS,
    );
    await sendRandom(refused, REQUESTS * (1 - OWNER_SHARE) - WARM_UP_REQUESTS, 1);
    expect(await storedRows()).toEqual(rowsBefore);
    await sendRandom(ofTheOwner, REQUESTS * OWNER_SHARE, 2);
    expect(unexpectedErrors()).toEqual([]);
    const after = await eventually(
      () => system.measure(),
      ({ openFiles }) => openFiles <= before.openFiles,
      CONNECTIONS_CLOSE_WITHIN_MS,
    );
    expect(after.memoryBytes - before.memoryBytes).toBeLessThan(MEMORY_GROWTH_MAX_BYTES);
    await expectHealthy();
    console.log(`fuzz: ${JSON.stringify({ before, after })}`);
  },
  TIME_LIMIT_MS,
);
