/**
 * Random shops, buyers and bad days: when the faults stop and everything has settled, orders, lines and lots are what
 * BrickLink's own final state says they must be. A failing scenario is printed and shrunk; SCENARIO_RUNS sets how many.
 */
import fc from "fast-check";
import { afterAll, beforeEach, expect, it, vi } from "vitest";
import { expectedOf, lineWord, type Expected } from "../scenarios/expected";
import { scenarios, type Scenario } from "../scenarios/scenario";
import { World } from "../scenarios/world";
import { allOf, api, useFakeClock } from "../support/store";
import { checkInvariants } from "../support/invariants";

useFakeClock();

// Skewed clocks and garbled callbacks are told of in the log, thousands of times.
beforeEach(() => void vi.spyOn(console, "warn").mockImplementation(() => undefined));

/** What was played, for `npm run soak`, which adds it up. */
const played = { orders: 0, faults: 0, checks: 0 };

afterAll(() => {
  if (process.env.SCENARIO_REPORT) console.log(`played ${JSON.stringify(played)}`);
});

const RUNS = Number(process.env.SCENARIO_RUNS ?? 120);
const TIME_LIMIT_MS = 60_000 + RUNS * 2_000;

async function actualOf({ store }: World): Promise<Expected> {
  const [orders, lines, lots] = await Promise.all([
    allOf(store, "bricklinkOrders"),
    allOf(store, "bricklinkOrderItems"),
    allOf(store, "inventoryItems"),
  ]);
  return {
    orders: orders
      .sort((a, b) => a.orderNumber - b.orderNumber)
      .map(({ _id, orderNumber, status }) => ({
        number: orderNumber,
        status,
        lines: lines
          .filter(({ orderId }) => orderId === _id)
          .map((line) =>
            lineWord(line.batch, line.lotId, line.quantity, line.reservedQuantity, line.fulfilledQuantity),
          )
          .sort(),
      })),
    lots: Object.fromEntries(
      lots.map(({ sourceLotId, quantityOnHand, quantityReserved }) => [
        Number(sourceLotId?.split(":")[1]),
        [quantityOnHand, quantityReserved],
      ]),
    ),
  };
}

async function play({ lots, events, seed }: Scenario, withImports: boolean): Promise<void> {
  const world = await World.open(lots, seed, withImports);
  for (const event of events) {
    await world.happen(event);
    await checkInvariants(world.store);
    played.checks += 1;
  }
  world.model.state.isClosed = false;
  await world.settle(withImports);
  await checkInvariants(world.store);
  const expected = expectedOf(world.model, world.listedAtStart, withImports);
  const actual = await actualOf(world);
  expect(actual.lots).toEqual(expected.lots);
  if (withImports) {
    // What had left the shelf before somebody re-opened an order is not for the final state to say; the rest is.
    const bare = ({ orders }: Expected) => orders.map(({ number, status }) => ({ number, status }));
    expect(bare(actual)).toEqual(bare(expected));
  } else {
    expect(actual.orders).toEqual(expected.orders);
  }
  const waiting = (await allOf(world.store, "bricklinkNotifications")).filter(
    ({ status, nextAttemptAt }) =>
      status === "processing" || status === "pending" || nextAttemptAt !== undefined,
  );
  expect(waiting).toEqual([]);
  const { businessAccountId, owner } = world.store;
  const strip = await owner.query(api.marketplaces.bricklink.health.strip, { businessAccountId });
  expect(strip.lastError).toBeNull();
  played.orders += world.model.orders.size;
  played.faults += world.faults;
  played.checks += 1;
}

it.each([
  ["without an import, lots have lost exactly what was shipped", false],
  ["with restocking, closing and imports, lots are what BrickLink lists and open orders require", true],
])(
  "%s",
  async (_, withImports) => {
    await fc.assert(
      fc.asyncProperty(scenarios(withImports), (scenario) => play(scenario, withImports)),
      { numRuns: RUNS },
    );
  },
  TIME_LIMIT_MS,
);
