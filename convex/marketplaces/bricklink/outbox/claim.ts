/** Which writes are sent now: each is claimed under a lease, as far as the store may call BrickLink, those of one order in their turn. */
import { internal } from "../../../_generated/api";
import type { Doc, Id } from "../../../_generated/dataModel";
import type { MutationCtx, QueryCtx } from "../../../_generated/server";
import { isLeaseHeld, isStillAhead } from "../../../lib/timeGates";
import { activeCredential } from "../connection/credentials";
import { callActivityFor, findQueueState } from "../limits/activity";
import { callsInFlight, claimedWrites, ordersInFlightMax, permitWrite } from "../limits/permission";
import { readBack } from "./readBack";
import { EXPIRES_AFTER_MS, LEASE_MS, writeStatusAfter } from "./states";

export type Write = Doc<"bricklinkWrites">;

/** Due writes read, to find some whose order has none in flight. */
const DUE_READ_MAX = 100;

/** Open writes of one order: one that is being sent, and of each kind one that waits, besides refused ones that are tried again. */
const OPEN_PER_ORDER_MAX = 20;

/** A write that was claimed so often and is a day old is given up, since every run of it seems to crash. */
const CLAIMS_MAX = 20;

/** The write without lease. */
export function withoutLease(write: Write) {
  const { leaseExpiresAt: _lease, jobId: _job, mayHaveArrived: _arrived, ...rest } = write;
  return rest;
}

/** When the turn of a write came, milliseconds UTC: what corrects an earlier one is sent in the place of that. */
export function turnOf({ turnAt, _creationTime }: Write): number {
  return turnAt ?? _creationTime;
}

/**
 * The writes of an order that are not closed, in their turn: what is being sent comes first, also when its run crashed, and one that is
 * tried again comes after those that were asked for before that.
 */
export async function openWritesOf(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  orderNumber: number,
): Promise<Write[]> {
  const withStatus = (status: "waiting" | "sending") =>
    ctx.db
      .query("bricklinkWrites")
      .withIndex("by_order", (q) =>
        q.eq("businessAccountId", businessAccountId).eq("orderNumber", orderNumber).eq("status", status),
      )
      .take(OPEN_PER_ORDER_MAX);
  const [sending, waiting] = await Promise.all([withStatus("sending"), withStatus("waiting")]);
  waiting.sort((a, b) => turnOf(a) - turnOf(b));
  return [...sending, ...waiting];
}

async function dueWrites(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  now: number,
): Promise<Write[]> {
  const waiting = (after: number, until: number) =>
    ctx.db
      .query("bricklinkWrites")
      .withIndex("by_due", (q) =>
        q
          .eq("businessAccountId", businessAccountId)
          .eq("status", "waiting")
          .gt("dueAt", after)
          .lte("dueAt", until),
      )
      .take(DUE_READ_MAX);
  const due = await Promise.all([
    waiting(0, now),
    // Set by a clock that was ahead.
    waiting(now + EXPIRES_AFTER_MS, Number.POSITIVE_INFINITY),
  ]);
  return due.flat();
}

/** Claims one write: a lease, one more attempt, and its sending scheduled. */
async function claim(
  ctx: MutationCtx,
  write: Write,
  { encryptedKeys, writesEnabledAt }: Doc<"marketplaceCredentials">,
  now: number,
): Promise<void> {
  const leaseExpiresAt = now + LEASE_MS;
  // What a crashed run sent may not show yet: its lease is longer than its calls and the time until it shows.
  const mayShowLater = write.mayHaveArrived === true && isLeaseHeld(write.leaseExpiresAt, now);
  const { _id: writeId, businessAccountId, orderNumber, change } = write;
  const jobId = await ctx.scheduler.runAfter(0, internal.marketplaces.bricklink.outbox.send.sendWrite, {
    writeId,
    leaseExpiresAt,
    businessAccountId,
    orderNumber,
    change,
    seenStatuses: [write.seenStatus, ...(write.otherSeenStatuses ?? [])],
    ...(write.seenOrderedAt !== undefined && { seenOrderedAt: write.seenOrderedAt }),
    mayWrite: writesEnabledAt !== undefined,
    ...(mayShowLater && { sendNotBefore: write.leaseExpiresAt }),
    encryptedKeys,
  });
  await ctx.db.patch("bricklinkWrites", writeId, {
    status: writeStatusAfter(write.status, "claim"),
    attempts: write.attempts + 1,
    leaseExpiresAt,
    jobId,
    mayHaveArrived: undefined,
  });
}

