/** Shared by the tests of changes that are sent to BrickLink. */
import type { FunctionArgs } from "convex/server";
import type { Doc, Id } from "../../convex/_generated/dataModel";
import { anOrder } from "./builders";
import type { BricklinkOrder } from "./bricklinkOrders";
import { allOf, api, aStore, type Store } from "./store";

const { requests, writes } = api.marketplaces.bricklink.outbox;

export type Change = FunctionArgs<typeof requests.request>["changes"][number];

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

/** Asks for a change of order 100 and returns the write. Throws where there is none. */
export async function requestChange(store: Store, change: Change): Promise<Id<"bricklinkWrites">> {
  const [requested] = await store.mutation(requests.request, { orderNumbers: [100], changes: [change] });
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
