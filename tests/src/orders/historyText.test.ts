import { expect, it } from "vitest";
import { historyEntries, type History } from "../../../src/orders/order/historyText";

const item = { itemName: "Plate 2 x 4", colorName: "Red", location: "A01-02" };
const nothing: History = { orderedAt: 0, payment: null, movements: [], steps: [], counts: [] };

/** The sentences of a history but the first, which says that the order was placed. */
function sentences(history: Partial<History>): string[] {
  return historyEntries({ ...nothing, ...history })
    .slice(1)
    .map(({ sentence }) => sentence);
}

it("a history says that the order was placed and its payment arrived, and how", () => {
  expect(historyEntries({ ...nothing, payment: { at: 5, method: "PayPal" } })).toEqual([
    { at: 0, sentence: "The buyer placed the order" },
    { at: 5, sentence: "The payment arrived, by PayPal" },
  ]);
});

it("a history names the person of a tick, of a tick taken back and of pieces put back", () => {
  const step = { at: 1, person: "ann", quantity: 3, item } as const;
  expect(
    sentences({
      steps: [
        { ...step, kind: "picked" },
        { ...step, kind: "unpicked", person: null },
        { ...step, kind: "returned", item: { ...item, location: "UNKNOWN" } },
        { ...step, kind: "fetched", quantity: 0, item: null },
      ],
    }),
  ).toEqual([
    "ann picked 3 × Red Plate 2 x 4 (A01-02)",
    "A former colleague marked 3 × Red Plate 2 x 4 (A01-02) as not picked",
    "ann put 3 × Red Plate 2 x 4 (no bin) back in the bin",
    "ann asked BrickLink for the order",
  ]);
});

it("a history tells a count that changed the number from one that confirmed it, and an undone one", () => {
  const count = { at: 1, person: "ann", item, onHandBefore: 10, onHandAfter: 8 };
  expect(
    sentences({
      counts: [
        { ...count, reason: "counted" },
        { ...count, reason: "damaged" },
        { ...count, reason: "counted", onHandAfter: 10 },
        { ...count, reason: "undo" },
      ],
    }),
  ).toEqual([
    "ann counted Red Plate 2 x 4 (A01-02): on hand 10 → 8",
    "ann counted Red Plate 2 x 4 (A01-02): on hand 10 → 8, pieces were damaged",
    "ann counted Red Plate 2 x 4 (A01-02): 10 on hand, as before",
    "ann undid a count of Red Plate 2 x 4 (A01-02): on hand 10 → 8",
  ]);
});

it("a history names who moved stock, and nobody where the order's own change did", () => {
  const movement = { at: 1, kind: "missing", quantity: 1, person: "ann", item } as const;
  expect(sentences({ movements: [movement, { ...movement, kind: "reserve", person: null }] })).toEqual([
    "ann: 1 × Red Plate 2 x 4 (A01-02) missing from the bin",
    "1 × Red Plate 2 x 4 (A01-02) reserved",
  ]);
});
