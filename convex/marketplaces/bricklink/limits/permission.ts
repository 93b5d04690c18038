/**
 * Whether a store may call BrickLink now: the circuit breaker, the day's calls, and the calls in flight. BrickLink answers bursts
 * with 503; about five calls in parallel are safe, and a store makes at most four, whatever they are for. Only the test of a
 * connection, which a person asks for, is not counted.
 */
import type { Doc, Id } from "../../../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../../../_generated/server";
import { isLeaseHeld, isStillAhead } from "../../../lib/timeGates";
import { callActivityFor, callLimit, findCallActivity, findQueueState, type CallActivity } from "./activity";
import { takeCalls, type CallHour } from "./callBudget";
import { stateOf, type CircuitBreaker } from "./circuitBreaker";

type Notification = Doc<"bricklinkNotifications">;
type Write = Doc<"bricklinkWrites">;

export const IN_FLIGHT_MAX = 4;

/** Of those for upkeep: one is left for orders. */
const UPKEEP_IN_FLIGHT_MAX = IN_FLIGHT_MAX - 1;

/** An order and its items, one after the other. */
const CALLS_PER_ORDER = 2;

/** The feedback on an order, and where it has none, all that was received. Messages take one call. */
const CALLS_PER_CORRESPONDENCE = 2;

/** A write reads the order, changes it, and reads it again where BrickLink refuses. */
const CALLS_PER_WRITE = 3;

/** Feedback reads the order's feedback each time too. */
const CALLS_PER_FEEDBACK = 5;

/** How long the next free place is kept for upkeep that found none. It asks again before that. */
const RESERVATION_MS = 10_000;

/** When upkeep that found no free place asks again. */
export const BUSY_RETRY_MS = 5_000;

/** Claimed notifications and writes read, of each: those in flight, and those that crashed runs may have left. */
const CLAIMED_READ_MAX = 3 * IN_FLIGHT_MAX;

type Claimed = Pick<Notification, "leaseExpiresAt" | "jobId">;

/** Whether the run that holds this may still complete it. */
async function isRunAlive(
  ctx: MutationCtx,
  { leaseExpiresAt, jobId }: Claimed,
  now: number,
): Promise<boolean> {
  if (!isLeaseHeld(leaseExpiresAt, now)) return false;
  const job = jobId === undefined ? null : await ctx.db.system.get("_scheduled_functions", jobId);
  // Convex marks an action that a crash interrupted as failed, so it is found before its lease expires.
  return job === null || job.state.kind === "pending" || job.state.kind === "inProgress";
}

/** A store's claimed notifications: those being fetched, each by one call at a time, and those whose run crashed. */
export async function claimedNotifications(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  now: number,
): Promise<{ inFlight: Notification[]; abandoned: Notification[] }> {
  const processing = await ctx.db
    .query("bricklinkNotifications")
    .withIndex("by_business_due", (q) =>
      q.eq("businessAccountId", businessAccountId).eq("status", "processing"),
    )
    .take(CLAIMED_READ_MAX);
  return await byRun(ctx, processing, now);
}

/** A store's claimed writes: those being sent, and those whose run crashed. */
export async function claimedWrites(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  now: number,
): Promise<{ inFlight: Write[]; abandoned: Write[] }> {
  const sending = await ctx.db
    .query("bricklinkWrites")
    .withIndex("by_due", (q) => q.eq("businessAccountId", businessAccountId).eq("status", "sending"))
    .take(CLAIMED_READ_MAX);
  return await byRun(ctx, sending, now);
}

async function byRun<Row extends Claimed>(
  ctx: MutationCtx,
  claimed: readonly Row[],
  now: number,
): Promise<{ inFlight: Row[]; abandoned: Row[] }> {
  const alive = await Promise.all(claimed.map((row) => isRunAlive(ctx, row, now)));
  return {
    inFlight: claimed.filter((_, index) => alive[index]),
    abandoned: claimed.filter((_, index) => !alive[index]),
  };
}

/** How many orders are being fetched or changed, and messages and feedback fetched. */
export async function callsInFlight(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  now: number,
): Promise<number> {
  const [notifications, writes] = await Promise.all([
    claimedNotifications(ctx, businessAccountId, now),
    claimedWrites(ctx, businessAccountId, now),
  ]);
  return notifications.inFlight.length + writes.inFlight.length;
}

/** What upkeep calls BrickLink for. Each kind holds a lease while it runs, and has one call in flight at most. */
export type Upkeep = keyof CallActivity["leases"];

function upkeepInFlight({ leases }: CallActivity, now: number): number {
  return Object.values(leases).filter((expiresAt) => isLeaseHeld(expiresAt, now)).length;
}

/** How many orders may be fetched or changed at once: what upkeep leaves of the four, and one at a time while the circuit is half open. */
export function ordersInFlightMax(
  activity: CallActivity,
  circuitBreaker: CircuitBreaker | undefined,
  now: number,
): number {
  const upkeep = upkeepInFlight(activity, now);
  if (stateOf(circuitBreaker, now) === "halfOpen") return upkeep === 0 ? 1 : 0;
  const reserved = isStillAhead(activity.reservedForUpkeepUntil, now, RESERVATION_MS) ? 1 : 0;
  // Upkeep takes three places at most, so that one is always left for orders.
  return Math.max(1, IN_FLIGHT_MAX - upkeep - reserved);
}

