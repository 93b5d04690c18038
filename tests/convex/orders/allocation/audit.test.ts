import { expect, it } from "vitest";
import {
  aLine,
  anOrder,
  api,
  aStore,
  internal,
  numbersFrom,
  type Store,
  useFakeClock,
} from "../../../support";

useFakeClock();

async function latestAudit(store: Store) {
  return await store.query(api.orders.allocation.audit.latest);
}

it("an audit of a consistent store finds nothing on any of its pages, and refuses to run twice at once", async () => {
  const store = await aStore();
  for (const lotId of numbersFrom(1, 90)) await store.addLot({ lotId, quantity: 3 });
  await store.receiveOrder(anOrder({ lines: [aLine({ lotId: 7, quantity: 2 })] }));
  const start = () => store.mutation(api.orders.allocation.audit.start);
  await start();
  await expect(start()).rejects.toThrow("running");
  await store.runAllScheduled();
  const found = await latestAudit(store);
  expect(found).toMatchObject({ lotsChecked: 90, violationCount: 0 });
  expect(found?.finishedAt).not.toBeNull();
});

it.each([
  [
    "more reserved than its lines hold",
    { quantityReserved: 2 },
    { rule: "heldDiffers", actual: 2, expected: 0 },
  ],
  [
    "more on hand than its ledger adds up to",
    { quantityOnHand: 9 },
    { rule: "onHandDiffers", actual: 9, expected: 3 },
  ],
  ["more reserved than on hand", { quantityReserved: 4 }, { rule: "outOfRange", reserved: 4, onHand: 3 }],
])("an audit reports a lot with %s, and does not change the lot", async (_, wrong, violation) => {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 3 });
  await store.t.run((ctx) => ctx.db.patch("inventoryItems", lot, wrong));
  await store.t.mutation(internal.orders.allocation.audit.auditAllStores, {});
  await store.runAllScheduled();
  const found = await latestAudit(store);
  expect(found?.violations.map((each) => each.violation)).toContainEqual(violation);
  expect((await store.lots())[0]).toMatchObject(wrong);
});

it("an audit reports a ledger entry that does not begin where the previous entry ended", async () => {
  const store = await aStore();
  await store.addLot({ quantity: 3 });
  await store.receiveOrder(anOrder());
  const [, second] = await store.ledger();
  if (!second) throw new Error("The order's reservation has no ledger entry.");
  await store.t.run((ctx) => ctx.db.patch("inventoryLedger", second._id, { onHandBefore: 2 }));
  await store.mutation(api.orders.allocation.audit.start);
  await store.runAllScheduled();
  expect((await latestAudit(store))?.violations[0]?.violation).toMatchObject({ rule: "gap" });
});
