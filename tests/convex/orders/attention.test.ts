import { expect, it, vi } from "vitest";
import {
  adjust,
  aLine,
  anOrder,
  anOrderToPick,
  api,
  aStore,
  confirmReturn,
  HOUR,
  setPicked,
  type Store,
  useFakeClock,
} from "../../support";

useFakeClock();

const { attention } = api.orders;

async function needing(store: Store): Promise<number[]> {
  return (await store.query(attention.list)).orders.map(({ orderNumber }) => orderNumber);
}

it("an order needs a person while it is short, and no longer once its stock arrives", async () => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 1 });
  await store.receiveOrder(anOrder({ lines: [aLine({ quantity: 3 })] }));
  expect(await needing(store)).toEqual([100]);
  await adjust(store, lot, { seenOnHand: 1, onHand: 5 });
  await store.runAllScheduled();
  expect(await needing(store)).toEqual([]);
});

it.each(["NPB", "OCR", "SOMETHING_NEW"])(
  "an order that is %s needs a person until it is settled",
  async (status) => {
    const store = await aStore();
    await store.addLot({ quantity: 9 });
    await store.receiveOrder(anOrder({ status }));
    expect(await needing(store)).toEqual([100]);
    await store.receiveStatus(100, "PAID");
    expect(await needing(store)).toEqual([]);
  },
);

it("an order without a fitting lot needs a person, a shipped one does not", async () => {
  const store = await aStore();
  await store.receiveOrder(anOrder());
  expect(await needing(store)).toEqual([100]);
  await store.receiveStatus(100, "SHIPPED");
  expect(await needing(store)).toEqual([]);
});

it("a reported loss and a return to the shelf make an order need a person", async () => {
  const { store, first, lineIds } = await anOrderToPick();
  expect(await needing(store)).toEqual([]);
  await setPicked(store, lineIds);
  await store.receiveStatus(100, "CANCELLED");
  expect(await needing(store)).toEqual([100]);
  for (const { _id } of await store.returns()) await confirmReturn(store, _id);
  expect(await needing(store)).toEqual([]);
  await store.receiveStatus(100, "PAID");
  await store.mutation(api.orders.picking.losses.reportLoss, {
    lineId: first,
    quantity: 6,
    reason: "missing",
  });
  expect(await needing(store)).toEqual([100]);
});

it("the order that has waited longest is the first, and a snapshot that changes nothing keeps its place", async () => {
  const store = await aStore();
  await store.receiveOrder(anOrder({ number: 101 }));
  await store.receiveOrder(anOrder({ number: 100 }));
  await store.syncOrder(101);
  expect(await needing(store)).toEqual([101, 100]);
});

it("a paid order that is not packed within the store's limit is listed as waiting", async () => {
  const store = await aStore();
  await store.addLot({ quantity: 9 });
  await store.receiveOrder(anOrder({ status: "PAID" }));
  await store.receiveOrder(anOrder({ number: 101, status: "PENDING" }));
  await store.receiveOrder(anOrder({ number: 102, status: "PACKED" }));
  vi.advanceTimersByTime(HOUR);
  const late = async (paidBefore: number) =>
    (await store.query(attention.waiting, { paidBefore })).orders.map(({ orderNumber }) => orderNumber);
  expect(await late(Date.now())).toEqual([100]);
  expect(await late(Date.now() - 2 * HOUR)).toEqual([]);
});

it("a limit outside of an hour and two weeks is refused", async () => {
  const store = await aStore();
  for (const hours of [0, 1.5, 337]) {
    await expect(store.mutation(api.accounts.businesses.setWaitingLimit, { hours })).rejects.toThrow(
      "between 1 and 336",
    );
  }
});
