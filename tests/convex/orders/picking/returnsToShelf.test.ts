import { expect, it } from "vitest";
import {
  aLine,
  anOrder,
  anOrderToPick,
  api,
  aStore,
  firstOrderOf,
  markAllPicked,
  setPicked,
  useFakeClock,
} from "../../../support";

useFakeClock();

it("a picked line that disappears from its order is listed for return to the shelf, and its stock is released", async () => {
  const store = await aStore();
  const lot = await store.addLot({ lotId: 72, quantity: 10, partNumber: "3002" });
  await store.receiveOrder(
    anOrder({
      lines: [aLine({ quantity: 4 }), aLine({ lotId: 72, quantity: 3, partNumber: "3002" })],
    }),
  );
  await markAllPicked(store);
  await store.receiveOrder(anOrder({ lines: [aLine({ quantity: 4 })], status: "UPDATED" }));
  const [order] = await store.orders();
  expect(order?.returnsToShelf).toMatchObject([{ partNumber: "3002", quantity: 3, location: "A01-01" }]);
  expect(await store.stockOf(lot)).toEqual([10, 0]);
});

it("a return to the shelf that staff mark as done is no longer listed", async () => {
  const { store, lineIds } = await anOrderToPick();
  await setPicked(store, lineIds);
  await store.receiveOrder(anOrder({ lines: [aLine({ quantity: 4 })], status: "UPDATED" }));
  expect((await firstOrderOf(store))?.returnsToShelf).toMatchObject([{ partNumber: "3002", quantity: 2 }]);
  await store.mutation(api.orders.picking.returnsToShelf.confirm, { orderNumber: 100, place: 0 });
  expect((await firstOrderOf(store))?.returnsToShelf).toEqual([]);
});
