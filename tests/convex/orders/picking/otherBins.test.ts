import { expect, it } from "vitest";
import type { Id } from "../../../../convex/_generated/dataModel";
import {
  aLine,
  anOrder,
  anOrderToPick,
  api,
  aStore,
  checkInvariants,
  firstOrderOf,
  lineOf,
  setPicked,
  importLots,
  type OrderToPick,
  useFakeClock,
} from "../../../support";

useFakeClock();

const { losses, otherBins } = api.orders.picking;
const badQuantity = { data: { code: "badQuantity" } };

/** Order 100, whose second line lost both its pieces, and a lot of 5 equal pieces in bin C03. */
async function aShortLine(): Promise<OrderToPick & { other: Id<"inventoryItems"> }> {
  const order = await anOrderToPick();
  const { store, second } = order;
  const other = await store.addLot({ lotId: 73, quantity: 5, partNumber: "3002", location: "C03" });
  await store.mutation(losses.reportLoss, { lineId: second, quantity: 2, reason: "missing" });
  return { ...order, other };
}

it("a short line is offered the other bins with equal goods, with what they have available", async () => {
  const { store, second, other } = await aShortLine();
  // Not equal: another type, another colour, another condition, nothing available.
  await store.addLot({ lotId: 77, quantity: 5, partNumber: "3002", location: "D04", itemType: "SET" });
  await store.addLot({ lotId: 74, quantity: 5, partNumber: "3002", location: "D01", colorId: 1 });
  await store.addLot({ lotId: 75, quantity: 5, partNumber: "3002", location: "D02", condition: "used" });
  await store.addLot({ lotId: 76, quantity: 0, partNumber: "3002", location: "D03" });
  await store.receiveOrder(
    anOrder({ number: 101, lines: [aLine({ lotId: 73, partNumber: "3002", quantity: 2 })] }),
  );
  const offered = [{ lotId: other, location: "C03", quantity: 3 }];
  expect(await store.query(otherBins.list, { lineId: second })).toEqual(offered);
  expect(await (await aStore(store.t)).query(otherBins.list, { lineId: second })).toEqual([]);
});

it("pieces taken from another bin serve the line, leave that bin's count, and go back when they are put back", async () => {
  const { store, second, other } = await aShortLine();
  const taken = { lineId: second, lotId: other, quantity: 2 };
  await store.mutation(otherBins.take, taken);
  expect(await store.stockOf(other)).toEqual([3, 0]);
  expect(await lineOf(store, second)).toMatchObject({
    reservedQuantity: 2,
    shortQuantity: 0,
    otherBins: [{ lotId: other, location: "C03", quantity: 2 }],
  });
  expect(await firstOrderOf(store)).toMatchObject({ shortQuantity: 0, reservedQuantity: 6 });
  await checkInvariants(store);
  await store.syncOrder(100);
  expect(await lineOf(store, second)).toMatchObject({ shortQuantity: 0, otherBins: [{ quantity: 2 }] });

  await store.mutation(otherBins.putBack, { ...taken, quantity: 1 });
  expect(await lineOf(store, second)).toMatchObject({ shortQuantity: 1, otherBins: [{ quantity: 1 }] });
  await store.mutation(otherBins.putBack, { ...taken, quantity: 1 });
  expect((await lineOf(store, second))?.otherBins).toBeUndefined();
  expect(await store.stockOf(other)).toEqual([5, 0]);
  await expect(store.mutation(otherBins.putBack, taken)).rejects.toMatchObject(badQuantity);
  await checkInvariants(store);
});

it("pieces put back in another bin go to the orders that wait for that bin's lot", async () => {
  const { store, second, other } = await aShortLine();
  const taken = { lineId: second, lotId: other, quantity: 2 };
  await store.mutation(otherBins.take, taken);
  await store.receiveOrder(
    anOrder({ number: 101, lines: [aLine({ lotId: 73, partNumber: "3002", quantity: 4 })] }),
  );
  await store.mutation(otherBins.putBack, taken);
  const waiting = (await store.lines()).find(({ inventoryItemId }) => inventoryItemId === other);
  expect(waiting).toMatchObject({ reservedQuantity: 4, shortQuantity: 0 });
  await checkInvariants(store);
});

it("a line picked while short stays picked, with the pieces from the other bin in its parcel", async () => {
  const { store, second, other } = await aShortLine();
  await store.mutation(losses.undoLoss, { lineId: second, quantity: 1, reason: "missing" });
  await setPicked(store, [second]);
  await store.mutation(otherBins.take, { lineId: second, lotId: other, quantity: 1 });
  expect(await lineOf(store, second)).toMatchObject({ pickStatus: "picked", pickedQuantity: 2 });
  await store.syncOrder(100);
  expect(await lineOf(store, second)).toMatchObject({ pickStatus: "picked", pickedQuantity: 2 });
});

it("no more is taken than the line lacks or the bin can give, and none of other goods or of another store", async () => {
  const { store, lot, first, second, other } = await aShortLine();
  const taken = { lineId: second, lotId: other, quantity: 2 };
  for (const wrong of [
    { ...taken, quantity: 3 },
    { ...taken, quantity: 0 },
    { ...taken, quantity: 0.5 },
    { ...taken, lotId: lot },
    { ...taken, lineId: first, quantity: 1 },
  ]) {
    await expect(store.mutation(otherBins.take, wrong)).rejects.toMatchObject(badQuantity);
  }
  const foreign = await aStore(store.t);
  await expect(foreign.mutation(otherBins.take, taken)).rejects.toMatchObject({ data: { code: "notFound" } });
  expect(await store.stockOf(other)).toEqual([5, 0]);
});

it("an import counts pieces from another bin once: with what its line holds, whatever its own bin has besides", async () => {
  const { store, second, other } = await aShortLine();
  await store.mutation(otherBins.take, { lineId: second, lotId: other, quantity: 2 });
  const own = (await lineOf(store, second))?.inventoryItemId;
  if (!own) throw new Error("The line has no lot.");
  // Four more are in the own bin, and the owner has lowered the other lot.
  store.bricklink.inventory = [
    aLine({ quantity: 2 }),
    aLine({ lotId: 72, quantity: 4, partNumber: "3002" }),
    aLine({ lotId: 73, quantity: 3, partNumber: "3002", remarks: "C03" }),
  ];
  expect(await importLots(store)).toMatchObject({ status: "completed" });
  expect(await store.stockOf(other)).toEqual([3, 0]);
  expect(await store.stockOf(own)).toEqual([6, 2]);
  expect(await lineOf(store, second)).toMatchObject({ reservedQuantity: 2, shortQuantity: 0 });
});
