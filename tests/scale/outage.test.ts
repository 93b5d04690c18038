/** BrickLink down for six hours while five hundred people order. */
import { expect, it, vi } from "vitest";
import { World } from "../scenarios/simulation";
import { allOf, useFakeClock } from "../support/store";

useFakeClock();

const ORDERS = 500;
const HOURS = 6;
const MINUTES_BETWEEN = 5;
const CALLS_A_DAY = 5_000;

it("brings every order in within the retry schedule, and stays under the day's calls", async () => {
  const world = await World.open([ORDERS], 1, false);
  await world.happen({ kind: "weather", name: "outage", afterMinutes: 1 });
  const rounds = (HOURS * 60) / MINUTES_BETWEEN;
  for (let round = 0; round < rounds; round += 1) {
    const upTo = Math.round((ORDERS * (round + 1)) / rounds);
    while (world.model.orders.size < upTo) {
      await world.happen({ kind: "order", lines: [{ lot: 0, quantity: 1 }], afterMinutes: 0 });
    }
    await world.pass(MINUTES_BETWEEN);
  }
  expect(await allOf(world.store, "bricklinkOrders")).toEqual([]);
  const callsWhileDown = world.calls;
  expect(callsWhileDown).toBeLessThan(100);

  await world.happen({ kind: "weather", name: "none", afterMinutes: 0 });
  await world.pass(16);
  await world.runDue(ORDERS * 2);
  // Those that probed meanwhile wait for their own next attempt.
  await world.pass(45);
  expect(await allOf(world.store, "bricklinkOrders")).toHaveLength(ORDERS);
  const [lot] = await allOf(world.store, "inventoryItems");
  expect([lot?.quantityOnHand, lot?.quantityReserved]).toEqual([ORDERS, ORDERS]);
  const notifications = await allOf(world.store, "bricklinkNotifications");
  expect(notifications.filter(({ status }) => status !== "completed")).toEqual([]);
  expect(world.calls).toBeLessThan(CALLS_A_DAY);
  vi.clearAllTimers();
}, 240_000);
