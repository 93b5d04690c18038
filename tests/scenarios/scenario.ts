/** Random scenarios of a store and its BrickLink, as data that fast-check can generate and shrink. */
import fc from "fast-check";
import { faultProfileNames, type FaultProfileName } from "../../local/bricklink/faults/faultProfiles";
import type { Change } from "../support/writes";
import { writeFates, type WriteFate } from "./simulatedApi";

/** Every `…Index` selects from the items that exist when the action is performed, modulo their number. */
export type WantedLine = { lotIndex: number; quantity: number };

/** A change that staff ask for. `choice`: which of the offered ones. */
export type WantedChange = { kind: Change["kind"]; choice: number };

/**
 * `afterwards`, after `seconds`: whether it is taken back, or others of the same kinds are asked for. `fates`: what becomes of the
 * next writes.
 */
export type Decide = {
  kind: "decide";
  orderIndexes: number[];
  changes: WantedChange[];
  fates: WriteFate[];
  afterwards: "leave" | "withdraw" | "again";
  seconds: number;
};

/** What staff do later about a change that waits or was refused. `choice`: which of them. */
export type Revisit = { kind: "revisit"; choice: number; what: "withdraw" | "retry" | "dismiss" };

export type Action =
  | Decide
  | Revisit
  | { kind: "complete"; orderIndex: number }
  | { kind: "readOnly"; minutes: number }
  | { kind: "order"; lines: WantedLine[] }
  | { kind: "add"; orderIndex: number; lines: WantedLine[] }
  | { kind: "removeLine"; orderIndex: number; lineIndex: number; restock: boolean }
  | { kind: "pay"; orderIndex: number }
  | { kind: "status"; orderIndex: number; to: string; isNotified: boolean; restock: boolean }
  | { kind: "file"; orderIndex: number }
  | { kind: "restock"; lotIndex: number; quantity: number }
  | { kind: "import" }
  | { kind: "close"; isClosed: boolean }
  | { kind: "faultProfile"; name: FaultProfileName }
  | { kind: "clockSkew"; minutes: number }
  | { kind: "crash" }
  | { kind: "pick"; orderIndex: number; isThenCancelled: boolean }
  | { kind: "confirmReturns" }
  | { kind: "refuseKeys" }
  | { kind: "changeKeys" }
  | { kind: "makeUnreadable"; orderIndex: number }
  | { kind: "repeatCallback"; callbackIndex: number };

/** An action, and how many minutes after the previous one it is performed. */
export type TimedAction = Action & { afterMinutes: number };

/** A lot on sale at the start. BrickLink deletes one that is sold out, unless the seller retains it (help 270). */
export type LotAtStart = { quantity: number; isRetained: boolean };

export type Scenario = {
  lots: LotAtStart[];
  /** Whether the inventory is imported before the first action; otherwise lots may be sold out before any import. */
  startsWithImport: boolean;
  actions: TimedAction[];
  /** The seed of faults and of every other random draw while the scenario runs. */
  seed: number;
};

const index = fc.nat(40);
const lines = fc.array(fc.record({ lotIndex: fc.nat(10), quantity: fc.integer({ min: 1, max: 6 }) }), {
  minLength: 1,
  maxLength: 4,
});
const statuses = [
  "PROCESSING",
  "READY",
  "PACKED",
  "SHIPPED",
  "RECEIVED",
  "COMPLETED",
  "CANCELLED",
  "NPB",
  "OCR",
  "PENDING",
];

const changeKinds = ["status", "payment", "shipping", "remarks", "filing", "driveThru", "feedback"] as const;

const decide: fc.Arbitrary<Decide> = fc.record({
  kind: fc.constant("decide"),
  orderIndexes: fc.array(index, { minLength: 1, maxLength: 3 }),
  changes: fc.uniqueArray(
    fc.record({
      kind: fc.oneof(
        {
          weight: 3,
          arbitrary: fc.constantFrom(...(["status", "shipping", "driveThru", "feedback"] as const)),
        },
        { weight: 1, arbitrary: fc.constantFrom(...changeKinds) },
      ),
      choice: index,
    }),
    { selector: ({ kind }) => kind, minLength: 1, maxLength: 3 },
  ),
  fates: fc.oneof(
    fc.constant<WriteFate[]>([]),
    fc.array(fc.constantFrom(...writeFates), { minLength: 1, maxLength: 3 }),
  ),
  afterwards: fc.constantFrom("leave", "leave", "withdraw", "again"),
  // Some are asked for or taken back when the first has been sent.
  seconds: fc.integer({ min: 0, max: 12 }),
});

