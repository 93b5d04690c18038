import { expect, it, vi } from "vitest";
import {
  aLine,
  anOrder,
  api,
  aStore,
  checkInvariants,
  DAY,
  errorCodeOf,
  internal,
  type Store,
  useFakeClock,
} from "../../support";

useFakeClock();

async function removeOld(store: Store): Promise<void> {
  await store.t.mutation(internal.orders.personalData.removeOld, {});
  await store.runAllScheduled();
}

const bigintAsText = (_: string, value: unknown) => (typeof value === "bigint" ? String(value) : value);

async function storedTextOf(store: Store): Promise<string> {
  return JSON.stringify(await store.orders(), bigintAsText);
}

/** Parts of the buyer's name, e-mail, address, remarks and phone number that test orders have. */
const personalData = /O'Brick|ann@example|Brick Lane|plastic|555-0100/;

it("a buyer's addresses and remarks are removed 180 days after the order was closed, and no other order's", async () => {
  const store = await aStore();
  await store.receiveOrder(anOrder({ number: 100 }));
  await store.receiveOrder(anOrder({ number: 101 }));
  await store.receiveStatus(100, "SHIPPED");
  vi.advanceTimersByTime(179 * DAY);
  await removeOld(store);
  expect((await store.orders())[0]?.buyerEmail).toBe("ann@example.com");
  vi.advanceTimersByTime(2 * DAY);
  await removeOld(store);
  const [closed, open] = await store.orders();
  expect(open).toMatchObject({ buyerEmail: "ann@example.com", shipping: { address: { countryCode: "NL" } } });
  expect(closed).toMatchObject({ buyerName: "Ann O'Brick", shipping: { method: "Letter" } });
  for (const field of ["buyerEmail", "remarks", "personalDataUntil"])
    expect(closed).not.toHaveProperty(field);
  expect(closed?.shipping).not.toHaveProperty("address");
  await checkInvariants(store);
});

it("personal data that BrickLink sends again later is not stored again", async () => {
  const store = await aStore();
  await store.receiveOrder(anOrder());
  await store.receiveStatus(100, "COMPLETED");
  vi.advanceTimersByTime(200 * DAY);
  await removeOld(store);
  await store.syncOrder(100);
  expect(await storedTextOf(store)).not.toMatch(/ann@example|Brick Lane|plastic|555-0100/);
});

it("how long personal data is kept can be configured", async () => {
  process.env.PERSONAL_DATA_DAYS = "30";
  try {
    const store = await aStore();
    await store.receiveOrder(anOrder());
    await store.receiveStatus(100, "CANCELLED");
    vi.advanceTimersByTime(31 * DAY);
    await removeOld(store);
    expect((await store.orders())[0]).not.toHaveProperty("buyerEmail");
  } finally {
    delete process.env.PERSONAL_DATA_DAYS;
  }
});

const ann = { buyerName: " ann o'brick ", cursor: null };

it("an owner exports everything that is stored about one buyer, and nothing about another", async () => {
  const store = await aStore();
  await store.addLot({ quantity: 5 });
  await store.receiveOrder(anOrder({ number: 100, lines: [aLine({ quantity: 2 })] }));
  await store.receiveOrder(anOrder({ number: 101, buyerName: "Bob" }));
  const exported = await store.action(api.orders.buyerData.exportPage, ann);
  expect(exported.orders).toMatchObject([
    {
      orderNumber: 100,
      email: "ann@example.com",
      address: { countryCode: "NL" },
      lines: [{ partNumber: "3001", quantity: 2 }],
    },
  ]);
  expect(exported.isDone).toBe(true);
});

it("a buyer is forgotten in closed orders for good, and open orders keep what staff need", async () => {
  const store = await aStore();
  await store.receiveOrder(anOrder({ number: 100 }));
  await store.receiveOrder(anOrder({ number: 101 }));
  await store.receiveOrder(anOrder({ number: 102, buyerName: "Bob" }));
  for (const number of [100, 102]) await store.receiveStatus(number, "SHIPPED");
  const erase = () => store.mutation(api.orders.buyerData.erase, ann);
  expect(await erase()).toMatchObject({ erased: 1, openOrders: [101], isDone: true });
  await store.syncOrder(100);
  const [forgotten, open, other] = await store.orders();
  expect(JSON.stringify(forgotten, bigintAsText)).not.toMatch(personalData);
  expect(forgotten).toMatchObject({ buyerKey: "", status: "SHIPPED" });
  expect(open).toMatchObject({ buyerName: "Ann O'Brick", buyerEmail: "ann@example.com" });
  expect(other).toMatchObject({ buyerName: "Bob", buyerEmail: "ann@example.com" });
  await checkInvariants(store);
  expect(await erase()).toMatchObject({ erased: 0, openOrders: [101] });
});

it("an order of a forgotten buyer that re-opens has its address again, and loses it when it is closed", async () => {
  const store = await aStore();
  await store.receiveOrder(anOrder({ number: 100 }));
  await store.receiveStatus(100, "CANCELLED");
  await store.mutation(api.orders.buyerData.erase, ann);
  await store.receiveStatus(100, "PAID");
  expect(await storedTextOf(store)).toMatch(personalData);
  await store.receiveStatus(100, "COMPLETED");
  expect(await storedTextOf(store)).not.toMatch(personalData);
});

it("a blank name finds no buyer to export or forget", async () => {
  const store = await aStore();
  const blank = { buyerName: "  ", cursor: null };
  expect(await errorCodeOf(store.action(api.orders.buyerData.exportPage, blank))).toBe("buyerMissing");
  expect(await errorCodeOf(store.mutation(api.orders.buyerData.erase, blank))).toBe("buyerMissing");
});
