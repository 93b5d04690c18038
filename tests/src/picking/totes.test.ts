import { expect, it } from "vitest";
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
