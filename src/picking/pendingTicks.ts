/**
 * Ticks that the server has not confirmed, kept on the device until it has: a reload or an empty battery loses none of them. A tick says
 * how many pieces are in the tote after it, so one whose answer was lost can be sent again.
 */
import type { OrderLine } from "../orders/types";
import { deviceList } from "./deviceList";
import { TICKS_KEY } from "./storedTicks";

/** A line as the person saw it when they ticked. */
export type SeenLine = {
  /** Pieces of it in the tote after the tick. */
  quantity: number;
  orderNumber: number;
  itemName: string;
};

export type PendingTick = {
  id: string;
  /** The membership of the person who ticked: on a shared device, nobody sends another's ticks. */
  memberId: string;
  lineIds: OrderLine["lineId"][];
  isPicked: boolean;
  /** Milliseconds UTC. */
  at: number;
  /** By line. Absent in ticks of a page that did not keep it. */
  seen?: Record<OrderLine["lineId"], SeenLine>;
};

function isSeenLine(value: unknown): value is SeenLine {
  if (typeof value !== "object" || value === null) return false;
  const { quantity, orderNumber, itemName } = value as Record<keyof SeenLine, unknown>;
  return typeof quantity === "number" && typeof orderNumber === "number" && typeof itemName === "string";
}

function isTick(value: unknown): value is PendingTick {
  if (typeof value !== "object" || value === null) return false;
  const { id, memberId, lineIds, isPicked, at, seen } = value as Record<keyof PendingTick, unknown>;
  return (
    typeof id === "string" &&
    typeof memberId === "string" &&
    Array.isArray(lineIds) &&
    lineIds.every((lineId) => typeof lineId === "string") &&
    typeof isPicked === "boolean" &&
    typeof at === "number" &&
    (seen === undefined || (typeof seen === "object" && Object.values(seen ?? {}).every(isSeenLine)))
  );
}

const ticks = deviceList(TICKS_KEY, isTick);

/** All ticks of the device, oldest first. The same list until it changes. */
export const pendingTicks = ticks.read;
export const subscribeToTicks = ticks.subscribe;

export function addTick(tick: Omit<PendingTick, "id" | "at">): void {
  ticks.write([...ticks.read(), { ...tick, id: crypto.randomUUID(), at: Date.now() }]);
}

/** Forgets a tick that the server confirmed or refused. */
export function removeTick(id: string): void {
  ticks.write(ticks.read().filter((tick) => tick.id !== id));
}