/** Refuses a write. The order is left as it is. */
export async function refuse(
  ctx: MutationCtx,
  write: Write,
  problem: NonNullable<Write["problem"]>,
  now: number,
): Promise<void> {
  await ctx.db.replace("bricklinkWrites", write._id, {
    ...withoutLease(write),
    status: writeStatusAfter(write.status, "refuse"),
    problem,
    closedAt: now,
  });
}

/** Gives up a write that was not sent. One that was tried before may have reached BrickLink, so its order is fetched. */
async function giveUp(
  ctx: MutationCtx,
  write: Write,
  problem: NonNullable<Write["problem"]>,
  now: number,
): Promise<void> {
  await refuse(ctx, write, problem, now);
  if (write.attempts > 0) await readBack(ctx, write);
}

function isExpired({ requestedAt }: Write, now: number): boolean {
  return !isStillAhead(requestedAt + EXPIRES_AFTER_MS, now, EXPIRES_AFTER_MS);
}

/**
 * Claims a store's due writes as far as calls are free, before orders are fetched, since a person waits for each. While BrickLink fails,
 * none: orders and polls find out when it is back. Nothing leaves a store that is only read: what waited is refused, and a write whose
 * run crashed is only looked up. Returns whether some are due and have to wait.
 */
export async function claimDueWrites(
  ctx: MutationCtx,
  businessAccountId: Id<"businessAccounts">,
): Promise<boolean> {
  const now = Date.now();
  const { abandoned, inFlight } = await claimedWrites(ctx, businessAccountId, now);
  const candidates = [...abandoned, ...(await dueWrites(ctx, businessAccountId, now))];
  if (candidates.length === 0) return false;
  const credential = await activeCredential(ctx, businessAccountId);
  if (credential === null) return false;
  const activity = await callActivityFor(ctx, businessAccountId);
  const { circuitBreaker } = (await findQueueState(ctx, businessAccountId)) ?? {};
  let places =
    ordersInFlightMax(activity, circuitBreaker, now) - (await callsInFlight(ctx, businessAccountId, now));
  let { callHours } = activity;
  const taken = new Set(inFlight.map(({ orderNumber }) => orderNumber));
  let areSomeLeft = false;
  for (const write of candidates) {
    if (write.status === "waiting" && credential.writesEnabledAt === undefined) {
      await giveUp(ctx, write, { code: "readOnly" }, now);
      continue;
    }
    if (isExpired(write, now) && (write.status === "waiting" || write.attempts >= CLAIMS_MAX)) {
      await giveUp(ctx, write, write.problem ?? { code: "expired" }, now);
      continue;
    }
    if (taken.has(write.orderNumber)) continue;
    const [first] = await openWritesOf(ctx, businessAccountId, write.orderNumber);
    if (first?._id !== write._id) continue;
    taken.add(write.orderNumber);
    const permission = permitWrite(write, callHours, circuitBreaker, now);
    if (places <= 0 || !permission.ok) {
      areSomeLeft = true;
      break;
    }
    places -= 1;
    callHours = permission.callHours;
    await claim(ctx, write, credential, now);
  }
  if (callHours !== activity.callHours) await ctx.db.patch("callActivity", activity._id, { callHours });
  return areSomeLeft;
}
