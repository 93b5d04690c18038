/**
 * Kills `npm start` with SIGKILL at random moments under load and restarts it. Every callback that was answered with 200
 * must be completed in the end, no piece may be reserved twice, every lot must agree with its ledger, and every change that staff
 * decided must have reached BrickLink once.
 */
import { setTimeout as wait } from "node:timers/promises";
import { api } from "../../convex/_generated/api";
import { createRandom, type Random } from "../../local/bricklink/random";
import type { FaultProfileName } from "../../local/bricklink/faults/faultProfiles";
import type { Order } from "../../local/bricklink/store/model";
import { control, eventually, freshFolder, removeFolder, startSystem, type Running } from "../support/system";
import { checkClicks, clickUntil, signedInStaff, type Click, type Staff } from "./clickingStaff";

export type SystemCrashOptions = {
  kills: number;
  seed: number;
  faultProfile: FaultProfileName;
  /** How long the last system has to complete all notifications, in milliseconds. */
  completeWithinMs: number;
};

export type SystemCrashResult = {
  kills: number;
  orders: number;
  faults: number;
  /** Changes that staff asked for. */
  clicks: number;
  /** Orders whose callback was answered with 200 and that are not stored with their status, and changes that BrickLink lacks. */
  lost: number;
  /**
   * Orders with duplicated lines or reservations, lots that disagree with their ledger or lines, and changes that reached BrickLink
   * twice or after they were taken back.
   */
  duplicated: number;
  checks: number;
};

/** For how long each system runs under load. Chosen: several orders, and a kill at any stage of the flow. */
const LOAD_MS_MIN = 400;
const LOAD_MS_MAX = 2_500;

/** `left`: orders that their buyers change no more. */
type Load = { acknowledged: Set<number>; left: Set<number>; clicks: Click[]; faults: number };

async function postCallback(webhook: string, orderNumber: number): Promise<boolean> {
  const event = { event_type: "Order", resource_id: orderNumber, timestamp: new Date().toISOString() };
  const response = await fetch(webhook, { method: "POST", body: JSON.stringify([event]) });
  return response.ok;
}

/**
 * Places orders continuously, paying and cancelling some, until `isOver`. Requests that a kill interrupts are ignored.
 */
async function placeOrders(
  system: Running,
  random: Random,
  load: Load,
  isOver: () => boolean,
): Promise<void> {
  while (!isOver()) {
    try {
      const order = await control(system.bricklink, "POST", "/stores/demo/orders");
      const number = Number(order.order_id);
      if (await postCallback(system.webhook, number)) load.acknowledged.add(number);
      if (random.chance(0.3)) await control(system.bricklink, "POST", `/stores/demo/orders/${number}/pay`);
      if (random.chance(0.1)) {
        const body = { status: "CANCELLED", notify: true };
        await control(system.bricklink, "POST", `/stores/demo/orders/${number}/status`, body);
      } else load.left.add(number);
    } catch (error) {
      // The demo store can be sold out, and a killed system does not answer.
      if (!isOver()) await wait(20);
      else if (!(error instanceof Error)) throw error;
    }
  }
}

async function loadAndKill(
  data: string,
  random: Random,
  faultProfile: FaultProfileName,
  load: Load,
): Promise<void> {
  const system = await startSystem(data);
  await control(system.bricklink, "PUT", "/fault-profile", {
    name: faultProfile,
    seed: random.between(1, 1e6),
  });
  const staff = await signedInStaff(system);
  let isOver = false;
  const people = [
    ...[1, 2, 3].map(() => placeOrders(system, random, load, () => isOver)),
    clickUntil(() => isOver, staff, random, load.left, load.clicks),
  ];
  await wait(random.between(LOAD_MS_MIN, LOAD_MS_MAX));
  const { injectedCount } = await control(system.bricklink, "GET", "/faults");
  load.faults += Number(injectedCount);
  isOver = true;
  await system.stop("SIGKILL");
  await Promise.all(people);
}

/** Resolves when no notification and no change is waiting, and no notification has failed. Throws after `withinMs`. */
async function waitUntilCompleted({ client, businessAccountId }: Staff, withinMs: number): Promise<void> {
  const ask = () => client.query(api.marketplaces.bricklink.limits.health.strip, { businessAccountId });
  const askWrites = () => client.query(api.marketplaces.bricklink.outbox.writes.open, { businessAccountId });
  await eventually(askWrites, ({ writes }) => writes.every(({ status }) => status === "refused"), withinMs);
  await eventually(ask, ({ waiting, failed }) => waiting.count === 0 && failed.count === 0, withinMs);
}

/** The answer of the simulator's `GET …/state`. */
type SimulatedState = { orders: Order[] };

const holdsNothing = new Set(["CANCELLED", "SHIPPED", "COMPLETED"]);

/** Compares each of BrickLink's orders with the stored one, then runs the audit over every lot. */
async function check(system: Running, staff: Staff, load: Load): Promise<Omit<SystemCrashResult, "kills">> {
  const { client, businessAccountId } = staff;
  const { orders } = (await control(
    system.bricklink,
    "GET",
    "/stores/demo/state",
  )) as unknown as SimulatedState;
  const clicks = load.clicks.length;
  const result = { orders: orders.length, faults: load.faults, clicks, lost: 0, duplicated: 0, checks: 0 };
  for (const order of orders) {
    const { id, status, batches } = order;
    if (!load.acknowledged.has(id)) continue;
    const { lost, wrong } = await checkClicks(staff, order, load.clicks);
    for (const found of [...lost, ...wrong]) process.stderr.write(`${found}\n`);
    result.lost += lost.length;
    result.duplicated += wrong.length;
    const ours = await client.query(api.orders.detail.get, { businessAccountId, orderNumber: id });
    result.checks += 1;
    if (ours === null || ours.status !== status) {
      result.lost += 1;
      continue;
    }
    const required = batches.flat().reduce((sum, { quantity }) => sum + quantity, 0);
    const reserved = ours.lines.reduce((sum, line) => sum + line.reservedQuantity, 0);
    if (ours.lines.length !== batches.flat().length || reserved > (holdsNothing.has(status) ? 0 : required)) {
      result.duplicated += 1;
    }
  }
  const { audit } = api.orders.allocation;
  await client.mutation(audit.start, { businessAccountId });
  const found = await eventually(
    () => client.query(audit.latest, { businessAccountId }),
    (latest) => latest !== null && latest.finishedAt !== null,
  );
  result.checks += found?.lotsChecked ?? 0;
  result.duplicated += found?.violationCount ?? 0;
  return result;
}

/** Kills the system `kills` times on one folder, then starts it once more and checks its data. */
export async function systemCrash({
  kills,
  seed,
  faultProfile,
  completeWithinMs,
}: SystemCrashOptions): Promise<SystemCrashResult> {
  const random = createRandom(seed);
  const data = await freshFolder();
  const load: Load = { acknowledged: new Set(), left: new Set(), clicks: [], faults: 0 };
  try {
    for (let kill = 0; kill < kills; kill += 1) await loadAndKill(data, random, faultProfile, load);
    const system = await startSystem(data);
    try {
      const staff = await signedInStaff(system);
      await waitUntilCompleted(staff, completeWithinMs);
      return { kills, ...(await check(system, staff, load)) };
    } finally {
      await system.stop();
    }
  } finally {
    await removeFolder(data);
  }
}
