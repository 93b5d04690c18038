/** Random outages of BrickLink: how long orders that were placed during one take to arrive once it has ended. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { StoreSimulation } from "../scenarios/simulation";
import { checkScenarios, TIME_LIMIT_MS } from "../scenarios/runs";
import { useFakeClock } from "../support";

useFakeClock();

const MINUTES_AFTER_OUTAGE = 5;

/** Of the number of scenarios, because an outage takes twice as long. */
const SHARE = 0.5;

/** Orders by the minute of the outage in which each is placed. `isNotified`: BrickLink sends the callback. */
const outages = fc
  .record({
    /** maintenance: one call in ten succeeds. ordersOnly: only orders cannot be fetched. */
    kind: fc.constantFrom("outage" as const, "maintenance" as const, "ordersOnly" as const),
    quietMinutes: fc.nat(20),
    minutes: fc.oneof(fc.integer({ min: 1, max: 15 }), fc.integer({ min: 16, max: 240 })),
    seed: fc.integer(),
  })
  .chain((outage) =>
    fc
      .array(fc.record({ minute: fc.nat(outage.minutes - 1), isNotified: fc.boolean() }), {
        minLength: 1,
        maxLength: 8,
      })
      .map((orders) => ({ ...outage, orders: orders.sort((a, b) => a.minute - b.minute) })),
  );

type Outage = typeof outages extends fc.Arbitrary<infer Each> ? Each : never;

async function playOutage({ kind, quietMinutes, minutes, seed, orders }: Outage): Promise<void> {
  const simulation = await StoreSimulation.open(
    { lots: [{ quantity: 50, isRetained: true }], startsWithImport: true, seed },
    false,
  );
  const name = kind === "ordersOnly" ? "none" : kind;
  await simulation.apply({ kind: "faultProfile", name, afterMinutes: quietMinutes });
  simulation.api.areOrdersDown = kind === "ordersOnly";
  let minute = 0;
  for (const order of orders) {
    await simulation.advance(order.minute - minute);
    minute = order.minute;
    simulation.areCallbacksLost = !order.isNotified;
    await simulation.apply({
      kind: "order",
      lines: [{ lotIndex: 0, quantity: 1 }],
      afterMinutes: 0,
    });
  }
  await simulation.advance(minutes - minute);
  if (kind !== "maintenance") expect(await simulation.store.orders()).toEqual([]);
  simulation.api.areOrdersDown = false;
  await simulation.apply({ kind: "faultProfile", name: "none", afterMinutes: 0 });
  await simulation.advance(MINUTES_AFTER_OUTAGE);
  expect(await simulation.store.orders()).toHaveLength(orders.length);
  const reserved = (await simulation.store.lots()).map(({ quantityReserved }) => quantityReserved);
  expect(reserved).toEqual([orders.length]);
}

it(
  "every order placed during an outage of any length is stored within five minutes of its end",
  () => checkScenarios(outages, playOutage, SHARE),
  TIME_LIMIT_MS,
);
