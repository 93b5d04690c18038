/** Plays a scenario to its end, and checks the store against BrickLink's own final state on the way and at the end. */
import { expect } from "vitest";
import { api, checkInvariants } from "../support";
import { checkDecisions } from "./decidedChanges";
import { expectedState, lineSummary, type ExpectedState } from "./expectedState";
import { checkRefusals } from "./refusals";
import type { Scenario } from "./scenario";
import { StoreSimulation } from "./simulation";

/** What the scenarios came to. `ends`: of changes, by how they ended; `staff` and `fates`: how often each was done or met. */
export type Played = {
  orders: number;
  faults: number;
  checks: number;
  mails: number;
  feedback: number;
  ends: Record<string, number>;
  staff: Record<string, number>;
  fates: Record<string, number>;
};

export function nothingPlayed(): Played {
  return { orders: 0, faults: 0, checks: 0, mails: 0, feedback: 0, ends: {}, staff: {}, fates: {} };
}

function addCounts(totals: Record<string, number>, counts: Iterable<readonly [string, number]>): void {
  for (const [name, count] of counts) totals[name] = (totals[name] ?? 0) + count;
}

async function actualState({ store }: StoreSimulation): Promise<ExpectedState> {
  const [orders, lines, lots] = await Promise.all([store.orders(), store.lines(), store.lots()]);
  return {
    orders: orders
      .sort((a, b) => a.orderNumber - b.orderNumber)
      .map(({ _id, orderNumber, status }) => ({
        number: orderNumber,
        status,
        lines: lines
          .filter(({ orderId }) => orderId === _id)
          .map((line) =>
            lineSummary(line.batch, line.lotId, line.quantity, line.reservedQuantity, line.fulfilledQuantity),
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

/** A lot that was sold out before any import, and that nothing requires any more, may be stored as empty or not at all. */
function withoutEmptyLots({ lots }: ExpectedState): ExpectedState["lots"] {
  return Object.fromEntries(
    Object.entries(lots).filter(([, [onHand, reserved]]) => onHand > 0 || reserved > 0),
  );
}

async function checkOrdersAndLots(simulation: StoreSimulation, withImports: boolean): Promise<void> {
  const expected = expectedState(simulation.model, simulation.listedAtStart, withImports);
  const actual = await actualState(simulation);
  expect(withoutEmptyLots(actual)).toEqual(withoutEmptyLots(expected));
  if (withImports) {
    // The final state does not tell what had left the shelf before an order was re-opened, so lines are not compared.
    const withoutLines = ({ orders }: ExpectedState) =>
      orders.map(({ number, status }) => ({ number, status }));
    expect(withoutLines(actual)).toEqual(withoutLines(expected));
  } else {
    expect(actual.orders).toEqual(expected.orders);
  }
  const unfinished = (await simulation.store.notifications()).filter(
    ({ status, nextAttemptAt }) =>
      status === "processing" || status === "pending" || nextAttemptAt !== undefined,
  );
  expect(unfinished).toEqual([]);
}

/** Plays a scenario and adds what it came to to `played`. `withImports`: an import ends it. */
export async function play(scenario: Scenario, withImports: boolean, played: Played): Promise<void> {
  const simulation = await StoreSimulation.open(scenario, withImports);
  const { model, store, api: bricklink, staff } = simulation;
  for (const action of scenario.actions) {
    await simulation.apply(action);
    await checkInvariants(store);
    // Before somebody tries a refused change again, or replaces it.
    await checkRefusals(simulation);
    played.checks += 1;
  }
  model.state.isClosed = false;
  await simulation.runToCompletion(withImports);
  await checkInvariants(store);
  await checkOrdersAndLots(simulation, withImports);
  addCounts(played.ends, Object.entries(await checkDecisions(simulation)));
  const strip = await store.query(api.marketplaces.bricklink.limits.health.strip);
  expect(strip.lastError).toBeNull();
  played.orders += model.orders.size;
  played.mails += [...model.orders.values()].reduce((sum, order) => sum + order.driveThruMails.length, 0);
  played.feedback += [...model.orders.values()].reduce((sum, order) => sum + order.feedback.length, 0);
  played.faults += bricklink.faults;
  played.checks += 1;
  addCounts(played.staff, Object.entries(staff.done));
  addCounts(played.fates, bricklink.met);
}
