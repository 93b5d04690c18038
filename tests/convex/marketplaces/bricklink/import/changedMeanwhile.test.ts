/** What an import does with lots whose orders or count change while it runs. */
import { expect, it, vi } from "vitest";
import {
  adjust,
  aLine,
  anOrder,
  aStore,
  internal,
  setPicked,
  type Store,
  useFakeClock,
} from "../../../../support";

useFakeClock();

/** A running import, and a way to hand its writing mutation what BrickLink listed before the changes under test. */
async function aRunningImport(store: Store) {
  const { businessAccountId } = store;
  const importId = await store.t.run((ctx) =>
    ctx.db.insert("inventoryImports", {
      businessAccountId,
      status: "running",
      startedAt: Date.now(),
      lotsWritten: 0,
      progress: { step: "writing" },
    }),
  );
  const { receiveLots, writeUnlistedLots } = internal.marketplaces.bricklink.import.writeLots;
  const goods = {
    itemType: "PART",
    partNumber: "3001",
    colorId: 5,
    condition: "new" as const,
    location: "A01-01",
    itemName: "Part 3001",
  };
  return {
    /** Writes lots of BrickLink's list as of `listedAt`: pieces by lot id. */
    receive: async (listedAt: number, listed: Record<number, number>) =>
      await store.t.mutation(receiveLots, {
        importId,
        listedAt,
        unreadableOrders: [],
        lots: Object.entries(listed).map(([lotId, quantity]) => ({
          ...goods,
          lotId: Number(lotId),
          quantity,
        })),
      }),
    reduce: async (listedAt: number, lotIds: number[]) =>
      await store.t.mutation(writeUnlistedLots, { importId, listedAt, unreadableOrders: [], lotIds }),
  };
}

/** The clock a second later: what happens next happens after a listing that began now. */
function listingBegins(): number {
  vi.advanceTimersByTime(1_000);
  const listedAt = Date.now();
  vi.advanceTimersByTime(1_000);
  return listedAt;
}

it("an order that required other quantities when the lots were listed keeps its lots from being written", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 9 });
  await store.receiveOrder(anOrder({ lines: [aLine({ quantity: 4 })] }));
  const { receive, reduce } = await aRunningImport(store);
  const listedAt = listingBegins();
  await store.receiveOrder(anOrder({ lines: [aLine({ quantity: 3 })] }));
  expect(await receive(listedAt, { 71: 6 })).toMatchObject({ changed: 1 });
  expect(await reduce(listedAt, [71])).toMatchObject({ changed: 1 });
  expect(await store.stockOf(lot)).toEqual([9, 3]);
  expect(await receive(listingBegins(), { 71: 6 })).toMatchObject({ changed: 0 });
  expect(await store.stockOf(lot)).toEqual([9, 3]);
});

it("an order cancelled after the lots were listed keeps its lots from being written without its pieces", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 9 });
  const other = await store.addLot({ lotId: 72, quantity: 1 });
  await store.receiveOrder(anOrder({ lines: [aLine({ quantity: 4 })] }));
  const { receive } = await aRunningImport(store);
  const listedAt = listingBegins();
  await store.receiveStatus(100, "CANCELLED");
  // BrickLink listed 5, because the order's 4 were deducted at that time.
  expect(await receive(listedAt, { 71: 5, 72: 2 })).toMatchObject({ handled: 2, changed: 1 });
  expect(await store.stockOf(lot)).toEqual([9, 0]);
  expect(await store.stockOf(other)).toEqual([2, 0]);
});

it("an order that lost a line after the lots were listed keeps every lot from being written, as the line's lot is unknown", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 9 });
  const other = await store.addLot({ lotId: 72, quantity: 1 });
  await store.receiveOrder(
    anOrder({ lines: [aLine({ quantity: 4 }), aLine({ lotId: 73, partNumber: "3002" })] }),
  );
  const { receive } = await aRunningImport(store);
  const listedAt = listingBegins();
  await store.receiveOrder(anOrder({ status: "UPDATED", lines: [aLine({ lotId: 73, partNumber: "3002" })] }));
  expect(await receive(listedAt, { 71: 5, 72: 2 })).toMatchObject({ handled: 2, changed: 2 });
  expect(await store.stockOf(lot)).toEqual([9, 0]);
  expect(await store.stockOf(other)).toEqual([1, 0]);
});

it("an order first stored after the lots were listed is not counted, as its pieces were still listed", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 9 });
  const { receive } = await aRunningImport(store);
  const listedAt = listingBegins();
  await store.receiveOrder(anOrder({ lines: [aLine({ quantity: 4 })] }));
  expect(await receive(listedAt, { 71: 9 })).toMatchObject({ changed: 0 });
  expect(await store.stockOf(lot)).toEqual([9, 4]);
});

it("an order fetched again without a change, or picked, after the lots were listed does not keep them from being written", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 9 });
  await store.receiveOrder(anOrder({ lines: [aLine({ quantity: 4 })] }));
  const { receive } = await aRunningImport(store);
  const listedAt = listingBegins();
  await store.syncOrder(100);
  await setPicked(
    store,
    (await store.lines()).map(({ _id }) => _id),
  );
  expect(await receive(listedAt, { 71: 6 })).toMatchObject({ changed: 0 });
  expect(await store.stockOf(lot)).toEqual([10, 4]);
});

it("a person's count made after the lots were listed is kept by the import", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 9 });
  const { receive } = await aRunningImport(store);
  const listedAt = listingBegins();
  await adjust(store, lot, { seenOnHand: 9, onHand: 7 });
  expect(await receive(listedAt, { 71: 8 })).toMatchObject({ changed: 0 });
  expect(await store.stockOf(lot)).toEqual([7, 0]);
});
