import fc from "fast-check";
import { expect, it } from "vitest";
import { parseMoney } from "../../../../../convex/marketplaces/bricklink/api/money";

it.each([
  ["13.1210", 131_210n],
  ["0.0000", 0n],
  ["18.00", 180_000n],
  ["7", 70_000n],
  ["-0.0500", -500n],
  ["1.23450000", 12_345n],
])("the amount %s is parsed exactly", (text, amount) => expect(parseMoney(text)).toBe(amount));

it.each(["", "1,20", "1.23456", "abc", "1e3", "."])(
  "the text %j is refused as an amount rather than rounded",
  (text) => {
    expect(parseMoney(text)).toBeUndefined();
  },
);

it("every amount with four decimals is parsed exactly", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 16n), max: 10n ** 16n }), (amount) => {
      const digits = String(amount < 0n ? -amount : amount).padStart(5, "0");
      const text = `${amount < 0n ? "-" : ""}${digits.slice(0, -4)}.${digits.slice(-4)}`;
      expect(parseMoney(text)).toBe(amount);
    }),
  );
});