type Permission = { ok: true; callHours: CallHour[] } | Refusal;
type Refusal = { ok: false; reason: "circuitOpen" } | { ok: false; reason: "outOfCalls"; until: number };

/**
 * Whether an order may be fetched by two calls, as far as circuit breaker and budget go. The returned hours count the calls; the
 * caller writes them in the transaction that claims the order. `until`: when enough calls are free again (milliseconds UTC).
 */
export function permitOrder(
  callHours: readonly CallHour[],
  circuitBreaker: CircuitBreaker | undefined,
  now: number,
): Permission {
  return permitCalls(callHours, circuitBreaker, CALLS_PER_ORDER, "orders", now);
}

/** As `permitOrder`, for messages and feedback, which leave the last calls of a day to orders. */
export function permitCorrespondence(
  callHours: readonly CallHour[],
  circuitBreaker: CircuitBreaker | undefined,
  now: number,
): Permission {
  return permitCalls(callHours, circuitBreaker, CALLS_PER_CORRESPONDENCE, "upkeep", now);
}

/** As `permitOrder`, for a write. While BrickLink fails, no write finds out whether it is back: that is left to reads. */
export function permitWrite(
  { change }: Pick<Write, "change">,
  callHours: readonly CallHour[],
  circuitBreaker: CircuitBreaker | undefined,
  now: number,
): Permission {
  if (stateOf(circuitBreaker, now) !== "closed") return { ok: false, reason: "circuitOpen" };
  const count = change.kind === "feedback" ? CALLS_PER_FEEDBACK : CALLS_PER_WRITE;
  return permitCalls(callHours, circuitBreaker, count, "orders", now);
}

function permitCalls(
  callHours: readonly CallHour[],
  circuitBreaker: CircuitBreaker | undefined,
  count: number,
  purpose: "orders" | "upkeep",
  now: number,
): Permission {
  if (stateOf(circuitBreaker, now) === "open") return { ok: false, reason: "circuitOpen" };
  const taken = takeCalls(callHours, count, purpose, callLimit(), now);
  return taken.ok
    ? { ok: true, callHours: taken.hours }
    : { ok: false, reason: "outOfCalls", until: taken.availableAt };
}

/** Why a store makes no call of upkeep now, apart from calls in flight; null when it may. `now`: milliseconds UTC. */
export async function upkeepRefusal(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  now: number,
): Promise<Refusal["reason"] | null> {
  const activity = await findCallActivity(ctx, businessAccountId);
  const { circuitBreaker } = (await findQueueState(ctx, businessAccountId)) ?? {};
  const permission = permitCalls(activity?.callHours ?? [], circuitBreaker, 1, "upkeep", now);
  return permission.ok ? null : permission.reason;
}

type UpkeepCalls = { kind: Upkeep; count: number; leaseMs: number; isProbe?: boolean };

/**
 * Whether upkeep may make `count` calls, one after the other. If so, the calls are counted and its lease is taken. `isProbe`: it may
 * use the share of the day's calls that is left to orders.
 * "busy": four calls are in flight, or three of upkeep, or, while the circuit is half open, one is; the next place is kept, to be asked for again
 * after BUSY_RETRY_MS.
 */
export async function permitUpkeep(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
  { kind, count, leaseMs, isProbe = false }: UpkeepCalls,
  now: number,
): Promise<{ ok: true } | { ok: false; reason: Refusal["reason"] | "busy" }> {
  const activity = await callActivityFor(ctx, businessAccountId);
  const { circuitBreaker } = (await findQueueState(ctx, businessAccountId)) ?? {};
  const permission = permitCalls(
    activity.callHours,
    circuitBreaker,
    count,
    isProbe ? "orders" : "upkeep",
    now,
  );
  if (!permission.ok) return { ok: false, reason: permission.reason };
  const others = { ...activity, leases: { ...activity.leases, [kind]: undefined } };
  const inFlight = await callsInFlight(ctx, businessAccountId, now);
  const inFlightMax = stateOf(circuitBreaker, now) === "halfOpen" ? 1 : IN_FLIGHT_MAX;
  const upkeep = upkeepInFlight(others, now);
  if (upkeep >= UPKEEP_IN_FLIGHT_MAX || inFlight + upkeep >= inFlightMax) {
    await ctx.db.patch("callActivity", activity._id, { reservedForUpkeepUntil: now + RESERVATION_MS });
    return { ok: false, reason: "busy" };
  }
  await ctx.db.patch("callActivity", activity._id, {
    callHours: permission.callHours,
    leases: { ...activity.leases, [kind]: now + leaseMs },
    reservedForUpkeepUntil: undefined,
  });
  return { ok: true };
}

/** The leases without that of upkeep that has ended. */
export function leasesWithout({ leases }: CallActivity, kind: Upkeep): CallActivity["leases"] {
  const { [kind]: _ended, ...others } = leases;
  return others;
}