const arbitraries: Record<Action["kind"], { weight: number; arbitrary: fc.Arbitrary<Action> }> = {
  order: { weight: 6, arbitrary: fc.record({ kind: fc.constant("order"), lines }) },
  add: { weight: 3, arbitrary: fc.record({ kind: fc.constant("add"), orderIndex: index, lines }) },
  removeLine: {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("removeLine"),
      orderIndex: index,
      lineIndex: fc.nat(6),
      restock: fc.boolean(),
    }),
  },
  pay: { weight: 3, arbitrary: fc.record({ kind: fc.constant("pay"), orderIndex: index }) },
  status: {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("status"),
      orderIndex: index,
      to: fc.constantFrom(...statuses),
      isNotified: fc.boolean(),
      restock: fc.boolean(),
    }),
  },
  file: { weight: 1, arbitrary: fc.record({ kind: fc.constant("file"), orderIndex: index }) },
  restock: {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("restock"),
      lotIndex: fc.nat(10),
      quantity: fc.integer({ min: 1, max: 9 }),
    }),
  },
  import: { weight: 1, arbitrary: fc.record({ kind: fc.constant("import") }) },
  close: { weight: 1, arbitrary: fc.record({ kind: fc.constant("close"), isClosed: fc.boolean() }) },
  faultProfile: {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("faultProfile"), name: fc.constantFrom(...faultProfileNames) }),
  },
  clockSkew: {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("clockSkew"), minutes: fc.integer({ min: -20, max: 20 }) }),
  },
  crash: { weight: 2, arbitrary: fc.record({ kind: fc.constant("crash") }) },
  pick: {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant("pick"),
      orderIndex: index,
      isThenCancelled: fc.boolean(),
    }),
  },
  confirmReturns: { weight: 1, arbitrary: fc.record({ kind: fc.constant("confirmReturns") }) },
  refuseKeys: { weight: 1, arbitrary: fc.record({ kind: fc.constant("refuseKeys") }) },
  changeKeys: { weight: 1, arbitrary: fc.record({ kind: fc.constant("changeKeys") }) },
  makeUnreadable: {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("makeUnreadable"), orderIndex: index }),
  },
  repeatCallback: {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("repeatCallback"), callbackIndex: index }),
  },
  decide: { weight: 8, arbitrary: decide },
  revisit: {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("revisit"),
      choice: index,
      what: fc.constantFrom("withdraw", "retry", "retry", "dismiss"),
    }),
  },
  complete: { weight: 1, arbitrary: fc.record({ kind: fc.constant("complete"), orderIndex: index }) },
  readOnly: {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("readOnly"), minutes: fc.integer({ min: 0, max: 3 }) }),
  },
};

/** Actions after which the stock on hand follows from the final state only if an import ends the scenario. */
const needsImport = new Set<Action["kind"]>(["restock", "import", "close"]);

function actionsOf(
  kinds: readonly Action["kind"][],
  { minLength, maxLength } = { minLength: 1, maxLength: 14 },
): fc.Arbitrary<TimedAction[]> {
  const action = fc.oneof(...kinds.map((kind) => arbitraries[kind]));
  const timedAction = fc
    .tuple(action, fc.oneof({ weight: 4, arbitrary: fc.nat(4) }, { weight: 1, arbitrary: fc.nat(30) }))
    .map(([chosen, afterMinutes]) => ({ ...chosen, afterMinutes }));
  return fc.array(timedAction, { minLength, maxLength });
}

const allKinds = Object.keys(arbitraries) as Action["kind"][];

/** The first lot is retained, because a list without any lot means that the store is closed. */
const lotsAtStart = fc
  .tuple(
    fc.integer({ min: 0, max: 12 }),
    fc.array(fc.record({ quantity: fc.integer({ min: 1, max: 12 }), isRetained: fc.boolean() }), {
      maxLength: 4,
    }),
  )
  .map(([quantity, others]): LotAtStart[] => [{ quantity, isRetained: true }, ...others]);

/** `withImports`: actions include restocking, closing and importing, and an import ends the scenario. */
export function scenarios(withImports: boolean): fc.Arbitrary<Scenario> {
  return fc.record({
    lots: lotsAtStart,
    startsWithImport: withImports ? fc.boolean() : fc.constant(true),
    actions: actionsOf(withImports ? allKinds : allKinds.filter((kind) => !needsImport.has(kind))),
    seed: fc.integer(),
  });
}

const kindsOfStaff: Action["kind"][] = [
  ...["order", "add", "pay", "status", "faultProfile", "crash", "refuseKeys", "changeKeys"],
  ...["decide", "revisit", "complete", "readOnly", "makeUnreadable"],
] as const;

/**
 * Scenarios in which staff change orders while answers are lost, runs crash and orders move. Each begins with two new orders and one
 * that its buyer has received, on which feedback can be left.
 */
export function scenariosOfStaff(): fc.Arbitrary<Scenario> {
  const orders: TimedAction[] = [0, 1, 0].map((lotIndex) => ({
    kind: "order",
    lines: [{ lotIndex, quantity: 1 }],
    afterMinutes: 0,
  }));
  const received: TimedAction[] = ["SHIPPED", "RECEIVED"].map((to) => ({
    ...{ kind: "status", orderIndex: 2, to, isNotified: true, restock: false },
    afterMinutes: 0,
  }));
  return fc.record({
    lots: fc.constant([
      { quantity: 12, isRetained: true },
      { quantity: 12, isRetained: false },
    ]),
    startsWithImport: fc.constant(true),
    actions: actionsOf(kindsOfStaff, { minLength: 4, maxLength: 20 }).map((actions) => [
      ...orders,
      ...received,
      ...actions,
    ]),
    seed: fc.integer(),
  });
}
