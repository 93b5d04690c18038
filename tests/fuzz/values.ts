/** JSON values of every sort, and valid values with something wrong in them. */
import fc from "fast-check";
import { longText, specialJson } from "./placeholders";

/** Values that code meant for other types is likely to stumble over. */
const awkwardValues: unknown[] = [
  null,
  true,
  -1,
  0.5,
  2 ** 53,
  1e308,
  "",
  "\0",
  "\ud800",
  "__proto__",
  "constructor",
  [],
  {},
  [[]],
  { $integer: "AAAAAAAAAAA=" },
  { $integer: "AA==" },
  { $integer: 5 },
  { $float: "AAAAAAAA+H8=" },
  { $float: "" },
  { $bytes: "%%%" },
  { $bytes: "AAAA" },
  { $undefined: null },
  { _id: "x", "": 1 },
  specialJson("infinity"),
  specialJson("prototype"),
  specialJson("nested", 60),
  specialJson("nested", 20_000),
  specialJson("nestedObjects", 5_000),
  longText(50_000),
];

/** Any JSON value. */
export const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...awkwardValues) },
  { weight: 1, arbitrary: fc.string({ unit: "binary", maxLength: 40 }) },
  { weight: 1, arbitrary: fc.double() },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
);

const anyKey = fc.constantFrom("__proto__", "constructor", "toString", "", "$x", "_x", "cursor", "é", "x");

/** A change of one place in a value. `steps` choose the place, one for each level down. */
type Change = { steps: number[]; value: unknown; what: "replace" | "remove" | "add"; key: string };

const change: fc.Arbitrary<Change> = fc.record({
  steps: fc.array(fc.nat(20), { maxLength: 3 }),
  value: anyValue,
  what: fc.constantFrom("replace", "replace", "replace", "remove", "add"),
  key: anyKey,
});

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function changed(value: unknown, { steps, ...rest }: Change): unknown {
  const [step, ...deeper] = steps;
  if (Array.isArray(value) && step !== undefined && value.length > 0) {
    return value.map((element: unknown, index) =>
      index === step % value.length ? changed(element, { steps: deeper, ...rest }) : element,
    );
  }
  if (!isObject(value)) return rest.value;
  const keys = Object.keys(value);
  const key = step === undefined ? undefined : keys[step % keys.length];
  if (rest.what === "add" || key === undefined)
    // A spread or an assignment would set the prototype instead of a field named __proto__.
    return Object.fromEntries([...Object.entries(value), [rest.key, rest.value]]);
  if (rest.what === "remove")
    return Object.fromEntries(Object.entries(value).filter(([name]) => name !== key));
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [
      name,
      name === key ? changed(field, { steps: deeper, ...rest }) : field,
    ]),
  );
}

/** The value as it is, or with one or two places changed. */
export function variantsOf(valid: unknown): fc.Arbitrary<unknown> {
  return fc
    .array(change, { maxLength: 2 })
    .map((changes) => changes.reduce<unknown>((value, one) => changed(value, one), valid));
}

/** Texts that are no JSON, or JSON of the wrong shape. */
export const anyBody: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    "",
    "{",
    "[",
    "null",
    "[]",
    "{}",
    '"x"',
    "\0",
    "{'a':1}",
    '{"a":1,}',
    "NaN",
    "\ufeff{}",
    `"${specialJson("nested", 100_000)}"`,
    `"${specialJson("duplicate")}"`,
    `"${specialJson("prototype")}"`,
    longText(100_000),
  ),
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.json({ maxDepth: 4 }),
  anyValue.map((value) => JSON.stringify(value) ?? ""),
);
