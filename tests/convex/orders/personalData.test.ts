import { expect, it, vi } from "vitest";
import { anOrder, aStore, checkInvariants, DAY, internal, type Store, useFakeClock } from "../../support";

useFakeClock();

async function removeOld(store: Store): Promise<void> {
  await store.t.mutation(internal.orders.personalData.removeOld, {});
  await store.runAllScheduled();
}

async function storedTextOf(store: Store): Promise<string> {
  const orders = await store.orders();
  return JSON.stringify(orders, (_, value: unknown) => (typeof value === "bigint" ? String(value) : value));
}

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
