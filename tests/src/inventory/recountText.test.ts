import { expect, it } from "vitest";
import { dismissText, recountText, takenText } from "../../../src/inventory/recountText";

const at = { askedAt: 0, person: "ann" };

it("a lot to look at says what was reported lost, what was taken for which orders, by whom, and what to do", () => {
  const one = { quantity: 0, taken: [{ orderNumber: 123, quantity: 2 }] };
  expect(takenText(one)).toBe("2 pieces taken for order 123: lower this lot on BrickLink.");
  expect(recountText({ ...one, ...at }, 0)).toBe(
    "2 pieces taken for order 123: lower this lot on BrickLink. By ann, just now.",
  );
  const both = { quantity: 1, taken: [...one.taken, { orderNumber: 124, quantity: 1 }] };
  expect(recountText({ ...both, ...at }, 0)).toBe(
    "To count: 1 piece reported lost, last by ann, just now. Count them below. 3 pieces taken for orders 123, 124: lower this lot on BrickLink.",
  );
  const lost = { quantity: 1, taken: [] };
  expect(takenText(lost)).toBeNull();
  expect([one, both, lost].map(dismissText)).toEqual(["Lowered on BrickLink", "Done", "No count needed"]);
});
