import { expect, it, vi } from "vitest";
import { anEvent, anEventOf, aStore, DAY, internal, numbersFrom, useFakeClock } from "../../../../support";

useFakeClock();

it("completed notifications are removed after 30 days, and failed ones are retained", async () => {
  const store = await aStore();
  // A callback's body must stay below 1,024 bytes, so 27 events come in three callbacks.
  for (const first of [100, 109, 118]) {
    await store.postCallback(numbersFrom(first, 9).map((resourceId) => anEventOf("Message", resourceId)));
  }
  await store.postCallback(anEvent(500));
  await store.runAllScheduled();
  const removeOld = async () => {
    await store.t.mutation(internal.marketplaces.bricklink.queue.retention.removeOldNotifications, {});
    await store.runAllScheduled();
    return (await store.notifications()).length;
  };
  expect(await removeOld()).toBe(28);
  vi.advanceTimersByTime(31 * DAY);
  expect(await removeOld()).toBe(1);
  expect((await store.notifications())[0]).toMatchObject({ status: "failed" });
});
