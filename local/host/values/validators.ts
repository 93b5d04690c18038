/**
 * Checks values against validators, given as the JSON that convex/values exports. Errors name the path, as on Convex.
 */
import { CommitTsPlaceholder, type Value } from "convex/values";
import { z } from "zod";

type FieldJson = { fieldType: ValidatorJson; optional: boolean };

export type ValidatorJson =
  | { type: "null" | "number" | "bigint" | "boolean" | "string" | "bytes" | "any" | "commitTs" }
  | { type: "literal"; value: unknown }
  | { type: "id"; tableName: string }
  | { type: "array"; value: ValidatorJson }
  | { type: "record"; keys: ValidatorJson; values: FieldJson }
  | { type: "object"; value: Record<string, FieldJson> }
  | { type: "union"; value: ValidatorJson[] };

const validatorJson: z.ZodType<ValidatorJson> = z.lazy(() =>
  z.discriminatedUnion("type", [
    z.object({
      type: z.enum(["null", "number", "bigint", "boolean", "string", "bytes", "any", "commitTs"]),
    }),
    z.object({ type: z.literal("literal"), value: z.unknown() }),
    z.object({ type: z.literal("id"), tableName: z.string() }),
    z.object({ type: z.literal("array"), value: validatorJson }),
    z.object({ type: z.literal("record"), keys: validatorJson, values: fieldJson }),
    z.object({ type: z.literal("object"), value: z.record(z.string(), fieldJson) }),
    z.object({ type: z.literal("union"), value: z.array(validatorJson) }),
  ]),
);
const fieldJson: z.ZodType<FieldJson> = z.lazy(() =>
  z.object({ fieldType: validatorJson, optional: z.boolean() }),
);

/** Parses a validator as a function or a schema exports it. Throws for a type that this host does not know. */
export function parseValidator(json: unknown): ValidatorJson {
  return validatorJson.parse(json);
}

/** Whether a string is the id of a document of the table. */
export type IsId = (tableName: string, id: string) => boolean;

type Mismatch = { path: string; expected: string; value: Value | undefined };

function describeValidator(validator: ValidatorJson): string {
  switch (validator.type) {
    case "literal":
      return `v.literal(${JSON.stringify(validator.value)})`;
    case "id":
      return `v.id("${validator.tableName}")`;
    case "bigint":
      return "v.int64()";
    case "number":
      return "v.float64()";
    default:
      return `v.${validator.type}()`;
  }
}

function isPlainObject(value: Value | undefined): value is Record<string, Value | undefined> {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof ArrayBuffer)
  );
}

function literalEquals(expected: unknown, value: Value | undefined): boolean {
  if (typeof value !== "bigint") return expected === value;
  // A bigint literal is exported as {"$integer": base64 of 8 little-endian bytes}.
  const encoded = z.object({ $integer: z.string() }).safeParse(expected);
  return encoded.success && Buffer.from(encoded.data.$integer, "base64").readBigInt64LE() === value;
}

function findMismatch(
  validator: ValidatorJson,
  value: Value | undefined,
  path: string,
  isId: IsId,
): Mismatch | undefined {
  const mismatch = { path, expected: describeValidator(validator), value };
  const fitsIf = (fits: boolean) => (fits ? undefined : mismatch);
  switch (validator.type) {
    case "any":
      return fitsIf(value !== undefined);
    case "null":
      return fitsIf(value === null);
    case "number":
    case "bigint":
    case "boolean":
    case "string":
      return fitsIf(typeof value === validator.type);
    case "commitTs":
      return fitsIf(typeof value === "bigint" || value instanceof CommitTsPlaceholder);
    case "bytes":
      return fitsIf(value instanceof ArrayBuffer);
    case "literal":
      return fitsIf(literalEquals(validator.value, value));
    case "id":
      return fitsIf(typeof value === "string" && isId(validator.tableName, value));
    case "array":
      if (!Array.isArray(value)) return mismatch;
      return firstMismatch(value.entries(), ([index, element]) =>
        findMismatch(validator.value, element, `${path}[${index}]`, isId),
      );
    case "union":
      return fitsIf(validator.value.some((member) => !findMismatch(member, value, path, isId)));
    case "record":
      if (!isPlainObject(value)) return mismatch;
      return firstMismatch(
        Object.entries(value),
        ([key, element]) =>
          findMismatch(validator.keys, key, `${path}.${key}`, isId) ??
          findMismatch(validator.values.fieldType, element, `${path}.${key}`, isId),
      );
    case "object":
      return isPlainObject(value) ? objectMismatch(validator.value, value, path, isId) : mismatch;
  }
}

function objectMismatch(
  fields: Record<string, FieldJson>,
  value: Record<string, Value | undefined>,
  path: string,
  isId: IsId,
): Mismatch | undefined {
  const extra = Object.keys(value).find((name) => !Object.hasOwn(fields, name) && value[name] !== undefined);
  if (extra !== undefined) {
    return { path: `${path}.${extra}`, expected: "no such field", value: value[extra] };
  }
  return firstMismatch(Object.entries(fields), ([name, { fieldType, optional }]) => {
    const field = Object.hasOwn(value, name) ? value[name] : undefined;
    if (field === undefined && optional) return undefined;
    return findMismatch(fieldType, field, `${path}.${name}`, isId);
  });
}

function firstMismatch<Item>(
  items: Iterable<Item>,
  find: (item: Item) => Mismatch | undefined,
): Mismatch | undefined {
  for (const item of items) {
    const found = find(item);
    if (found) return found;
  }
  return undefined;
}

/** What a value is, without what it says: errors are logged, and arguments can hold passwords, keys and addresses. */
function describeValue(value: Value | undefined): string {
  if (value === undefined || value === null) return String(value);
  if (typeof value === "string") return `a string of ${value.length} characters`;
  if (Array.isArray(value)) return `an array of ${value.length} elements`;
  if (value instanceof ArrayBuffer) return `${value.byteLength} bytes`;
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** Whether a value matches a validator. */
export function fits(validator: ValidatorJson, value: Value | undefined, isId: IsId): boolean {
  return findMismatch(validator, value, "", isId) === undefined;
}

/** Throws an error that begins with `what`, e.g. "ArgumentValidationError", when the value does not match. */
export function validate(validator: ValidatorJson, value: Value | undefined, what: string, isId: IsId): void {
  const mismatch = findMismatch(validator, value, "", isId);
  if (!mismatch) return;
  const { path, expected, value: found } = mismatch;
  throw new Error(
    `${what}: Value does not match validator.\nPath: ${path || "(top)"}\nValue: ${describeValue(found)}\nValidator: ${expected}`,
  );
}
