import { expect, it, vi } from "vitest";
import {
  aLot,
  aMember,
  anEvent,
  api,
  aStore,
  callBack,
  settle,
  type Store,
  useFakeClock,
} from "../support/store";

useFakeClock();

const { deliveries } = api.marketplaces.bricklink;

type Filter = (typeof deliveries.list)["_args"]["filter"];

async function listed(store: Store, filter: Filter) {
  const { page } = await store.owner.query(deliveries.list, {
    businessAccountId: store.businessAccountId,
    filter,
    paginationOpts: { numItems: 20, cursor: null },
  });
  return page;
}

async function storyOf(store: Store, notificationId: string) {
  const { businessAccountId } = store;
  return await store.owner.query(deliveries.story, { businessAccountId, notificationId });
}

async function codeOf(call: Promise<unknown>): Promise<unknown> {
  return await call.then(
    () => "allowed",
    (error: unknown) => (error as { data?: { code?: string } }).data?.code ?? String(error),
  );
}

/** A store with one delivery that failed for good: BrickLink does not have the order. */
async function aFailedDelivery() {
  const store = await aStore();
  await callBack(store, anEvent(404));
  await settle(store, vi.runAllTimers);
  const [failed] = await listed(store, "failed");
  if (!failed) throw new Error("nothing failed");
  return { store, failed };
}

it("tells an event's story from its arrival to the ledger entries it caused", async () => {
  const store = await aStore();
  await aLot(store, { lotId: 71, quantity: 9, location: "B02-03" });
  store.bricklink.place(100, [[{ lotId: 71, quantity: 4 }]]);
  await callBack(store, anEvent(100));
  await settle(store, vi.runAllTimers);
  const [done] = await listed(store, "completed");
  const story = await storyOf(store, done?.notificationId ?? "");
  expect(story).toMatchObject({ hasOrder: true, delivery: { source: "webhook", attempts: 1 } });
  expect(story?.steps.map(({ text }) => text)).toEqual([
    "It happened at BrickLink: an order was placed or changed.",
    "BrickLink called the callback URL.",
    "The order was fetched and stored, and its stock settled, in one step.",
  ]);
  expect(story?.movements.map(({ text }) => text)).toEqual(["4 × Part 3001 (B02-03) reserved"]);
});

it("says why a delivery failed, and that it waits for a person", async () => {
  const { store, failed } = await aFailedDelivery();
  expect(failed).toMatchObject({ resourceId: 404, attempts: 2, nextAttemptAt: null });
  expect(failed.reason).toContain("BrickLink does not have it");
  const story = await storyOf(store, failed.notificationId);
  expect(story?.hasOrder).toBe(false);
  expect(story?.steps.at(-1)).toMatchObject({ tone: "bad" });
  expect(story?.steps.at(-1)?.text).toContain("Retry starts it over");
});

it("starts one failed delivery over, and the order comes in", async () => {
  const { store, failed } = await aFailedDelivery();
  store.bricklink.place(404, [[{ lotId: 71, quantity: 1 }]]);
  const { businessAccountId } = store;
  const { notificationId } = failed;
  await store.owner.mutation(deliveries.retryOne, { businessAccountId, notificationId });
  await settle(store, vi.runAllTimers);
  expect(await listed(store, "failed")).toEqual([]);
  expect(await listed(store, "completed")).toMatchObject([{ notificationId, outcome: "applied" }]);
  expect(await codeOf(store.owner.mutation(deliveries.retryOne, { businessAccountId, notificationId }))).toBe(
    "notRetryable",
  );
});

it("lists by status and by kind, messages and feedback among them", async () => {
  const { store } = await aFailedDelivery();
  const at = new Date(Date.now()).toISOString();
  await callBack(store, [
    { event_type: "Message", resource_id: 1, timestamp: at },
    { event_type: "Feedback", resource_id: 2, timestamp: at },
  ]);
  await settle(store, vi.runAllTimers);
  const kinds = async (filter: Filter) => (await listed(store, filter)).map(({ eventType }) => eventType);
  expect(await kinds("messages")).toEqual(["Message"]);
  expect(await kinds("feedback")).toEqual(["Feedback"]);
  expect((await kinds("completed")).sort()).toEqual(["Feedback", "Message"]);
  expect((await kinds("all")).sort()).toEqual(["Feedback", "Message", "Order"]);
  expect(await kinds("waiting")).toEqual([]);
  expect(await kinds("retrying")).toEqual([]);
});

it("names the event whose fetch served a repeat of the same order", async () => {
  const store = await aStore();
  store.bricklink.place(100, [[{ lotId: 71, quantity: 1 }]]);
  await callBack(store, [anEvent(100, Date.now() - 2_000), anEvent(100, Date.now() - 1_000)]);
  vi.advanceTimersByTime(1_000);
  await settle(store, vi.runAllTimers);
  const rows = await listed(store, "completed");
  const repeat = rows.find(({ outcome }) => outcome === "coalesced");
  const served = rows.find(({ outcome }) => outcome === "applied");
  expect((await storyOf(store, repeat?.notificationId ?? ""))?.servedBy).toBe(served?.notificationId);
});

it("shows and restarts nothing of another store", async () => {
  const { store, failed } = await aFailedDelivery();
  const other = await aStore(store.t);
  expect(await storyOf(other, failed.notificationId)).toBeNull();
  expect(await listed(other, "all")).toEqual([]);
  const retry = (as: Store["owner"], businessAccountId: Store["businessAccountId"]) =>
    codeOf(as.mutation(deliveries.retryOne, { businessAccountId, notificationId: failed.notificationId }));
  expect(await retry(other.owner, other.businessAccountId)).toBe("notFound");
  expect(await retry(other.owner, store.businessAccountId)).toBe("notAMember");
  const viewer = await aMember(store.t, store.businessAccountId, "viewer");
  expect(await retry(viewer, store.businessAccountId)).toBe("roleTooLow");
  expect(await storyOf(store, "not an id")).toBeNull();
});
