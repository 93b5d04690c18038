import { expect, it, vi } from "vitest";
import {
  anEvent,
  anOrder,
  aStore,
  HOUR,
  internal,
  MINUTE,
  type Store,
  useFakeClock,
} from "../../../../support";

useFakeClock();

/** A store with a pending notification of order 100, which BrickLink has. */
async function aPendingNotification() {
  const store = await aStore();
  store.bricklink.place(anOrder());
  await store.postCallback(anEvent(100));
  const { _id: notificationId } = await store.onlyNotification();
  return { store, notificationId };
}

type NotificationId = Awaited<ReturnType<typeof aPendingNotification>>["notificationId"];

async function process(store: Store, notificationId: NotificationId): Promise<void> {
  await store.t.mutation(internal.marketplaces.bricklink.notifications.processNotification, {
    notificationId,
  });
}

it("a notification that is started twice is claimed by one run, and fetched once", async () => {
  const { store, notificationId } = await aPendingNotification();
  await process(store, notificationId);
  await process(store, notificationId);
  await store.runAllScheduled();
  expect(store.bricklink.calls).toEqual(["/orders/100", "/orders/100/items"]);
  expect((await store.onlyNotification()).attempts).toBe(1);
});

it("a claim whose run died is left alone until its lease expires, and then claimed again by the sweep", async () => {
  const { store, notificationId } = await aPendingNotification();
  // The state that a crash leaves: claimed, its action never run.
  await store.t.run((ctx) =>
    ctx.db.patch("bricklinkNotifications", notificationId, {
      status: "processing",
      attempts: 1,
      leaseExpiresAt: Date.now() + 3 * MINUTE,
    }),
  );
  await store.sweep();
  await store.runDue();
  expect((await store.onlyNotification()).attempts).toBe(1);
  vi.advanceTimersByTime(4 * MINUTE);
  await store.sweep();
  await store.runAllScheduled();
  expect(await store.onlyNotification()).toMatchObject({ status: "completed", attempts: 2 });
});

it("a claim whose scheduled run ended without completing it is claimed again before its lease expires", async () => {
  const { store, notificationId } = await aPendingNotification();
  await process(store, notificationId);
  const { jobId } = await store.onlyNotification();
  if (!jobId) throw new Error("The claim scheduled no run.");
  // The state that a restart leaves: Convex has failed the action that the crash cut off.
  await store.t.run((ctx) => ctx.scheduler.cancel(jobId));
  await store.sweep();
  await store.runAllScheduled();
  expect(await store.onlyNotification()).toMatchObject({ status: "completed", attempts: 2 });
});

it("a run that lost its lease to a later claim writes nothing", async () => {
  const { store, notificationId } = await aPendingNotification();
  store.bricklink.beforeAnswer = async (path) => {
    if (!path.endsWith("/items")) return;
    await store.t.run((ctx) =>
      ctx.db.patch("bricklinkNotifications", notificationId, {
        attempts: 2,
        leaseExpiresAt: Date.now() + HOUR,
      }),
    );
  };
  await store.runDue();
  expect(await store.orders()).toEqual([]);
  expect(await store.onlyNotification()).toMatchObject({ status: "processing", attempts: 2 });
});
