import { describe, expect, it, vi } from "vitest";
import {
  aLot,
  allOf,
  anEvent,
  api,
  aStore,
  callBack,
  internal,
  settle,
  useFakeClock,
} from "../support/store";

useFakeClock();

const { audit } = api.marketplaces.bricklink;
const DAY = 24 * 60 * 60_000;

describe("an audit", () => {
  it("of a store where all is well finds nothing, in as many pages as it takes", async () => {
    const store = await aStore();
    for (let lotId = 1; lotId <= 90; lotId += 1) await aLot(store, { lotId, quantity: 3 });
    store.bricklink.place(100, [[{ lotId: 7, quantity: 2 }]]);
    await callBack(store, anEvent(100));
    await settle(store, vi.runAllTimers);
    const { businessAccountId } = store;
    await store.owner.mutation(audit.start, { businessAccountId });
    await expect(store.owner.mutation(audit.start, { businessAccountId })).rejects.toThrow("running");
    await settle(store, vi.runAllTimers);
    const found = await store.owner.query(audit.latest, { businessAccountId });
    expect(found).toMatchObject({ lotsChecked: 90, violationCount: 0 });
    expect(found?.finishedAt).not.toBeNull();
  });

  it.each([
    ["more reserved than lines hold", { quantityReserved: 2 }, "order lines hold 0"],
    ["more on hand than the ledger comes to", { quantityOnHand: 9 }, "the ledger comes to 3"],
    ["more reserved than on hand", { quantityReserved: 4 }, "4 are reserved of 3"],
  ])("shows a lot with %s, and leaves it as it is", async (_, wrong, words) => {
    const store = await aStore();
    const lot = await aLot(store, { lotId: 71, quantity: 3 });
    await store.t.run((ctx) => ctx.db.patch("inventoryItems", lot, wrong));
    await store.t.mutation(internal.marketplaces.bricklink.audit.auditAllStores, {});
    await settle(store, vi.runAllTimers);
    const { businessAccountId } = store;
    const found = await store.owner.query(audit.latest, { businessAccountId });
    expect(found?.violations.map(({ message }) => message).join(" ")).toContain(words);
    expect((await allOf(store, "inventoryItems"))[0]).toMatchObject(wrong);
  });

  it("finds a ledger entry that does not begin where the one before it ended", async () => {
    const store = await aStore();
    await aLot(store, { lotId: 71, quantity: 3 });
    store.bricklink.place(100, [[{ lotId: 71, quantity: 1 }]]);
    await callBack(store, anEvent(100));
    await settle(store, vi.runAllTimers);
    const [, second] = await allOf(store, "inventoryLedger");
    if (!second) throw new Error("no entry");
    await store.t.run((ctx) => ctx.db.patch("inventoryLedger", second._id, { onHandBefore: 2 }));
    const { businessAccountId } = store;
    await store.owner.mutation(audit.start, { businessAccountId });
    await settle(store, vi.runAllTimers);
    const found = await store.owner.query(audit.latest, { businessAccountId });
    expect(found?.violations[0]?.message).toContain("does not begin where");
  });
});

it("completed notifications are removed after 30 days, failed ones stay", async () => {
  const store = await aStore();
  for (const half of [0, 1, 2]) {
    const events = Array.from({ length: 9 }, (_, index) => ({
      ...anEvent(100 + half * 9 + index),
      event_type: "Message",
    }));
    await callBack(store, events);
  }
  await callBack(store, anEvent(500));
  await settle(store, vi.runAllTimers);
  const remove = async () => {
    await store.t.mutation(internal.marketplaces.bricklink.retention.removeOldNotifications, {});
    await settle(store, vi.runAllTimers);
    return (await allOf(store, "bricklinkNotifications")).length;
  };
  expect(await remove()).toBe(28);
  vi.advanceTimersByTime(31 * DAY);
  expect(await remove()).toBe(1);
  expect((await allOf(store, "bricklinkNotifications"))[0]).toMatchObject({ status: "failed" });
});
