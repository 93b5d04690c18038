/** Arbitrary values, for tests of properties that hold for all of them. */
import type { Value } from "convex/values";
import fc from "fast-check";

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
export const { anyValue } = fc.letrec<{ anyValue: Value }>((tie) => ({
  anyValue: fc.oneof(
    { depthSize: "small" },
    leaf,
    fc.array(tie("anyValue"), { maxLength: 4 }),
    fc.dictionary(fc.stringMatching(/^[a-c]{1,3}$/), tie("anyValue"), { maxKeys: 4 }),
  ),
}));
