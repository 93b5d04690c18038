/** Five hundred orders during an outage of BrickLink of six hours. */
import { expect, it, vi } from "vitest";
import { StoreSimulation } from "../scenarios/simulation";
import { allOf, useFakeClock } from "../support/store";

useFakeClock();

const ORDERS = 500;
const HOURS = 6;
const MINUTES_BETWEEN = 5;
/** BrickLink's limit of API calls per day. */
const CALLS_PER_DAY = 5_000;

it("after a six-hour outage all 500 orders are stored within ten minutes, with fewer API calls than BrickLink allows per day", async () => {
  const simulation = await StoreSimulation.open(
    { lots: [{ quantity: ORDERS, isRetained: true }], startsWithImport: true, seed: 1 },
    false,
  );
  await simulation.apply({ kind: "faultProfile", name: "outage", afterMinutes: 1 });
  const callsBefore = simulation.api.calls;
  const rounds = (HOURS * 60) / MINUTES_BETWEEN;
  for (let round = 0; round < rounds; round += 1) {
    const upTo = Math.round((ORDERS * (round + 1)) / rounds);
    while (simulation.model.orders.size < upTo) {
      await simulation.apply({ kind: "order", lines: [{ lotIndex: 0, quantity: 1 }], afterMinutes: 0 });
    }
    await simulation.advance(MINUTES_BETWEEN);
  }
  expect(await allOf(simulation.store, "bricklinkOrders")).toEqual([]);
  expect(simulation.api.calls - callsBefore).toBeLessThan(100);

  await simulation.apply({ kind: "faultProfile", name: "none", afterMinutes: 0 });
  await simulation.advance(6);
  // Four orders at a time, each in three steps.
  await simulation.runDue(ORDERS * 3);
  await simulation.advance(4);
  await simulation.runDue(ORDERS * 3);
  expect(await allOf(simulation.store, "bricklinkOrders")).toHaveLength(ORDERS);
  const [lot] = await allOf(simulation.store, "inventoryItems");
  expect([lot?.quantityOnHand, lot?.quantityReserved]).toEqual([ORDERS, ORDERS]);
  const notifications = await allOf(simulation.store, "bricklinkNotifications");
  expect(notifications.filter(({ status }) => status !== "completed")).toEqual([]);
  expect(simulation.api.calls).toBeLessThan(CALLS_PER_DAY);
  vi.clearAllTimers();
}, 240_000);
