/**
 * Sends a write under a lease. The order is read first: a write whose answer was lost, or that a colleague made at BrickLink's own
 * pages, is not sent again, and one that has become wrong is not sent at all. Afterwards the order is fetched, since reads are the truth.
 */
import { v, type Infer } from "convex/values";
import { internal } from "../../../_generated/api";
import { internalAction, internalMutation, type MutationCtx } from "../../../_generated/server";
import { changeValidator, type Change } from "../api/changes";
import { failureValidator, type Failure, type FailureCode, type Result } from "../api/failure";
import { storeClientFor } from "../connection/client";
import { encryptedKeysValidator } from "../connection/encryption";
import { isStoreWide } from "../limits/circuitBreaker";
import { recordFailedCall, recordFetchedOrder, startWork } from "../queue/recovery";
import { problemValidator, type Problem } from "../schema";
import type { StoreClient } from "../storeClient";
import { openWritesOf, refuse, turnOf, withoutLease, type Write } from "./claim";
import { decide, isRepeatable, type OrderState } from "./decision";
import { readBack } from "./readBack";
import { EXPIRES_AFTER_MS, SHOWS_WITHIN_MS, writeStatusAfter } from "./states";

/** Delays before the second, third, … attempt; the last repeats. The circuit breaker keeps them from being many in an outage. */
const RETRY_DELAYS_MS = [30_000, SHOWS_WITHIN_MS];

/** Attempts of a write that fails for a reason of its own. */
const ATTEMPTS_MAX = 4;

/** A change that BrickLink understood and does not make. Any other failure may have come after the change. */
const refusals: readonly FailureCode[] = ["rejected", "forbidden", "notFound"];

/** How an attempt ended. failed: it is tried again, unless it was the last. waits: it is to be looked up again, and sent at that time. */
const resultValidator = v.union(
  v.object({ end: v.literal("sent"), outcome: v.union(v.literal("written"), v.literal("alreadySo")) }),
  v.object({ end: v.literal("refused"), problem: problemValidator }),
  v.object({ end: v.literal("failed"), failure: failureValidator }),
  v.object({ end: v.literal("waits"), until: v.number() }),
);
type SendResult = Infer<typeof resultValidator>;

const workValidator = v.object({
  writeId: v.id("bricklinkWrites"),
  leaseExpiresAt: v.number(),
  businessAccountId: v.id("businessAccounts"),
  orderNumber: v.number(),
  change: changeValidator,
  seenStatuses: v.array(v.string()),
  seenOrderedAt: v.optional(v.number()),
  /** False where the store is only read by now: the write is looked up and not sent. */
  mayWrite: v.boolean(),
  /** Until then it is looked up only, because a run before may have sent what does not show yet. Milliseconds UTC. */
  sendNotBefore: v.optional(v.number()),
  encryptedKeys: encryptedKeysValidator,
});
type Work = Infer<typeof workValidator>;

/** How the order is now, as far as the change depends on it. */
async function readState(
  client: StoreClient,
  orderNumber: number,
  change: Change,
): Promise<Result<OrderState>> {
  const order = await client.getOrder(orderNumber);
  if (!order.ok || change.kind !== "feedback") return order;
  const feedback = await client.getOrderFeedback(orderNumber);
  if (!feedback.ok) return feedback;
  const isFeedbackGiven = feedback.value.entries.some(({ direction }) => direction === "given");
  return { ok: true, value: { ...order.value, isFeedbackGiven } };
}

/** `mayBegin`: see `beginSending`. */
async function send(work: Work, mayBegin: () => Promise<boolean>): Promise<SendResult> {
  const { businessAccountId, orderNumber, change, mayWrite, sendNotBefore = 0, encryptedKeys } = work;
  const seen = { statuses: work.seenStatuses, orderedAt: work.seenOrderedAt };
  const client = await storeClientFor(businessAccountId, encryptedKeys);
  const before = await readState(client, orderNumber, change);
  if (!before.ok) return { end: "failed", failure: before.failure };
  const decision = decide(change, seen, before.value);
  if (decision.act === "done") return { end: "sent", outcome: "alreadySo" };
  if (decision.act === "refuse") {
    return { end: "refused", problem: { code: decision.code, detail: decision.detail } };
  }
  if (!mayWrite) return { end: "refused", problem: { code: "readOnly" } };
  if (sendNotBefore > Date.now()) return { end: "waits", until: sendNotBefore };
  // Another run has the write: what this one returns is recorded nowhere.
  if (!isRepeatable(change) && !(await mayBegin())) return { end: "waits", until: Date.now() };
  const written = await client.changeOrder(orderNumber, change);
  if (written.ok) return { end: "sent", outcome: "written" };
  if (!refusals.includes(written.failure.code)) return { end: "failed", failure: written.failure };
  // BrickLink may have gone there by itself: it completes orders after feedback.
  const after = await readState(client, orderNumber, change);
  if (!after.ok) return { end: "failed", failure: after.failure };
  if (decide(change, seen, after.value).act === "done") return { end: "sent", outcome: "alreadySo" };
  const { code, detail } = written.failure;
  return { end: "refused", problem: { code, ...(detail !== undefined && { detail }) } };
}

