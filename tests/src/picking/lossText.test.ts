import { expect, it } from "vitest";
import { reportedText } from "../../../src/picking/lossText";

function aLine(missing: number, shortQuantity: number) {
  return { orderNumber: 100, quantity: 3, shortQuantity, losses: { missing, damaged: 0 } };
}

it("a loss of no more than the order wants is said in two words, with the order where there are several", () => {
  expect(reportedText(aLine(2, 2), "missing", false)).toBe("2 missing");
  expect(reportedText(aLine(2, 2), "missing", true)).toBe("2 missing for 100");
});

it("a loss of spare pieces too says what it did to the stock, and what the order lacks", () => {
  expect(reportedText(aLine(52, 3), "missing", false)).toBe(
    "52 missing, taken off your stock. This order lacks 3.",
  );
  expect(reportedText(aLine(52, 3), "missing", true)).toBe(
    "52 missing, taken off your stock. Order 100 lacks 3.",
  );
  expect(reportedText(aLine(52, 0), "missing", false)).toBe("52 missing, taken off your stock.");
});
