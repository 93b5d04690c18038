import { compareValues, type Value } from "convex/values";
import fc from "fast-check";
import { expect, it } from "vitest";
import { encodeKey, encodeValue } from "../../../local/host/values/keys";

const text = fc.oneof(
  fc.string({ unit: "grapheme" }),
  fc.constantFrom("", "\0", "a", "a\0", "a\0b", "\u{10ffff}", "\uffff"),
);
const number = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(0, -0, Infinity, -Infinity, Number.NaN, Number.MIN_VALUE),
);
const leaf: fc.Arbitrary<Value> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  number,
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
  text,
  fc.uint8Array({ maxLength: 6 }).map((bytes) => new Uint8Array(bytes).buffer),
);
const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    leaf,
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.stringMatching(/^[a-c]{1,3}$/), tie("value"), { maxKeys: 4 }),
  ),
}));
const maybe = fc.option(value, { nil: undefined });

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
