/** The demo store: made once, through the same public functions that the dashboard calls. */
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

/** On this machine only: the host listens on no other address. */
export const demoSignIn = { email: "demo@example.com", password: "bricks-in-bins" };

export const DEMO_STORE = "demo";

const IMPORT_TIMEOUT_MS = 60_000;
const SETTLING_TIMEOUT_MS = 20_000;
const POLL_MS = 100;

/** How the demo's first orders stand, oldest first, so that every tab has something in it. */
const firstOrders = [
  "COMPLETED",
  "SHIPPED",
  "SHIPPED",
  "CANCELLED",
  "PACKED",
  "PAID",
  "PAID",
  "NPB",
  "READY",
  "PENDING",
  "PENDING",
];

const note = z.object({ businessAccountId: z.string(), callbackPath: z.string() });
type Note = z.output<typeof note>;

export type Demo = { businessAccountId: string; webhook: string };

async function until(what: string, timeoutMs: number, isReached: () => Promise<boolean>): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await isReached())) {
    if (Date.now() > deadline) throw new Error(`The demo store could not be made: ${what}.`);
    await wait(POLL_MS);
  }
}

/** A client signed in as the demo's owner, whose account is made if there is none. */
export async function signedInClient(
  convexUrl: string,
  flow: "signIn" | "signUp",
): Promise<ConvexHttpClient> {
  const client = new ConvexHttpClient(convexUrl, { logger: false });
  const result = await client.action(api.auth.signIn, {
    provider: "password",
    params: { ...demoSignIn, flow },
  });
  if (!result.tokens) throw new Error("The demo sign-in gave no token.");
  client.setAuth(result.tokens.token);
  return client;
}

async function importInventory(
  client: ConvexHttpClient,
  businessAccountId: Id<"businessAccounts">,
): Promise<void> {
  const { inventoryImport } = api.marketplaces.bricklink;
  await client.mutation(inventoryImport.start, { businessAccountId });
  await until("its inventory did not come in", IMPORT_TIMEOUT_MS, async () => {
    const run = await client.query(inventoryImport.latest, { businessAccountId });
    if (run?.status === "failed") throw new Error(`The demo store could not be made: ${run.message}`);
    return run?.status === "completed";
  });
}

type Counts = FunctionReturnType<typeof api.orders.table.counts>;

/** One order that is short of stock and has a line that fits no lot: BrickLink has changed since the import. */
function placeTroubledOrder(store: Store): void {
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

async function placeFirstOrders(
  client: ConvexHttpClient,
  businessAccountId: Id<"businessAccounts">,
  bricklink: Bricklink,
): Promise<void> {
  const store = bricklink.simulator.store(DEMO_STORE);
  const arrive = (what: string, isReached: (counts: Counts) => boolean) =>
    until(what, SETTLING_TIMEOUT_MS, async () =>
      isReached(await client.query(api.orders.table.counts, { businessAccountId })),
    );
  const placed = firstOrders.map((status) => ({ id: store.placeOrder(), status }));
  placeTroubledOrder(store);
  const all = placed.length + 1;
  await arrive("its first orders did not arrive", (counts) => counts.all === all);
  for (const { id, status } of placed) {
    if (status === "PAID") store.pay(id);
    else if (status !== "PENDING")
      store.setStatus(id, status, { notify: true, restock: status === "CANCELLED" });
  }
  const wanted = (status: string) => firstOrders.filter((other) => other === status).length;
  await arrive("its first orders did not move on", ({ byStatus }) =>
    byStatus.every(({ status, count }) => count === wanted(status) + (status === "PENDING" ? 1 : 0)),
  );
}

async function makeDemo(convexUrl: string, bricklink: Bricklink, say: (line: string) => void): Promise<Note> {
  say("Making the demo store …");
  const client = await signedInClient(convexUrl, "signUp");
  const businessAccountId = await client.mutation(api.accounts.businesses.create, {
    name: "Angry Bricks (demo)",
  });
  const { name: _name, ...keys } = bricklink.simulator.createStore(DEMO_STORE);
  const { callbackUrl } = await client.action(api.marketplaces.bricklink.connection.connect, {
    businessAccountId,
    keys,
  });
  if (callbackUrl === null) throw new Error("The demo store was connected already.");
  say("Importing its inventory …");
  await importInventory(client, businessAccountId);
  bricklink.simulator.store(DEMO_STORE).setCallback(callbackUrl);
  await placeFirstOrders(client, businessAccountId, bricklink);
  return { businessAccountId, callbackPath: new URL(callbackUrl).pathname };
}

/**
 * The demo store of a data folder, made if there is none. Its callback path is kept in the folder, since the backend
 * keeps only a hash of the token; the simulated BrickLink is told of it anew, as ports may have changed.
 */
export async function openDemo(
  folder: string,
  addresses: { convex: string; site: string },
  bricklink: Bricklink,
  say: (line: string) => void,
): Promise<Demo> {
  const file = join(folder, "demo.json");
  let made: Note;
  if (existsSync(file)) {
    made = note.parse(JSON.parse(readFileSync(file, "utf8")));
  } else {
    made = await makeDemo(addresses.convex, bricklink, say);
    writeFileSync(file, JSON.stringify(made), { mode: 0o600 });
  }
  const webhook = `${addresses.site}${made.callbackPath}`;
  bricklink.simulator.store(DEMO_STORE).setCallback(webhook);
  return { businessAccountId: made.businessAccountId, webhook };
}
