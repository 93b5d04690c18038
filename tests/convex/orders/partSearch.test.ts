import { expect, it, vi } from "vitest";
import { anEvent, api, aStore, callBack, settle, type Store, useFakeClock } from "../support/store";

useFakeClock();

async function arrive(store: Store, number: number): Promise<void> {
  vi.advanceTimersByTime(1_000);
  await callBack(store, anEvent(number));
  await settle(store, vi.runAllTimers);
}

async function wanted(store: Store, search: string): Promise<[number, string][]> {
  const { businessAccountId } = store;
  const { lines } = await store.owner.query(api.orders.wanted.list, { businessAccountId, search });
  return lines.map(({ orderNumber, partNumber }) => [orderNumber, partNumber]);
}

it("finds who wants a part by how its number or name begins, in open orders of this store only", async () => {
  const other = await aStore();
  const store = await aStore(other.t);
  store.bricklink.place(100, [
    [
      { lotId: 71, quantity: 4, partNumber: "3069bpb001", name: "Tile 1 x 2 with Groove" },
      { lotId: 72, quantity: 2, partNumber: "3001", name: "Brick 2 x 4" },
    ],
  ]);
  store.bricklink.place(101, [[{ lotId: 72, quantity: 1, partNumber: "3001", name: "Brick 2 x 4" }]]);
  await arrive(store, 100);
  await arrive(store, 101);

  expect(await wanted(store, "3069BPB")).toEqual([[100, "3069bpb001"]]);
  expect(await wanted(store, " brick 2 ")).toEqual([
    [100, "3001"],
    [101, "3001"],
  ]);
  expect(await wanted(store, "30")).toHaveLength(3);
  expect(await wanted(store, "3")).toEqual([]);
  expect(await wanted(store, "groove")).toEqual([]);
  expect(await wanted(other, "3001")).toEqual([]);

  store.bricklink.setStatus(100, "SHIPPED");
  await arrive(store, 100);
  expect(await wanted(store, "30")).toEqual([[101, "3001"]]);
});

it("says when there are more than it shows", async () => {
  const store = await aStore();
  const lots = Array.from({ length: 31 }, (_, at) => ({ lotId: 100 + at, quantity: 1 }));
  store.bricklink.place(100, [lots]);
  await arrive(store, 100);
  const { businessAccountId } = store;
  const { lines, isMore } = await store.owner.query(api.orders.wanted.list, {
    businessAccountId,
    search: "3001",
  });
  expect([lines.length, isMore]).toEqual([30, true]);
});
