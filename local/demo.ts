/** The demo store: created once, through the same public functions that the dashboard calls. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ConvexHttpClient } from "convex/browser";
import type { FunctionReturnType } from "convex/server";
import { z } from "zod";
import { api } from "../convex/_generated/api";
import type { Id } from "../convex/_generated/dataModel";
import type { Bricklink } from "./bricklink/simulator";
import type { Store } from "./bricklink/store/store";
import { closedOrders, linesOfPast, moveBricklink, moveStore, openOrders, type Past } from "./demoHistory";
import type { Deployment } from "./host/deployment";
import type { Store as HostStore } from "./host/store/store";
import { HostError } from "./host/lib/errors";

/** A public password is safe here because the host listens on 127.0.0.1 only. */
export const demoSignIn = { email: "demo@example.com", password: "bricks-in-bins" };

export const DEMO_STORE = "demo";

/** Chosen: several times what the work takes on a slow machine. */
const IMPORT_TIMEOUT_MS = 60_000;
const ORDERS_TIMEOUT_MS = 20_000;
const CHECK_INTERVAL_MS = 100;

/** The content of demo.json in the data folder. */
const demoFile = z.object({ businessAccountId: z.string(), callbackPath: z.string() });
type DemoFile = z.output<typeof demoFile>;

/** `webhook`: the store's callback URL. */
export type Demo = { businessAccountId: string; webhook: string };

/** `host`: the store of the deployment. */
type Systems = { deployment: Deployment; host: HostStore; bricklink: Bricklink };

/** Resolves when `isReached` does; throws with `failure` as the reason after `timeoutMs`. */
async function waitUntil(
  failure: string,
  timeoutMs: number,
  isReached: () => Promise<boolean>,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await isReached())) {
    if (Date.now() > deadline) throw new Error(`The demo store could not be created: ${failure}.`);
    await wait(CHECK_INTERVAL_MS);
  }
}

/** A client signed in as the demo's owner; flow "signUp" creates the account. */
export async function signedInClient(
  convexUrl: string,
  flow: "signIn" | "signUp",
): Promise<ConvexHttpClient> {
  const client = new ConvexHttpClient(convexUrl, { logger: false });
  const result = await client.action(api.auth.signIn, {
    provider: "password",
    params: { ...demoSignIn, flow },
  });
  if (!result.tokens) throw new Error("The demo sign-in returned no token.");
  client.setAuth(result.tokens.token);
  return client;
}

async function importInventory(
  client: ConvexHttpClient,
  businessAccountId: Id<"businessAccounts">,
): Promise<void> {
  const { runs } = api.marketplaces.bricklink.import;
  await client.mutation(runs.start, { businessAccountId });
  await waitUntil("its inventory was not imported in time", IMPORT_TIMEOUT_MS, async () => {
    const run = await client.query(runs.latest, { businessAccountId });
    if (run?.status === "failed")
      throw new Error(`The demo store could not be created: its import ended at "${run.progress.step}"`);
    return run?.status === "completed";
  });
}

type Counts = FunctionReturnType<typeof api.orders.counts.get>;

/** Places an order with a short line and an unmatched line, by changing two lots after the import. */
function placeProblemOrder(store: Store): void {
  const [first, second, third] = [...store.model.lots.values()].filter(({ quantity }) => quantity > 1);
  if (!first || !second || !third) throw new Error("The demo store has too few lots.");
  store.restock(first.inventoryId, 5);
  const relisted = store.relist(second.inventoryId);
  store.placeOrder([
    { inventoryId: first.inventoryId, quantity: first.quantity + 3 },
    { inventoryId: relisted, quantity: 1 },
    { inventoryId: third.inventoryId, quantity: 1 },
  ]);
}

