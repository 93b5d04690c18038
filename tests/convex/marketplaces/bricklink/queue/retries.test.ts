import { expect, it } from "vitest";
import {
  anEvent,
  anOrder,
  api,
  aStore,
  HOUR,
  html503,
  internal,
  networkDown,
  notFound,
  unauthorizedInside200,
  useFakeClock,
} from "../../../../support";

useFakeClock();

it("a failed fetch is retried on schedule with its reason stored, until the order is stored", async () => {
  const store = await aStore();
  store.bricklink.place(anOrder());
  store.bricklink.nextAnswers.push(html503, unauthorizedInside200, networkDown);
  await store.postCallback(anEvent(100));
  await store.runDue();
  const first = await store.onlyNotification();
  expect(first).toMatchObject({ status: "failed", attempts: 1, failure: { code: "unavailable" } });
  expect((first.nextAttemptAt ?? 0) - Date.now()).toBeGreaterThan(25_000);
  expect((first.nextAttemptAt ?? 0) - Date.now()).toBeLessThan(40_000);
  await store.runAllScheduled();
  expect(await store.onlyNotification()).toMatchObject({
    status: "completed",
    attempts: 4,
    outcome: "applied",
  });
  expect(await store.orders()).toHaveLength(1);
});

it("a failed notification is not claimed before its next attempt is due, however it is started", async () => {
  const store = await aStore();
  store.bricklink.nextAnswers.push(html503);
  await store.postCallback(anEvent(100));
  await store.runDue();
  const { _id: notificationId } = await store.onlyNotification();
  await store.t.mutation(internal.marketplaces.bricklink.notifications.processNotification, {
    notificationId,
  });
  await store.sweep();
  await store.runDue();
  expect(store.bricklink.calls).toEqual(["/orders/100"]);
  expect(await store.onlyNotification()).toMatchObject({ status: "failed", attempts: 1 });
});

it("the stored reason of a failure never contains the consumer key that BrickLink repeats in its error", async () => {
  const store = await aStore();
  store.bricklink.nextAnswers.push(unauthorizedInside200);
  await store.postCallback(anEvent(100));
  await store.runDue();
  const { failure } = await store.onlyNotification();
  expect(failure).toMatchObject({ code: "authAddress" });
  expect(failure?.detail).toContain("TOKEN_IP_MISMATCHED");
  expect(failure?.detail).not.toContain("7A1B");
});

it("an order that BrickLink does not have fails for good after two attempts, and staff can retry it", async () => {
  const store = await aStore();
  store.bricklink.nextAnswers.push(notFound, notFound);
  await store.postCallback(anEvent(100));
  await store.runAllScheduled();
  const failed = await store.onlyNotification();
  expect(failed).toMatchObject({ status: "failed", attempts: 2, failure: { code: "notFound" } });
  expect(failed.nextAttemptAt).toBeUndefined();
  const strip = await store.query(api.marketplaces.bricklink.limits.health.strip);
  expect(strip.failed).toMatchObject({ count: 1, latest: failed.failure });

  store.bricklink.place(anOrder());
  expect(await store.mutation(api.marketplaces.bricklink.queue.log.retryFailed)).toBe(1);
  await store.runAllScheduled();
  expect(await store.onlyNotification()).toMatchObject({ status: "completed", attempts: 1 });
});

it("a notification whose fetches keep failing fails for good after seven attempts in about nine hours", async () => {
  const store = await aStore();
  const startedAt = Date.now();
  store.bricklink.nextAnswers.push(...Array.from({ length: 20 }, () => html503));
  await store.postCallback(anEvent(100));
  await store.runAllScheduled();
  expect(await store.onlyNotification()).toMatchObject({ status: "failed", attempts: 7 });
  expect((await store.onlyNotification()).nextAttemptAt).toBeUndefined();
  expect(store.bricklink.calls).toHaveLength(7);
  expect(Date.now() - startedAt).toBeGreaterThan(8 * HOUR);
});

it.each([
  ["without items", () => ({ meta: { code: 200, message: "OK", description: "OK" }, data: [] })],
  ["cut off half way", () => "{"],
])("an answer %s stores nothing of the order, reserves nothing and fails as malformed", async (_, body) => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 5 });
  store.bricklink.place(anOrder());
  store.bricklink.beforeAnswer = (path) => {
    if (path.endsWith("/items"))
      store.bricklink.nextAnswers.push(() => new Response(JSON.stringify(body()).slice(0, -1) + "}"));
  };
  await store.postCallback(anEvent(100));
  await store.runDue();
  expect(await store.onlyNotification()).toMatchObject({
    status: "failed",
    failure: { code: "malformed" },
  });
  expect(await store.orders()).toEqual([]);
  expect(await store.stockOf(lot)).toEqual([5, 0]);
});
