import { convexToJson, getConvexSize, type Value } from "convex/values";
import fc from "fast-check";
import { expect, it } from "vitest";
import { assertNotLarger, sizeOf } from "../../../local/host/values/size";
import { anyValue } from "./values";

const MEBIBYTE = 1024 * 1024;

it("a value's size is the one that convex/values tells, whatever its type", () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      expect(sizeOf(convexToJson(value))).toBe(getConvexSize(value));
    }),
    { numRuns: 2_000 },
  );
});

it("a value is refused exactly if it has more bytes than allowed, also where its JSON is much shorter", () => {
  const numbers = (length: number): Value => Array.from({ length }, () => 1);
  const check = (value: Value, bytesMax: number) => {
    const json = convexToJson(value);
    assertNotLarger(json, JSON.stringify(json), bytesMax, "The value is");
  };
  for (const value of [
    numbers(20_000),
    "1".repeat(50_000),
    "\u2603".repeat(9_000),
    1,
    { "": 1 },
    [1n, NaN],
  ]) {
    const size = getConvexSize(value);
    check(value, size);
    expect(() => check(value, size - 1)).toThrow(/^The value is too large/);
  }
});

it("the message names both sizes in mebibytes", () => {
  const text = "x".repeat(1.5 * MEBIBYTE - 2);
  expect(() => assertNotLarger(text, JSON.stringify(text), MEBIBYTE, "The value is")).toThrow(
    "The value is too large (actual: 1.5 MiB, limit: 1 MiB)",
  );
});
