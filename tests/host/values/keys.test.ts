import { compareValues } from "convex/values";
import fc from "fast-check";
import { expect, it } from "vitest";
import { afterPrefix, encodeKey, encodeValue } from "../../../local/host/values/keys";
import { anyValue } from "./values";

const maybe = fc.option(anyValue, { nil: undefined });

it("encoded keys sort as their values do", () => {
  fc.assert(
    fc.property(maybe, maybe, (a, b) => {
      expect(Math.sign(Buffer.compare(encodeValue(a), encodeValue(b)))).toBe(Math.sign(compareValues(a, b)));
    }),
    { numRuns: 3_000 },
  );
});

it("encoded keys of several values sort as the tuples of the values do", () => {
  fc.assert(
    fc.property(fc.array(maybe, { maxLength: 3 }), fc.array(maybe, { maxLength: 3 }), (a, b) => {
      const shared = Math.min(a.length, b.length);
      const first = a.slice(0, shared).findIndex((each, index) => compareValues(each, b[index]) !== 0);
      const expected =
        first < 0 ? Math.sign(a.length - b.length) : Math.sign(compareValues(a[first], b[first]));
      expect(Math.sign(Buffer.compare(encodeKey(a), encodeKey(b)))).toBe(expected);
    }),
    { numRuns: 1_000 },
  );
});

it("the end of a prefix sorts after every key with the prefix and before every other key behind them", () => {
  fc.assert(
    fc.property(maybe, maybe, maybe, (value, next, other) => {
      const prefix = encodeValue(value);
      const end = afterPrefix(prefix);
      expect(Buffer.compare(encodeKey([value, next]), end)).toBe(-1);
      const isBehind = compareValues(other, value) > 0;
      expect(Buffer.compare(encodeValue(other), end) >= 0).toBe(isBehind);
    }),
    { numRuns: 2_000 },
  );
});

it("ranges of whole numbers that follow one another touch, and those of other values do not", () => {
  const touch = (a: Parameters<typeof encodeValue>[0], b: Parameters<typeof encodeValue>[0]) =>
    afterPrefix(encodeValue(a)).equals(encodeValue(b));
  expect([touch(5n, 6n), touch(-3n, -2n), touch(false, true)]).toEqual([true, true, true]);
  expect([touch(5n, 7n), touch(5, 6), touch("a", "b")]).toEqual([false, false, false]);
});
