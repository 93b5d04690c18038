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
  expect(strip.failed).toMatchObject({ count: 1, latest: failed.failure, latestAt: failed.failedAt });

  store.bricklink.place(anOrder());
  expect(await store.mutation(api.marketplaces.bricklink.queue.log.retryFailed)).toBe(1);
  await store.runAllScheduled();
  expect(await store.onlyNotification()).toMatchObject({ status: "completed", attempts: 1 });
});

it("an order whose fetches alone keep failing fails for good after about nine hours", async () => {
  const store = await aStore();
  const startedAt = Date.now();
  store.bricklink.answersByPath.set("/orders/100", html503);
  await store.postCallback(anEvent(100));
  await store.runAllScheduled();
  const failed = await store.onlyNotification();
  expect(failed).toMatchObject({ status: "failed", failure: { code: "unavailable" } });
  expect(failed.nextAttemptAt).toBeUndefined();
  expect((failed.failedAt ?? 0) - startedAt).toBeGreaterThan(8 * HOUR);
});

it("an answer that keeps lacking what the API documents fails for good after seven attempts", async () => {
  const store = await aStore();
  store.bricklink.answersByPath.set("/orders/100", () => Response.json({ meta: { code: 200 }, data: {} }));
  await store.postCallback(anEvent(100));
  await store.runAllScheduled();
  expect(await store.onlyNotification()).toMatchObject({ status: "failed", attempts: 7 });
  expect((await store.onlyNotification()).nextAttemptAt).toBeUndefined();
});

it.each([
  ["without items", () => '{"meta":{"code":200,"message":"OK","description":"OK"},"data":[]}', "malformed"],
  ["cut off half way", () => '{"meta":{"code":200,"messa', "unrecognized"],
  ["of a proxy, as HTML with HTTP 200,", () => "<html>Be right back</html>", "unrecognized"],
])("an answer %s stores nothing of the order and fails with the reason", async (_, body, code) => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 5 });
  store.bricklink.place(anOrder());
  store.bricklink.answersByPath.set("/orders/100/items", () => new Response(body()));
  await store.postCallback(anEvent(100));
  await store.runDue();
  expect(await store.onlyNotification()).toMatchObject({ status: "failed", failure: { code } });
  expect(await store.orders()).toEqual([]);
  expect(await store.stockOf(lot)).toEqual([5, 0]);
});
