/** Shared by the tests of changes that are sent to BrickLink. */
import type { FunctionArgs } from "convex/server";
import { vi } from "vitest";
import { internal } from "../../convex/_generated/api";
import type { Doc, Id } from "../../convex/_generated/dataModel";
import { anOrder } from "./builders";
import type { BricklinkOrder } from "./bricklinkOrders";
import { allOf, api, aStore, type Store } from "./store";

const { requests, writes } = api.marketplaces.bricklink.outbox;

export type Change = FunctionArgs<typeof requests.request>["changes"][number];

export type SeenOrder = FunctionArgs<typeof requests.request>["orders"][number];

export const packed: Change = { kind: "status", status: "PACKED" };
export const shipped: Change = { kind: "status", status: "SHIPPED" };
export const driveThru: Change = { kind: "driveThru", isCopyWanted: false };

/** A store that may change orders at BrickLink, with one order, number 100 and paid unless `fields` say otherwise. */
export async function aWritingStore(fields: Partial<BricklinkOrder> = {}): Promise<Store> {
  const store = await aStore();
  await store.mutation(writes.setEnabled, { isEnabled: true });
  await store.receiveOrder({ ...anOrder({ status: "PAID" }), ...fields });
  store.bricklink.calls.splice(0);
  return store;
}

/** Orders as a person sees them who looks now; one that the store has not, as from another store's screen. */
export async function seenOrders(store: Store, orderNumbers: readonly number[]): Promise<SeenOrder[]> {
  const stored = await allOf(store, "bricklinkOrders");
  return orderNumbers.map((orderNumber) => {
    const { status = "PAID", orderedAt = 0 } =
      stored.find((order) => order.orderNumber === orderNumber) ?? {};
    return { orderNumber, status, orderedAt };
  });
}

/** Asks for a change of order 100 as it is now, and returns the write. Throws where there is none. */
export async function requestChange(store: Store, change: Change): Promise<Id<"bricklinkWrites">> {
  const orders = await seenOrders(store, [100]);
  const [requested] = await store.mutation(requests.request, { orders, changes: [change], mayGoBack: true });
  if (!requested?.writeId) throw new Error(`Nothing is to be sent: ${requested?.reason ?? "no answer"}.`);
  return requested.writeId;
}

export async function withdrawChange(store: Store, writeId: Id<"bricklinkWrites">): Promise<number> {
  return await store.mutation(requests.withdraw, { writeIds: [writeId] });
}

export const writesOf = (store: Store): Promise<Doc<"bricklinkWrites">[]> => allOf(store, "bricklinkWrites");

/** The only write of a store that has one. */
export async function onlyWrite(store: Store): Promise<Doc<"bricklinkWrites">> {
  const [write, ...others] = await writesOf(store);
  if (!write || others.length > 0)
    throw new Error(`Expected one write, found ${write ? 1 + others.length : 0}.`);
  return write;
}

/** Has the changes that are due claimed by runs that crash before they call BrickLink. */
export async function claimAndCrash(store: Store): Promise<void> {
  const { businessAccountId } = store;
  // No timer fires meanwhile.
  vi.setSystemTime(Date.now() + 10_000);
  await store.t.mutation(internal.marketplaces.bricklink.queue.sweep.claimStoreWork, { businessAccountId });
  for (const { jobId, status } of await writesOf(store)) {
    if (status === "sending" && jobId) await store.t.run((ctx) => ctx.scheduler.cancel(jobId));
  }
}
