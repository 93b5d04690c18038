/**
 * Whether a change that ended refused had to: judged from what BrickLink, the store's owner and the clock did, by rules independent of
 * the product's.
 */
import { expect } from "vitest";
import type { Doc } from "../../convex/_generated/dataModel";
import { mayMove } from "../../local/bricklink/store/statusMoves";
import { writesOf } from "../support/writes";
import type { OrderState } from "./orderHistory";
import type { StoreSimulation } from "./simulation";
import type { Decision } from "./staff";

type Write = Doc<"bricklinkWrites">;

/** No attempt takes longer: a call that fails or is slow takes at most a minute here. */
const ATTEMPT_MS = 2 * 60_000;

const DAY_MS = 24 * 60 * 60_000;

/** Attempts after which a change is given up that fails for a reason of its own. */
const ATTEMPTS_MAX = 4;

/** The only statuses that an order is given from these, although BrickLink lets sellers do more. */
const stricterMoves: Record<string, readonly string[]> = {
  SHIPPED: ["PACKED", "COMPLETED"],
  PACKED: ["PROCESSING", "READY", "SHIPPED", "COMPLETED"],
};

function isMoveForbidden(from: string, to: string): boolean {
  return !mayMove("seller", from, to) || stricterMoves[from]?.includes(to) === false;
}

/** How an order was at BrickLink while the attempt ran that ended at `closedAt`. */
function statesDuringAttempt(
  { history }: StoreSimulation,
  orderNumber: number,
  closedAt: number,
): OrderState[] {
  const until = history.statesOf(orderNumber).filter(({ at }) => at <= closedAt);
  const startedAt = closedAt - ATTEMPT_MS;
  return until.filter((_, index) => (until[index + 1]?.at ?? Infinity) >= startedAt);
}

/** Whether the buyer changed what is ordered after the staff had seen it. */
function isChangedSinceSeen(
  { history }: StoreSimulation,
  { orderNumber, seenAt }: Decision,
  closedAt: number,
) {
  const states = history.statesOf(orderNumber).filter(({ at }) => at <= closedAt);
  return states.some(
    ({ at, orderedAt }, index) => at >= seenAt && orderedAt !== states[index - 1]?.orderedAt && index > 0,
  );
}

/** Whether a status of the order was refused with the mail, or may have been: it was tried again or replaced since. */
function isStatusRefused({ staff }: StoreSimulation, mail: Write, writes: ReadonlyMap<string, Write>) {
  return staff.decisions.some(({ orderNumber, askedAt, decidedAt, takenBackAt, change, writeId }) => {
    if (orderNumber !== mail.orderNumber || change.kind !== "status") return false;
    const status = writes.get(writeId);
    const isRefused = status?.status === "refused" && status.closedAt === mail.closedAt;
    return isRefused || decidedAt > askedAt || takenBackAt !== undefined;
  });
}

function isJustified(
  simulation: StoreSimulation,
  decision: Decision,
  write: Write,
  writes: ReadonlyMap<string, Write>,
): boolean {
  const { api, history, staff } = simulation;
  const { orderNumber, change, decidedAt } = decision;
  const { closedAt = 0, problem, attempts } = write;
  const states = statesDuringAttempt(simulation, orderNumber, closedAt);
  const hasExpired = closedAt - decidedAt >= DAY_MS;
  switch (problem?.code) {
    case "readOnly":
      return staff.readOnlyTimes.some(({ from, to }) => from <= closedAt && to >= closedAt - ATTEMPT_MS);
    case "expired":
      return hasExpired;
    case "orderClosed":
      return change.kind !== "filing" && states.some(({ status }) => status === "CANCELLED");
    case "notReceived":
      return (
        change.kind === "feedback" && states.some(({ status }) => !["RECEIVED", "COMPLETED"].includes(status))
      );
    case "moveNotAllowed":
      return change.kind === "status" && states.some(({ status }) => isMoveForbidden(status, change.status));
    case "rejected":
      return history.refusedWrites.some(
        (refused) =>
          refused.orderNumber === orderNumber &&
          refused.at <= closedAt &&
          refused.at >= closedAt - ATTEMPT_MS,
      );
    case "changedMeanwhile":
      return isChangedSinceSeen(simulation, decision, closedAt);
    case "statusRefused":
      return change.kind === "driveThru" && isStatusRefused(simulation, write, writes);
    case "malformed":
      return (
        hasExpired ||
        (attempts >= ATTEMPTS_MAX &&
          api.wasUnreadable(orderNumber, { from: closedAt - ATTEMPT_MS, to: closedAt }))
      );
    default:
      // Why the last attempt failed. Nothing else gives a change up.
      return problem !== undefined && problem.code !== "internal" && hasExpired;
  }
}

/** Expects each change that is refused now to have had to be. */
export async function checkRefusals(simulation: StoreSimulation): Promise<void> {
  const stored = await writesOf(simulation.store);
  const writes = new Map(stored.map((write) => [write._id as string, write]));
  const unjustified = stored
    .filter(({ status }) => status === "refused")
    .filter((write) => {
      const decision = simulation.staff.decisions.find(({ writeId }) => writeId === write._id);
      return !decision || !isJustified(simulation, decision, write, writes);
    });
  expect(
    unjustified.map(
      ({ orderNumber, change, problem }) =>
        `order ${orderNumber}: ${change.kind} was refused as ${problem?.code}, and BrickLink would have taken it`,
    ),
  ).toEqual([]);
}
