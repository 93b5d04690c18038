import fc from "fast-check";
import { expect, it } from "vitest";
import type { PickListLine } from "../../../src/picking/pickList";
import { shareFound, shareLoss } from "../../../src/picking/shortage";

const idOf = (index: number) => `line ${index}` as PickListLine["lineId"];

function held(...quantities: number[]) {
  return quantities.map((reservedQuantity, index) => ({ lineId: idOf(index), reservedQuantity }));
}

it("the last totes lose first, and what the bin has to spare goes with the first report", () => {
  expect(shareLoss(held(4, 1), 1, 0)).toEqual([{ lineId: idOf(1), quantity: 1 }]);
  expect(shareLoss(held(4, 1), 3, 0)).toEqual([
    { lineId: idOf(1), quantity: 1 },
    { lineId: idOf(0), quantity: 2 },
  ]);
  expect(shareLoss(held(4, 1), 8, 3)).toEqual([
    { lineId: idOf(1), quantity: 4 },
    { lineId: idOf(0), quantity: 4 },
  ]);
});

it("no piece is lost twice, none is forgotten, and no line loses more than it holds and the bin has to spare", () => {
  const quantities = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(quantities, fc.integer({ min: 0, max: 9 }), fc.nat(), (reserved, spare, seed) => {
      const most = reserved.reduce((sum, quantity) => sum + quantity, spare);
      const lost = seed % (most + 1);
      const shares = shareLoss(held(...reserved), lost, spare);
      expect(shares.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(lost);
      shares.forEach(({ lineId, quantity }, index) => {
        const own = reserved[Number(String(lineId).slice(5))] ?? 0;
        expect(quantity).toBeGreaterThan(0);
        expect(quantity).toBeLessThanOrEqual(own + (index === 0 ? spare : 0));
      });
    }),
  );
});

it("what another bin gives goes to the first totes that lack it", () => {
  const short = [2, 0, 3].map((shortQuantity, index) => ({ lineId: idOf(index), shortQuantity }));
  expect(shareFound(short, 4)).toEqual([
    { lineId: idOf(0), quantity: 2 },
    { lineId: idOf(2), quantity: 2 },
  ]);
});
