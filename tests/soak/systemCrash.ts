/**
 * `npm start` under load, killed with SIGKILL at random moments and started again: what got a 200 must end completed, no
 * piece reserved twice, every lot as its ledger says.
 */
import { setTimeout as wait } from "node:timers/promises";
import { ConvexHttpClient } from "convex/browser";
import { api } from "../../convex/_generated/api";
import type { Id } from "../../convex/_generated/dataModel";
import { createRandom, type Random } from "../../local/bricklink/random";
import type { FaultProfileName } from "../../local/bricklink/faults/faultProfiles";
import { control, eventually, freshFolder, removeFolder, startSystem, type Running } from "../support/system";

export type KillingOptions = {
  kills: number;
  seed: number;
  weather: FaultProfileName;
  settleWithinMs: number;
};

export type KillingResult = {
  kills: number;
  orders: number;
  faults: number;
  /** Orders whose callback got a 200 and that are not in. */
  lost: number;
  /** Lines that hold more than they require, and lots that are not what their ledger and lines say. */
  doubled: number;
  checks: number;
};

const LOAD_MS_MIN = 400;
const LOAD_MS_MAX = 2_500;

type Load = { acknowledged: Set<number>; faults: number };

async function postCallback(webhook: string, orderNumber: number): Promise<boolean> {
  const event = { event_type: "Order", resource_id: orderNumber, timestamp: new Date().toISOString() };
  const response = await fetch(webhook, { method: "POST", body: JSON.stringify([event]) });
  return response.ok;
}

/** Orders as fast as they are taken, some paid and some cancelled, until `isOver`. What a kill cuts off does not count. */
async function buy(system: Running, random: Random, load: Load, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    try {
      const order = await control(system.bricklink, "POST", "/stores/demo/orders");
      const number = Number(order.order_id);
      if (await postCallback(system.webhook, number)) load.acknowledged.add(number);
      if (random.chance(0.3)) await control(system.bricklink, "POST", `/stores/demo/orders/${number}/pay`);
      if (random.chance(0.1)) {
        const body = { status: "CANCELLED", notify: true };
        await control(system.bricklink, "POST", `/stores/demo/orders/${number}/status`, body);
      }
    } catch (error) {
      // The demo store has only so much to sell, and a killed system answers nothing.
      if (!isOver()) await wait(20);
      else if (!(error instanceof Error)) throw error;
    }
  }
}

async function loadAndKill(
  data: string,
  random: Random,
  weather: FaultProfileName,
  load: Load,
): Promise<void> {
  const system = await startSystem(data);
  await control(system.bricklink, "PUT", "/weather", { name: weather, seed: random.between(1, 1e6) });
  let isOver = false;
  const buyers = [1, 2, 3].map(() => buy(system, random, load, () => isOver));
  await wait(random.between(LOAD_MS_MIN, LOAD_MS_MAX));
  const { taken } = await control(system.bricklink, "GET", "/faults");
  load.faults += Number(taken);
  isOver = true;
  await system.stop("SIGKILL");
  await Promise.all(buyers);
}

async function signedIn({ convex, demo }: Running) {
  const client = new ConvexHttpClient(convex, { logger: false });
  const { tokens } = await client.action(api.auth.signIn, {
    provider: "password",
    params: { ...demo, flow: "signIn" },
  });
  if (!tokens) throw new Error("The demo sign-in was refused.");
  client.setAuth(tokens.token);
  const { businesses } = await client.query(api.accounts.businesses.mine, {});
  const [business] = businesses;
  if (!business) throw new Error("The demo has no store.");
  return { client, businessAccountId: business.businessAccountId };
}

type Staff = { client: ConvexHttpClient; businessAccountId: Id<"businessAccounts"> };

/** Everything worked off: nothing waits, nothing failed for good. */
async function settled({ client, businessAccountId }: Staff, withinMs: number): Promise<void> {
  const ask = () => client.query(api.marketplaces.bricklink.health.strip, { businessAccountId });
  await eventually(ask, ({ waiting, failed }) => waiting.count === 0 && failed.count === 0, withinMs);
}

type SentState = { orders: { id: number; status: string; batches: { quantity: number }[][] }[] };

/** The orders that BrickLink has, each against ours; then every lot by the audit that staff can run. */
async function check(system: Running, staff: Staff, load: Load): Promise<Omit<KillingResult, "kills">> {
  const { client, businessAccountId } = staff;
  const { orders } = (await control(system.bricklink, "GET", "/stores/demo/state")) as unknown as SentState;
  const result = { orders: orders.length, faults: load.faults, lost: 0, doubled: 0, checks: 0 };
  for (const { id, status, batches } of orders) {
    if (!load.acknowledged.has(id)) continue;
    const ours = await client.query(api.orders.detail.get, { businessAccountId, orderNumber: id });
    result.checks += 1;
    if (ours === null || ours.status !== status) {
      result.lost += 1;
      continue;
    }
    const required = batches.flat().reduce((sum, { quantity }) => sum + quantity, 0);
    const held = ours.lines.reduce((sum, line) => sum + line.reservedQuantity, 0);
    if (ours.lines.length !== batches.flat().length || held > (status === "CANCELLED" ? 0 : required)) {
      result.doubled += 1;
    }
  }
  const { audit } = api.marketplaces.bricklink;
  await client.mutation(audit.start, { businessAccountId });
  const found = await eventually(
    () => client.query(audit.latest, { businessAccountId }),
    (latest) => latest !== null && latest.finishedAt !== null,
  );
  result.checks += found?.lotsChecked ?? 0;
  result.doubled += found?.violationCount ?? 0;
  return result;
}

export async function killing({
  kills,
  seed,
  weather,
  settleWithinMs,
}: KillingOptions): Promise<KillingResult> {
  const random = createRandom(seed);
  const data = await freshFolder();
  const load: Load = { acknowledged: new Set(), faults: 0 };
  try {
    for (let kill = 0; kill < kills; kill += 1) await loadAndKill(data, random, weather, load);
    const system = await startSystem(data);
    try {
      const staff = await signedIn(system);
      await settled(staff, settleWithinMs);
      return { kills, ...(await check(system, staff, load)) };
    } finally {
      await system.stop();
    }
  } finally {
    await removeFolder(data);
  }
}
