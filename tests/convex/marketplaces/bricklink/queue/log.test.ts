import { expect, it, vi } from "vitest";
import {
  aLine,
  aMember,
  anEvent,
  anEventOf,
  anOrder,
  api,
  aStore,
  errorCodeOf,
  numbersFrom,
  type Store,
  useFakeClock,
} from "../../../../support";

useFakeClock();

type Filter = (typeof api.marketplaces.bricklink.queue.log.list)["_args"]["filter"];

async function listed(store: Store, filter: Filter) {
  const { page } = await store.query(api.marketplaces.bricklink.queue.log.list, {
    filter,
    paginationOpts: { numItems: 20, cursor: null },
  });
  return page;
}

async function timelineOf(store: Store, notificationId: string) {
  return await store.query(api.marketplaces.bricklink.queue.log.timeline, { notificationId });
}

/** A store with one notification that failed for good, because BrickLink does not have order 404. */
async function aFailedNotification() {
  const store = await aStore();
  await store.postCallback(anEvent(404));
  await store.runAllScheduled();
  const [failed] = await listed(store, "failed");
  if (!failed) throw new Error("No notification failed.");
  return { store, failed };
}

it("a completed notification's timeline has its source, its outcome and the ledger entries it caused", async () => {
  const store = await aStore();
  await store.addLot({ quantity: 9, location: "B02-03" });
  store.bricklink.place(anOrder({ lines: [aLine({ quantity: 4 })] }));
  await store.postCallback(anEvent(100));
  await store.runAllScheduled();
  const [completed] = await listed(store, "completed");
  const timeline = await timelineOf(store, completed?.notificationId ?? "");
  expect(timeline).toMatchObject({
    hasOrder: true,
    notification: { source: "webhook", attempts: 1, status: "completed", outcome: "applied" },
  });
  expect(timeline?.movements).toMatchObject([
    { kind: "reserve", quantity: 4, lot: { itemName: "Part 3001", location: "B02-03" } },
  ]);
});

it("a notification that failed for good has the reason, and its timeline no order", async () => {
  const { store, failed } = await aFailedNotification();
  expect(failed).toMatchObject({ resourceId: 404, attempts: 2, nextAttemptAt: null });
  expect(failed.failure).toMatchObject({ code: "notFound" });
  const timeline = await timelineOf(store, failed.notificationId);
  expect(timeline).toMatchObject({ hasOrder: false, notification: { status: "failed", attempts: 2 } });
});

it("a failed notification that staff retry is processed again, and a completed one cannot be retried", async () => {
  const { store, failed } = await aFailedNotification();
  store.bricklink.place(anOrder({ number: 404 }));
  const { notificationId } = failed;
  const retry = () => store.mutation(api.marketplaces.bricklink.queue.log.retryOne, { notificationId });
  await retry();
  await store.runAllScheduled();
  expect(await listed(store, "failed")).toEqual([]);
  expect(await listed(store, "completed")).toMatchObject([{ notificationId, outcome: "applied" }]);
  expect(await errorCodeOf(retry())).toBe("notRetryable");
});

it("staff can fetch one order by its number, and what they fetch or retry has the source manual", async () => {
  const { store, failed } = await aFailedNotification();
  store.bricklink.place(anOrder({ number: 100 }));
  const fetchOrder = (orderNumber: number) =>
    store.mutation(api.marketplaces.bricklink.queue.log.fetchOrder, { orderNumber });
  await fetchOrder(100);
  await store.runAllScheduled();
  expect((await store.orders())[0]).toMatchObject({ orderNumber: 100, source: "manual" });
  expect(await errorCodeOf(fetchOrder(1.5))).toBe("orderNumberInvalid");
  const { notificationId } = failed;
  await store.mutation(api.marketplaces.bricklink.queue.log.retryOne, { notificationId });
  expect((await timelineOf(store, notificationId))?.notification.source).toBe("manual");
});

