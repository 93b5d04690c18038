/** What can happen to a store and its BrickLink, as data: drawn and shrunk by fast-check. */
import fc from "fast-check";
import { faultProfileNames, type FaultProfileName } from "../../local/bricklink/faults/faultProfiles";

/** Numbers choose among what there is at that moment: `which` of the orders, `lot` of the lots on sale. */
export type WantedLine = { lot: number; quantity: number };

export type Action =
  | { kind: "order"; lines: WantedLine[] }
  | { kind: "add"; which: number; lines: WantedLine[] }
  | { kind: "removeLine"; which: number; line: number; restock: boolean }
  | { kind: "pay"; which: number }
  | { kind: "status"; which: number; to: string; isNotified: boolean; restock: boolean }
  | { kind: "file"; which: number }
  | { kind: "restock"; lot: number; quantity: number }
  | { kind: "import" }
  | { kind: "close"; isClosed: boolean }
  | { kind: "weather"; name: FaultProfileName }
  | { kind: "skew"; minutes: number }
  | { kind: "crash" }
  | { kind: "repeatCallback"; which: number };

export type Event = Action & { afterMinutes: number };

export type Scenario = {
  /** Pieces on sale of each lot at the start. */
  lots: number[];
  events: Event[];
  /** Of the weather and of everything else that is chance. */
  seed: number;
};

const which = fc.nat(40);
const lines = fc.array(fc.record({ lot: fc.nat(10), quantity: fc.integer({ min: 1, max: 6 }) }), {
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

const actions: Record<Action["kind"], { weight: number; arbitrary: fc.Arbitrary<Action> }> = {
  order: { weight: 6, arbitrary: fc.record({ kind: fc.constant("order"), lines }) },
  add: { weight: 3, arbitrary: fc.record({ kind: fc.constant("add"), which, lines }) },
  removeLine: {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant("removeLine"), which, line: fc.nat(6), restock: fc.boolean() }),
  },
  pay: { weight: 3, arbitrary: fc.record({ kind: fc.constant("pay"), which }) },
  status: {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant("status"),
      which,
      to: fc.constantFrom(...statuses),
      isNotified: fc.boolean(),
      restock: fc.boolean(),
    }),
  },
  file: { weight: 1, arbitrary: fc.record({ kind: fc.constant("file"), which }) },
  restock: {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant("restock"),
      lot: fc.nat(10),
      quantity: fc.integer({ min: 1, max: 9 }),
    }),
  },
  import: { weight: 1, arbitrary: fc.record({ kind: fc.constant("import") }) },
  close: { weight: 1, arbitrary: fc.record({ kind: fc.constant("close"), isClosed: fc.boolean() }) },
  weather: {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("weather"), name: fc.constantFrom(...faultProfileNames) }),
  },
  skew: {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant("skew"), minutes: fc.integer({ min: -20, max: 20 }) }),
  },
  crash: { weight: 2, arbitrary: fc.record({ kind: fc.constant("crash") }) },
  repeatCallback: { weight: 2, arbitrary: fc.record({ kind: fc.constant("repeatCallback"), which }) },
};

/** What makes on hand depend on more than the final state: left out where no import ends the scenario. */
const needsImport = new Set<Action["kind"]>(["restock", "import", "close"]);

function eventsOf(kinds: readonly Action["kind"][]): fc.Arbitrary<Event[]> {
  const action = fc.oneof(...kinds.map((kind) => actions[kind]));
  const event = fc
    .tuple(action, fc.oneof({ weight: 4, arbitrary: fc.nat(4) }, { weight: 1, arbitrary: fc.nat(30) }))
    .map(([what, afterMinutes]) => ({ ...what, afterMinutes }));
  return fc.array(event, { minLength: 1, maxLength: 14 });
}

const allKinds = Object.keys(actions) as Action["kind"][];

/** `withImports`: the shop restocks, closes and imports too, and an import ends the scenario. */
export function scenarios(withImports: boolean): fc.Arbitrary<Scenario> {
  return fc.record({
    lots: fc.array(fc.integer({ min: 0, max: 12 }), { minLength: 1, maxLength: 5 }),
    events: eventsOf(withImports ? allKinds : allKinds.filter((kind) => !needsImport.has(kind))),
    seed: fc.integer(),
  });
}
