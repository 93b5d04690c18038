/**
 * `npm run smoke`: starts the whole system on free ports in a new folder, places one order on the simulated BrickLink
 * and waits until a signed-in client sees it with all lines reserved. Prints how long that took; exits 1 with the reason
 * when it fails.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ConvexClient } from "convex/browser";
import { api } from "../convex/_generated/api";
import type { Id } from "../convex/_generated/dataModel";
import { demoSignIn, signedInClient } from "./demo";
import { requireNode } from "./node";
import { openSystem, type Addresses } from "./system";

requireNode();

/** Chosen: a multiple of the second that it takes on a slow machine. */
const VISIBLE_WITHIN_MS = 15_000;

type Placed = { order_id: number; total_count: number };

async function placeOrder(bricklink: string): Promise<Placed> {
  const response = await fetch(`${bricklink}/control/stores/demo/orders`, { method: "POST" });
  if (!response.ok) throw new Error(`The simulated BrickLink answered ${response.status} to an order.`);
  return (await response.json()) as Placed;
}

/** Resolves when a live query shows the order with every piece reserved. Returns the milliseconds since `since`. */
async function waitUntilVisible(
  client: ConvexClient,
  businessAccountId: Id<"businessAccounts">,
  placed: Placed,
  since: number,
): Promise<number> {
  return await new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`Order ${placed.order_id} was not visible within ${VISIBLE_WITHIN_MS} ms.`));
    }, VISIBLE_WITHIN_MS);
    client.onUpdate(
      api.orders.detail.get,
      { businessAccountId, orderNumber: placed.order_id },
      (order) => {
        if (order === null || order.lines.length === 0) return;
        const reserved = order.lines.reduce((sum, line) => sum + line.reservedQuantity, 0);
        if (reserved !== placed.total_count) return;
        clearTimeout(timer);
        resolve(Date.now() - since);
      },
      reject,
    );
  });
}

/** Milliseconds from placing an order until a live query shows it. */
async function measureVisibility(addresses: Addresses): Promise<number> {
  const { convex, bricklink } = addresses;
  if (bricklink === null) throw new Error("There is no simulated BrickLink.");
  const http = await signedInClient(convex, "signIn");
  const { businesses } = await http.query(api.accounts.businesses.mine, {});
  const [business] = businesses;
  if (!business) throw new Error(`${demoSignIn.email} has no store.`);
  const client = new ConvexClient(convex);
  try {
    const { tokens } = await http.action(api.auth.signIn, {
      provider: "password",
      params: { ...demoSignIn, flow: "signIn" },
    });
    client.setAuth(() => Promise.resolve(tokens?.token ?? null));
    // The client is connected before the order is placed, as the dashboard is.
    await client.query(api.orders.counts.get, { businessAccountId: business.businessAccountId });
    const since = Date.now();
    const placed = await placeOrder(bricklink);
    return await waitUntilVisible(client, business.businessAccountId, placed, since);
  } finally {
    await client.close();
  }
}

async function main(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "bricklink-orders-smoke-"));
  const options = {
    data: folder,
    secrets: undefined,
    port: 0,
    host: [],
    empty: false,
    quiet: true,
    real: false,
    dev: false,
  };
  const system = await openSystem(options, () => undefined);
  try {
    const elapsed = await measureVisibility(system.addresses);
    process.stdout.write(`smoke: order visible after ${elapsed} ms\n`);
  } finally {
    await system.close();
    await rm(folder, { recursive: true, force: true });
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`smoke: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
