import { expect, it, vi } from "vitest";
import {
  anEvent,
  anEventOf,
  api,
  aStore,
  aWritingStore,
  DAY,
  internal,
  numbersFrom,
  packed,
  refused,
  requestChange,
  shipped,
  type Store,
  useFakeClock,
  withdrawChange,
  writesOf,
} from "../../../../support";

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

/** Removes old writes, as the cron does. Returns how the rest ended. */
async function endsAfterRemoval(store: Store): Promise<string[]> {
  await store.t.mutation(internal.marketplaces.bricklink.queue.retention.removeOldWrites, {});
  await store.runAllScheduled();
  return (await writesOf(store)).map(({ status }) => status);
}

it("writes that were sent, withdrawn or replaced are removed after 30 days, and refused ones once they were dismissed", async () => {
  const store = await aWritingStore();
  await withdrawChange(store, await requestChange(store, packed));
  await requestChange(store, packed);
  await requestChange(store, shipped);
  await store.runAllScheduled();
  store.bricklink.nextWriteFaults.push(refused);
  const writeId = await requestChange(store, { kind: "payment", paymentStatus: "Completed" });
  await store.runAllScheduled();
  const ends = ["withdrawn", "replaced", "sent", "refused"];
  expect(await endsAfterRemoval(store)).toEqual(ends);
  vi.advanceTimersByTime(29 * DAY);
  expect(await endsAfterRemoval(store)).toEqual(ends);
  vi.advanceTimersByTime(2 * DAY);
  expect(await endsAfterRemoval(store)).toEqual(["refused"]);
  await store.mutation(api.marketplaces.bricklink.outbox.requests.dismiss, { writeId });
  expect(await endsAfterRemoval(store)).toEqual([]);
});

it("a refused write that nobody has looked at is removed with personal data, after 180 days", async () => {
  const store = await aWritingStore();
  store.bricklink.nextWriteFaults.push(refused);
  await requestChange(store, { kind: "remarks", remarks: "For Ann's birthday" });
  await store.runAllScheduled();
  vi.advanceTimersByTime(179 * DAY);
  expect(await endsAfterRemoval(store)).toEqual(["refused"]);
  vi.advanceTimersByTime(2 * DAY);
  expect(await endsAfterRemoval(store)).toEqual([]);
});

it("refused writes that wait for a person keep no other one from being removed, however many they are", async () => {
  const store = await aWritingStore();
  const writeId = await requestChange(store, packed);
  await store.runAllScheduled();
  await store.t.run(async (ctx) => {
    const sent = await ctx.db.get("bricklinkWrites", writeId);
    if (!sent) throw new Error("The change was not stored.");
    const { _id, _creationTime, ...fields } = sent;
    const closedAt = (fields.closedAt ?? 0) - DAY;
    for (const orderNumber of numbersFrom(1_000, 250)) {
      await ctx.db.insert("bricklinkWrites", { ...fields, orderNumber, status: "refused", closedAt });
    }
    for (const orderNumber of numbersFrom(2_000, 250)) {
      await ctx.db.insert("bricklinkWrites", { ...fields, orderNumber });
    }
  });
  vi.advanceTimersByTime(31 * DAY);
  const left = await endsAfterRemoval(store);
  expect(left).toHaveLength(250);
  expect(new Set(left)).toEqual(new Set(["refused"]));
});
