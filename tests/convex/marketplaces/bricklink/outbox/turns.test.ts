/** Several changes of one order: which is sent when, and which is the last word. */
import { expect, it, vi } from "vitest";
import {
  api,
  aWritingStore,
  firstOrderOf,
  internal,
  packed,
  refused,
  requestChange,
  type Store,
  useFakeClock,
  writesOf,
} from "../../../../support";

useFakeClock();

const { requests } = api.marketplaces.bricklink.outbox;

/** Has the changes that are due claimed by runs that crash before they call BrickLink. */
async function claimAndCrash(store: Store): Promise<void> {
  const { businessAccountId } = store;
  // No timer fires meanwhile.
  vi.setSystemTime(Date.now() + 10_000);
  await store.t.mutation(internal.marketplaces.bricklink.queue.sweep.claimStoreWork, { businessAccountId });
  for (const { jobId, status } of await writesOf(store)) {
    if (status === "sending" && jobId) await store.t.run((ctx) => ctx.scheduler.cancel(jobId));
  }
}

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
