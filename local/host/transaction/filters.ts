/**
 * Filter expressions of `ctx.db.query(…).filter(…)`, with Convex's types: arithmetic takes two Int64 or two Float64 and
 * is checked for overflow, `and`, `or` and `not` take Booleans, and comparisons take any two values. A wrong type is an
 * error of the function, and never counts as false (convex-backend, crates/common/src/query.rs, `Expression::eval`).
 */
import { compareValues, jsonToConvex, type JSONValue, type Value } from "convex/values";
import { fieldOf, type JsonDocument } from "../store/catalog";

type Operand = (document: JsonDocument) => Value | undefined;

const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;

/** Decodes a value. convex/server sends undefined as {"$undefined": null}. */
export function valueOf(json: unknown): Value | undefined {
  const isUndefined = typeof json === "object" && json !== null && "$undefined" in json;
  return isUndefined ? undefined : jsonToConvex(json as JSONValue);
}

/** The name of a value's type in Convex's messages. Values are left out of them, because messages are logged. */
function typeOf(value: Value | undefined): string {
  if (value === undefined) return "undefined";
  if (value === null) return "Null";
  if (typeof value === "bigint") return "Int64";
  if (typeof value === "number") return "Float64";
  if (typeof value === "boolean") return "Boolean";
  if (typeof value === "string") return "String";
  if (value instanceof ArrayBuffer) return "Bytes";
  return Array.isArray(value) ? "Array" : "Object";
}

function booleanOf(value: Value | undefined): boolean {
  if (typeof value === "boolean") return value;
  throw new Error(`EvalError: Cannot use a value of type ${typeOf(value)} as a Boolean.`);
}

/** `verb`: completes "Cannot". `integers` throws a RangeError for a division by zero, as bigint does. */
type Arithmetic = {
  verb: string;
  integers: (a: bigint, b: bigint) => bigint;
  floats: (a: number, b: number) => number;
};

const arithmetic: Record<string, Arithmetic> = {
  $add: { verb: "add", integers: (a, b) => a + b, floats: (a, b) => a + b },
  $sub: { verb: "subtract", integers: (a, b) => a - b, floats: (a, b) => a - b },
  $mul: { verb: "multiply", integers: (a, b) => a * b, floats: (a, b) => a * b },
  $div: { verb: "divide", integers: (a, b) => a / b, floats: (a, b) => a / b },
  // The smallest Int64 has no remainder by -1 on Convex, because their quotient is out of range.
  $mod: { verb: "mod", integers: (a, b) => (a / b > MAX_INT64 ? a / b : a % b), floats: (a, b) => a % b },
};

function calculate(
  { verb, integers, floats }: Arithmetic,
  a: Value | undefined,
  b: Value | undefined,
): Value {
  if (typeof a === "number" && typeof b === "number") return floats(a, b);
  if (typeof a !== "bigint" || typeof b !== "bigint") {
    throw new Error(`EvalError: Cannot ${verb} values of the types ${typeOf(a)} and ${typeOf(b)}.`);
  }
  const divides = verb === "divide" || verb === "mod";
  if (divides && b === 0n) throw new Error(`EvalError: Cannot ${verb} an Int64 by zero.`);
  return int64(verb, integers(a, b));
}

function int64(verb: string, value: bigint): bigint {
  if (value >= MIN_INT64 && value <= MAX_INT64) return value;
  throw new Error(`EvalError: Cannot ${verb}: the result is out of range for Int64.`);
}

function negate(value: Value | undefined): Value {
  if (typeof value === "number") return -value;
  if (typeof value === "bigint") return int64("negate", -value);
  throw new Error(`EvalError: Cannot negate a value of type ${typeOf(value)}.`);
}

const comparisons: Record<string, (order: number) => boolean> = {
  $eq: (order) => order === 0,
  $neq: (order) => order !== 0,
  $lt: (order) => order < 0,
  $lte: (order) => order <= 0,
  $gt: (order) => order > 0,
  $gte: (order) => order >= 0,
};

function compile(expression: unknown): Operand {
  const [[operator, operand] = ["", undefined]] = Object.entries(expression as Record<string, unknown>);
  if (operator === "$field") {
    const path = String(operand);
    return (document) => fieldOf(document, path);
  }
  if (operator === "$literal") {
    const value = valueOf(operand);
    return () => value;
  }
  const operands = (Array.isArray(operand) ? operand : [operand]).map(compile);
  if (operator === "$and") return (document) => operands.every((each) => booleanOf(each(document)));
  if (operator === "$or") return (document) => operands.some((each) => booleanOf(each(document)));
  const [a = nothing, b = nothing] = operands;
  if (operator === "$not") return (document) => !booleanOf(a(document));
  if (operator === "$neg") return (document) => negate(a(document));
  const compared = comparisons[operator];
  if (compared) return (document) => compared(compareValues(a(document), b(document)));
  const calculated = arithmetic[operator];
  if (calculated) return (document) => calculate(calculated, a(document), b(document));
  throw new Error(`Filter operator ${operator} is not supported by this host.`);
}

const nothing: Operand = () => undefined;

/**
 * Compiles an expression, as convex/server serializes it, to a predicate. Throws for an unknown operator. The predicate
 * throws an EvalError for operands of a wrong type, for Int64 results out of range and for Int64 division by zero.
 */
export function compileFilter(expression: unknown): (document: JsonDocument) => boolean {
  const evaluate = compile(expression);
  return (document) => booleanOf(evaluate(document));
}
