import { convexToJson, v, type JSONValue, type Validator, type Value } from "convex/values";
import fc from "fast-check";
import { expect, it } from "vitest";
import { surelyFits } from "../../../local/host/values/jsonChecks";
import { fits, parseValidator, type ValidatorJson } from "../../../local/host/values/validators";

const isId = (table: string, id: string) => id === `${table}1`;

const leaf: fc.Arbitrary<Value> = fc.oneof(
  fc.constantFrom<Value>(null, true, 0, -0, Number.NaN, 1, "a", "items1", "$integer", new ArrayBuffer(2)),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }),
);
const name = fc.constantFrom("a", "b", "c");
const { value } = fc.letrec<{ value: Value }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    leaf,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(name, tie("value"), { maxKeys: 3 }),
  ),
}));

const { validator } = fc.letrec<{ validator: Validator<Value, "required" | "optional", string> }>((tie) => ({
  validator: fc.oneof(
    { depthSize: "small" },
    fc.constantFrom(
      v.null(),
      v.boolean(),
      v.number(),
      v.int64(),
      v.string(),
      v.bytes(),
      v.any(),
      v.id("items"),
      v.literal("a"),
      v.literal(1),
      v.literal(1n),
    ),
    tie("validator").map((inner) => v.array(inner as never)),
    tie("validator").map((inner) => v.record(v.string(), inner as never)),
    fc.array(tie("validator"), { maxLength: 3 }).map((members) => v.union(...(members as never[]))),
    fc
      .dictionary(name, fc.tuple(tie("validator"), fc.boolean()), { maxKeys: 3 })
      .map((fields) =>
        v.object(
          Object.fromEntries(
            Object.entries(fields).map(([key, [inner, isOptional]]) => [
              key,
              isOptional ? v.optional(inner as never) : inner,
            ]),
          ) as never,
        ),
      ),
  ),
}));

/** A validator as a function exports it. */
function exported(given: Validator<Value, "required" | "optional", string>): ValidatorJson {
  return parseValidator((given as unknown as { json: unknown }).json);
}

it("what the check of JSON lets pass is a value that matches the validator", () => {
  let passed = 0;
  fc.assert(
    fc.property(validator, value, (given, sent) => {
      const json = exported(given);
      if (!surelyFits(json, convexToJson(sent), isId)) return;
      passed += 1;
      expect(fits(json, sent, isId)).toBe(true);
    }),
    { numRuns: 4_000 },
  );
  expect(passed).toBeGreaterThan(50);
});

it.each<[string, JSONValue]>([
  ["an int64 that is none", { $integer: "x" }],
  ["an int64 beside another field", { $integer: "AQAAAAAAAAA=", a: 1 }],
  ["a field that is not declared", { a: 1, b: 2 }],
  ["a field from the prototype", {}],
])("%s is not let pass by the check of JSON", (_, json) => {
  for (const given of [v.int64(), v.object({ a: v.number() }), v.object({ constructor: v.any() })]) {
    expect(surelyFits(exported(given), json, isId)).toBe(false);
  }
});