it("the notification log can be filtered by status and by kind of event", async () => {
  const { store } = await aFailedNotification();
  await store.postCallback([anEventOf("Message", 1), anEventOf("Feedback", 2)]);
  await store.runAllScheduled();
  const kinds = async (filter: Filter) => (await listed(store, filter)).map(({ eventType }) => eventType);
  expect(await kinds("messages")).toEqual(["Message"]);
  expect(await kinds("feedback")).toEqual(["Feedback"]);
  expect((await kinds("completed")).sort()).toEqual(["Feedback", "Message"]);
  expect((await kinds("all")).sort()).toEqual(["Feedback", "Message", "Order"]);
  expect(await kinds("waiting")).toEqual([]);
  expect(await kinds("retrying")).toEqual([]);
});

it("a coalesced notification names the notification whose fetch served it", async () => {
  const store = await aStore();
  store.bricklink.place(anOrder());
  await store.postCallback([anEvent(100, Date.now() - 2_000), anEvent(100, Date.now() - 1_000)]);
  vi.advanceTimersByTime(1_000);
  await store.runAllScheduled();
  const completed = await listed(store, "completed");
  const coalesced = completed.find(({ outcome }) => outcome === "coalesced");
  const applied = completed.find(({ outcome }) => outcome === "applied");
  expect((await timelineOf(store, coalesced?.notificationId ?? ""))?.servedBy).toBe(applied?.notificationId);
});

it("notifications of another store are neither shown nor retried, and a viewer retries none", async () => {
  const { store, failed } = await aFailedNotification();
  const { notificationId } = failed;
  const other = await aStore(store.t);
  expect(await timelineOf(other, notificationId)).toBeNull();
  expect(await listed(other, "all")).toEqual([]);
  const retry = (as: Store["owner"], businessAccountId: Store["businessAccountId"]) =>
    errorCodeOf(
      as.mutation(api.marketplaces.bricklink.queue.log.retryOne, { businessAccountId, notificationId }),
    );
  expect(await retry(other.owner, other.businessAccountId)).toBe("notFound");
  expect(await retry(other.owner, store.businessAccountId)).toBe("notAMember");
  const viewer = await aMember(store.t, store.businessAccountId, "viewer");
  expect(await retry(viewer, store.businessAccountId)).toBe("roleTooLow");
  expect(await timelineOf(store, "not an id")).toBeNull();
});

it("an order's notifications are listed newest first, and none of another order or store", async () => {
  const { store } = await aFailedNotification();
  await store.receiveOrder(anOrder());
  await store.syncOrder(100);
  const ofOrder = (as: Store, orderNumber: number) =>
    as.query(api.marketplaces.bricklink.queue.log.forOrder, { orderNumber });
  const listedNow = await ofOrder(store, 100);
  expect(listedNow.map(({ status, outcome }) => [status, outcome])).toEqual([
    ["completed", "applied"],
    ["completed", "applied"],
  ]);
  expect(listedNow[0]?.receivedAt).toBeGreaterThan(listedNow[1]?.receivedAt ?? 0);
  expect(await ofOrder(await aStore(store.t), 100)).toEqual([]);
});

it("a page has at most 500 rows, whatever a client asks for", async () => {
  const store = await aStore();
  await store.postCallback(anEvent(100));
  await store.t.run(async (ctx) => {
    const [row] = await ctx.db.query("bricklinkNotifications").take(1);
    if (!row) throw new Error("The callback was not stored.");
    const { _id, _creationTime, ...fields } = row;
    for (const number of numbersFrom(101, 500)) {
      await ctx.db.insert("bricklinkNotifications", {
        ...fields,
        resourceId: number,
        dedupeKey: `${number}`,
      });
    }
  });
  const { page, isDone } = await store.query(api.marketplaces.bricklink.queue.log.list, {
    filter: "all",
    paginationOpts: { numItems: 1_000_000, cursor: null },
  });
  expect([page.length, isDone]).toEqual([500, false]);
});
