import { expect, it } from "vitest";
import { inToteOrder, parseOrderNumbers } from "../../../src/picking/search";
import { toteOf, toteText } from "../../../src/picking/totes";

it("no two totes of a walk of forty orders have the same shape and colour", () => {
  const looks = Array.from({ length: 40 }, (_, index) => {
    const { shape, color } = toteOf(index + 1);
    return `${color} ${shape}`;
  });
  expect(new Set(looks).size).toBe(40);
});

it("a tote is named by number, colour and shape", () => {
  expect(toteText(toteOf(2))).toBe("tote 2, orange square");
});

it("the same orders go into the same totes, however they were chosen", () => {
  expect(inToteOrder(parseOrderNumbers("125-99-124"))).toEqual(inToteOrder(parseOrderNumbers("99-124-125")));
  expect(inToteOrder([125, 99, 124])).toEqual([99, 124, 125]);
});
