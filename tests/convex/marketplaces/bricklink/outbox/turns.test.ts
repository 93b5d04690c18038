/** Several changes of one order: which is sent when, and which is the last word. */
import { expect, it, vi } from "vitest";
import {
  answerLost,
  api,
  aWritingStore,
  claimAndCrash,
  driveThru,
  firstOrderOf,
  packed,
  refused,
  requestChange,
  seenOrders,
  shipped,
  type Store,
  useFakeClock,
  withdrawChange,
  writesOf,
} from "../../../../support";

useFakeClock();

const { requests, writes } = api.marketplaces.bricklink.outbox;

it("a change whose run crashed is sent although an older one of its order was meanwhile tried again", async () => {
  const store = await aWritingStore();
  store.bricklink.nextWriteFaults.push(refused);
  const remarks = await requestChange(store, { kind: "remarks", remarks: "Two parcels" });
  await store.runAllScheduled();
  await requestChange(store, packed);
  await claimAndCrash(store);
  await store.mutation(requests.retry, { writeId: remarks });
  await store.sweep();
  await store.runAllScheduled();
  expect((await writesOf(store)).map(({ status }) => status)).toEqual(["sent", "sent"]);
});

it("a refused change that is tried again is sent after a newer one that waits, since it was decided last", async () => {
  const store = await aWritingStore();
  const first = await requestChange(store, { kind: "shipping", trackingNumber: "3SOLD" });
  await claimAndCrash(store);
  await requestChange(store, { kind: "shipping", trackingNumber: "3SNEW" });
  store.bricklink.nextWriteFaults.push(refused);
  store.bricklink.beforeAnswer = () => void vi.setSystemTime(Date.now() + 1);
  await store.sweep();
  await store.runDue();
  await store.mutation(requests.retry, { writeId: first });
  await store.runAllScheduled();
  expect((await firstOrderOf(store))?.shipping.trackingNumber).toBe("3SOLD");
});

it.each([
  ["is being sent", claimAndCrash],
  [
    "was sent a moment ago",
    async (store: Store) => {
      vi.advanceTimersByTime(10_000);
      store.bricklink.beforeAnswer = (call) => {
        if (call === "/orders/100/items") throw new Error("The order is not stored yet.");
      };
      await store.runDue();
      store.bricklink.beforeAnswer = () => undefined;
    },
  ],
  [
    "was sent and is not known to have arrived",
    async (store: Store) => {
      store.bricklink.nextWriteFaults.push(answerLost);
      vi.advanceTimersByTime(10_000);
      await store.runDue();
    },
  ],
])("a status that takes back one that %s is sent", async (_, sendFirst) => {
  const store = await aWritingStore();
  await requestChange(store, shipped);
  await sendFirst(store);
  await requestChange(store, packed);
  await store.sweep();
  await store.runAllScheduled();
  expect(store.bricklink.orders.get(100)?.status).toBe("PACKED");
});

it("a change that replaces one of which it is not known whether it arrived, and is taken back, has its order fetched", async () => {
  const store = await aWritingStore();
  store.bricklink.nextWriteFaults.push(answerLost);
  await requestChange(store, { kind: "remarks", remarks: "Two parcels" });
  vi.advanceTimersByTime(10_000);
  await store.runDue();
  const writeId = await requestChange(store, { kind: "remarks", remarks: "Three parcels" });
  await withdrawChange(store, writeId);
  await store.runAllScheduled();
  expect(await firstOrderOf(store)).toMatchObject({ remarks: "Two parcels" });
});

it("a change of which it is not known whether it arrived has its order fetched when it is refused unsent", async () => {
  const store = await aWritingStore();
  store.bricklink.nextWriteFaults.push(answerLost);
  await requestChange(store, { kind: "remarks", remarks: "Two parcels" });
  vi.advanceTimersByTime(10_000);
  await store.runDue();
  await store.mutation(writes.setEnabled, { isEnabled: false });
  await store.passMinutes(5);
  expect((await writesOf(store)).map(({ status }) => status)).toEqual(["refused"]);
  expect(await firstOrderOf(store)).toMatchObject({ remarks: "Two parcels" });
});

it("a tracking number that is corrected within the ten seconds is sent before the status and the mail that were decided with it", async () => {
  const store = await aWritingStore();
  const orders = await seenOrders(store, [100]);
  const wrong = { kind: "shipping" as const, trackingNumber: "WRONG" };
  await store.mutation(requests.request, { orders, changes: [wrong, shipped, driveThru] });
  vi.advanceTimersByTime(8_000);
  await requestChange(store, { kind: "shipping", trackingNumber: "RIGHT" });
  vi.advanceTimersByTime(5_000);
  await store.runDue();
  expect(store.bricklink.acceptedWrites).toEqual([]);
  await store.runAllScheduled();
  expect(store.bricklink.acceptedWrites.map(({ call, body }) => [call, body.includes("RIGHT")])).toEqual([
    ["PUT /orders/100", true],
    ["PUT /orders/100/status", false],
    ["POST /orders/100/drive_thru", false],
  ]);
});

it.each([
  ["a status", packed],
  ["the mail", driveThru],
])("the changes of one press are sent in its order although %s waited before", async (_, before) => {
  const store = await aWritingStore();
  await requestChange(store, before);
  vi.advanceTimersByTime(1_000);
  const orders = await seenOrders(store, [100]);
  const tracking = { kind: "shipping" as const, trackingNumber: "3SABC" };
  await store.mutation(requests.request, { orders, changes: [tracking, shipped, driveThru] });
  await store.runAllScheduled();
  expect(store.bricklink.acceptedWrites.map(({ call }) => call)).toEqual([
    "PUT /orders/100",
    "PUT /orders/100/status",
    "POST /orders/100/drive_thru",
  ]);
});