/** Places the orders of the past week now, and one that somebody has to look at. Returns how to move them to when they were. */
async function placeFirstOrders(
  client: ConvexHttpClient,
  businessAccountId: Id<"businessAccounts">,
  store: Store,
): Promise<Past> {
  const waitForCounts = (failure: string, isReached: (counts: Counts) => boolean) =>
    waitUntil(failure, ORDERS_TIMEOUT_MS, async () =>
      isReached(await client.query(api.orders.counts.get, { businessAccountId })),
    );
  const linesOf = linesOfPast(store, closedOrders.length + openOrders.length).values();
  const place = (past: (typeof openOrders)[number]) => ({
    id: store.placeOrder(linesOf.next().value),
    ...past,
  });
  // Closed before their callbacks are answered, so that each of them costs one fetch.
  const closed = closedOrders.map((past) => {
    const order = place(past);
    // As a change of no order's own, since BrickLink would announce a payment, and it would be fetched again.
    if (past.status !== "CANCELLED") {
      store.model.change(order.id, (paid) => ({
        ...paid,
        paymentStatus: "Received",
        paidAt: store.model.now(),
      }));
    }
    store.setStatus(order.id, past.status, { restock: past.status === "CANCELLED" });
    return order;
  });
  const open = openOrders.map(place);
  placeProblemOrder(store);
  const placed = [...closed, ...open];
  const all = placed.length + 1;
  await waitForCounts("its first orders were not stored in time", (counts) => counts.all === all);
  const placedUntil = Date.now();
  for (const { id, status } of open) {
    if (status === "PAID" || status === "PACKED") store.pay(id);
    if (status !== "PAID" && status !== "PENDING") store.setStatus(id, status, { notify: true });
  }
  const wanted = (status: string) =>
    placed.filter((other) => other.status === status).length + (status === "PENDING" ? 1 : 0);
  await waitForCounts("the statuses of its first orders were not stored in time", ({ byStatus }) => {
    const countOf = (status: string) =>
      byStatus.reduce((sum, entry) => sum + (entry.status === status ? entry.count : 0), 0);
    return byStatus.every(({ status }) => countOf(status) === wanted(status));
  });
  return { hoursAgo: new Map(placed.map(({ id, hoursAgo }) => [id, hoursAgo])), placedUntil };
}

async function createDemo(
  { deployment, host, bricklink }: Systems,
  print: (line: string) => void,
): Promise<DemoFile> {
  if (process.env.SIGN_UP === "closed") {
    throw new HostError(
      "environmentMissing",
      "SIGN_UP=closed refuses the demo's account too: start once without it, or with --empty.",
    );
  }
  print("Creating the demo store …");
  const client = await signedInClient(deployment.url, "signUp");
  const businessAccountId = await client.mutation(api.accounts.businesses.create, {
    name: "Angry Bricks (demo)",
  });
  const { name: _name, ...keys } = bricklink.simulator.createStore(DEMO_STORE);
  const { callbackUrl } = await client.action(api.marketplaces.bricklink.connection.settings.connect, {
    businessAccountId,
    keys,
  });
  if (callbackUrl === null) throw new Error("The demo store was connected already.");
  print("Importing its inventory …");
  await importInventory(client, businessAccountId);
  await client.mutation(api.marketplaces.bricklink.outbox.writes.setEnabled, {
    businessAccountId,
    isEnabled: true,
  });
  const store = bricklink.simulator.store(DEMO_STORE);
  store.setCallback(callbackUrl);
  const past = await placeFirstOrders(client, businessAccountId, store);
  moveBricklink(store, past);
  await moveStore(deployment, host, past);
  return { businessAccountId, callbackPath: new URL(callbackUrl).pathname };
}

/**
 * Opens the demo store of a data folder, and creates it when there is none. The callback path is stored in the folder
 * because the backend stores only a hash of its token. The callback URL is set again because the port may have changed.
 */
export async function openDemo(
  folder: string,
  systems: Systems,
  print: (line: string) => void,
): Promise<Demo> {
  const file = join(folder, "demo.json");
  let demo: DemoFile;
  if (existsSync(file)) {
    demo = demoFile.parse(JSON.parse(readFileSync(file, "utf8")));
  } else {
    demo = await createDemo(systems, print);
    writeFileSync(file, JSON.stringify(demo), { mode: 0o600 });
  }
  const webhook = `${systems.deployment.siteUrl}${demo.callbackPath}`;
  systems.bricklink.simulator.store(DEMO_STORE).setCallback(webhook);
  return { businessAccountId: demo.businessAccountId, webhook };
}