/** Sends a write. Convex runs an action at most once; a crashed run is found by its lease. */
export const sendWrite = internalAction({
  args: workValidator.fields,
  returns: v.null(),
  handler: async (ctx, work) => {
    const { writeId, leaseExpiresAt } = work;
    const { beginSending } = internal.marketplaces.bricklink.outbox.send;
    const mayBegin = () => ctx.runMutation(beginSending, { writeId, leaseExpiresAt });
    const result = await send(work, mayBegin).catch((error: unknown): SendResult => {
      console.error("A change could not be sent.", error);
      return { end: "failed", failure: { code: "internal" } };
    });
    await ctx.runMutation(internal.marketplaces.bricklink.outbox.send.recordResult, {
      writeId,
      leaseExpiresAt,
      result,
    });
    return null;
  },
});

/** Notes that a run begins to send what must not be sent twice. False for a run that has lost its lease to another one. */
export const beginSending = internalMutation({
  args: { writeId: v.id("bricklinkWrites"), leaseExpiresAt: v.number() },
  returns: v.boolean(),
  handler: async (ctx, { writeId, leaseExpiresAt }) => {
    const write = await ctx.db.get("bricklinkWrites", writeId);
    if (write?.status !== "sending" || write.leaseExpiresAt !== leaseExpiresAt) return false;
    await ctx.db.patch("bricklinkWrites", writeId, { mayHaveArrived: true });
    return true;
  },
});

/** Records how an attempt ended. A run that lost its lease records nothing. */
export const recordResult = internalMutation({
  args: { writeId: v.id("bricklinkWrites"), leaseExpiresAt: v.number(), result: resultValidator },
  returns: v.null(),
  handler: async (ctx, { writeId, leaseExpiresAt, result }) => {
    const write = await ctx.db.get("bricklinkWrites", writeId);
    if (write?.status !== "sending" || write.leaseExpiresAt !== leaseExpiresAt) return null;
    if (result.end === "failed") await postpone(ctx, write, result.failure);
    else if (result.end === "waits") {
      await waitUntil(ctx, write, result.until);
      await recordFetchedOrder(ctx, write.businessAccountId);
    } else await close(ctx, write, result);
    return null;
  },
});

async function close(
  ctx: MutationCtx,
  write: Write,
  result: Exclude<SendResult, { end: "failed" | "waits" }>,
): Promise<void> {
  const now = Date.now();
  const { businessAccountId } = write;
  if (result.end === "refused") {
    await refuse(ctx, write, result.problem, now);
    await refuseMailOf(ctx, write, now);
  } else {
    await ctx.db.replace("bricklinkWrites", write._id, {
      ...withoutLease(write),
      status: writeStatusAfter(write.status, "succeed"),
      outcome: result.outcome,
      closedAt: now,
    });
  }
  await readBack(ctx, write);
  await recordFetchedOrder(ctx, businessAccountId);
  await startNext(ctx, write, now);
}

/** A parcel whose status BrickLink refused is announced to nobody: refuses the mail that was to follow it. */
async function refuseMailOf(ctx: MutationCtx, write: Write, now: number): Promise<void> {
  if (write.change.kind !== "status") return;
  for (const other of await openWritesOf(ctx, write.businessAccountId, write.orderNumber)) {
    const isAfter = other.status === "waiting" && turnOf(other) > turnOf(write);
    if (other.change.kind === "driveThru" && isAfter) {
      await refuse(ctx, other, { code: "statusRefused", detail: write.change.status }, now);
    }
  }
}

/** Starts the order's next write. Those of other orders wait for nothing but a free call, which the end of a call starts. */
async function startNext(ctx: MutationCtx, write: Write, now: number): Promise<void> {
  const [next] = await openWritesOf(ctx, write.businessAccountId, write.orderNumber);
  if (next) await startWork(ctx, write.businessAccountId, Math.max(now, next.dueAt));
}

/** Sends it again later, and what waits for it of the same order after it; or gives up. */
async function postpone(ctx: MutationCtx, write: Write, failure: Failure): Promise<void> {
  const now = Date.now();
  const { businessAccountId, attempts, change } = write;
  const { retryAfterMs = 0, ...problem } = failure;
  await recordFailedCall(ctx, businessAccountId, failure);
  // Where BrickLink cannot be used, the write waits until it expires.
  if (!isStoreWide(failure.code) && attempts >= ATTEMPTS_MAX) {
    await refuse(ctx, write, problem, now);
    await refuseMailOf(ctx, write, now);
    await readBack(ctx, write);
    await startNext(ctx, write, now);
    return;
  }
  const usual = RETRY_DELAYS_MS[attempts - 1] ?? SHOWS_WITHIN_MS;
  const delay = Math.max(
    isRepeatable(change) ? usual : SHOWS_WITHIN_MS,
    Math.min(retryAfterMs, EXPIRES_AFTER_MS),
  );
  await waitUntil(ctx, write, now + delay, problem);
}

/** Has a write, and what waits for it of the same order, wait until `dueAt`. */
async function waitUntil(ctx: MutationCtx, write: Write, dueAt: number, problem?: Problem): Promise<void> {
  const { businessAccountId } = write;
  const { problem: _before, ...rest } = withoutLease(write);
  const status = writeStatusAfter(write.status, "postpone");
  await ctx.db.replace("bricklinkWrites", write._id, { ...rest, status, dueAt, ...(problem && { problem }) });
  for (const later of await openWritesOf(ctx, businessAccountId, write.orderNumber)) {
    if (later.dueAt < dueAt) await ctx.db.patch("bricklinkWrites", later._id, { dueAt });
  }
  await startWork(ctx, businessAccountId, dueAt);
}
