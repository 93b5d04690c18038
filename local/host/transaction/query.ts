/** Runs `ctx.db.query(…)`, as convex/server serializes it, in a transaction: ranges, filters, limits, pages. */
import { createHash } from "node:crypto";
import { compareValues, ConvexError, jsonToConvex, type JSONValue, type Value } from "convex/values";
import { z } from "zod";
import { fieldOf, type Catalog, type Index, type JsonDocument } from "../store/catalog";
import { afterKey, afterPrefix, encodeKey, encodeValue } from "../values/keys";
import type { Range } from "../store/store";
import type { KeyedDocument, Transaction } from "./transaction";

const order = z.enum(["asc", "desc"]).nullable();
const bound = z.object({
  type: z.enum(["Eq", "Gt", "Gte", "Lt", "Lte"]),
  fieldPath: z.string(),
  value: z.unknown(),
});
type Bound = z.output<typeof bound>;

export const serializedQuery = z.object({
  source: z.discriminatedUnion("type", [
    z.object({ type: z.literal("FullTableScan"), tableName: z.string(), order }),
    z.object({ type: z.literal("IndexRange"), indexName: z.string(), range: z.array(bound), order }),
    z.object({ type: z.literal("Search"), indexName: z.string() }),
  ]),
  operators: z.array(z.union([z.object({ filter: z.unknown() }), z.object({ limit: z.number() })])),
});
export type SerializedQuery = z.output<typeof serializedQuery>;

/** Decodes a value. convex/server sends undefined as {"$undefined": null}. */
function valueOf(json: unknown): Value | undefined {
  const isUndefined = typeof json === "object" && json !== null && "$undefined" in json;
  return isUndefined ? undefined : jsonToConvex(json as JSONValue);
}

/** The keys of an index range: equalities in the order of the index's fields, then bounds on the next field. */
function rangeOf(index: Index, bounds: readonly Bound[]): Range {
  const fields = [...index.fields, "_creationTime", "_id"];
  const equal: (Value | undefined)[] = [];
  for (const { type, fieldPath, value } of bounds) {
    if (type !== "Eq") break;
    if (fieldPath !== fields[equal.length]) throw invalidRange(index, fieldPath);
    equal.push(valueOf(value));
  }
  const prefix = encodeKey(equal);
  let lower = prefix;
  let upper = afterPrefix(prefix);
  for (const { type, fieldPath, value } of bounds.slice(equal.length)) {
    if (fieldPath !== fields[equal.length]) throw invalidRange(index, fieldPath);
    const key = Buffer.concat([prefix, encodeValue(valueOf(value))]);
    if (type === "Gte") lower = key;
    else if (type === "Gt") lower = afterPrefix(key);
    else if (type === "Lt") upper = key;
    else if (type === "Lte") upper = afterPrefix(key);
    else throw invalidRange(index, fieldPath);
  }
  return { indexId: index.id, lower, upper };
}

function invalidRange(index: Index, field: string): Error {
  return new Error(
    `Index range on "${field}" does not fit index ${index.name} [${index.fields.join(", ")}]: fields must be used in the order of the index.`,
  );
}

type Expression = { [operator: string]: unknown };

function numbers(values: (Value | undefined)[]): number[] {
  return values.map(Number);
}

function evaluate(expression: unknown, document: JsonDocument): Value | undefined {
  const [[operator, operand] = ["", undefined]] = Object.entries(expression as Expression);
  if (operator === "$field") return fieldOf(document, String(operand));
  if (operator === "$literal") return valueOf(operand);
  const operands = (Array.isArray(operand) ? operand : [operand]).map(
    (inner) => () => evaluate(inner, document),
  );
  if (operator === "$and") return operands.every((inner) => inner() === true);
  if (operator === "$or") return operands.some((inner) => inner() === true);
  const values = operands.map((inner) => inner());
  const compared = () => compareValues(values[0], values[1]);
  const [a = Number.NaN, b = Number.NaN] = numbers(values);
  const operations: Record<string, () => Value> = {
    $not: () => values[0] !== true,
    $eq: () => compared() === 0,
    $neq: () => compared() !== 0,
    $lt: () => compared() < 0,
    $lte: () => compared() <= 0,
    $gt: () => compared() > 0,
    $gte: () => compared() >= 0,
    $add: () => a + b,
    $sub: () => a - b,
    $mul: () => a * b,
    $div: () => a / b,
    $mod: () => a % b,
    $neg: () => -a,
  };
  const operation = operations[operator];
  if (!operation) throw new Error(`Filter operator ${operator} is not supported by this host.`);
  return operation();
}

function resolve(catalog: Catalog, { source }: SerializedQuery): { range: Range; order: "asc" | "desc" } {
  if (source.type === "Search") {
    throw new Error(`Search indexes (${source.indexName}) are not supported by this host.`);
  }
  if (source.type === "FullTableScan") {
    const index = catalog.index(source.tableName, "by_creation_time");
    return { range: rangeOf(index, []), order: source.order ?? "asc" };
  }
  const [table = "", name = ""] = source.indexName.split(".");
  return { range: rangeOf(catalog.index(table, name), source.range), order: source.order ?? "asc" };
}

/** Applies filters and limits, in the order in which the query names them. */
function* applyOperators(found: Iterable<KeyedDocument>, query: SerializedQuery): Generator<KeyedDocument> {
  const left = query.operators.map((operator) => ("limit" in operator ? operator.limit : Infinity));
  if (left.includes(0)) return;
  documents: for (const entry of found) {
    for (const [position, operator] of query.operators.entries()) {
      if ("filter" in operator && evaluate(operator.filter, entry.document) !== true) continue documents;
      left[position] = (left[position] ?? 0) - ("limit" in operator ? 1 : 0);
    }
    yield entry;
    if (left.includes(0)) return;
  }
}

/** Streams the query's documents and reads only as far as they are consumed. */
export function* runQuery(transaction: Transaction, query: SerializedQuery): Generator<JsonDocument> {
  const { range, order: direction } = resolve(transaction.catalog, query);
  for (const { document } of applyOperators(transaction.stream(range, direction), query)) yield document;
}

export type PageRequest = {
  query: SerializedQuery;
  cursor: string | null;
  /** The fixed end of the page, from the journal or the client; null for a page that is read for the first time. */
  endCursor: string | null;
  pageSize: number;
  maximumRowsRead: number | null;
};

export type Page = { page: JsonDocument[]; isDone: boolean; continueCursor: string };

/** A cursor is a position in one query: the query's fingerprint, and the last key returned or START or END. */
const START = "start";
const END = "end";

function fingerprintOf({ source, operators }: SerializedQuery): string {
  return createHash("sha256")
    .update(JSON.stringify([source, operators]))
    .digest("base64url")
    .slice(0, 12);
}

function keyOfCursor(cursor: string, fingerprint: string): Buffer | typeof START | typeof END {
  const [cursorFingerprint, key] = cursor.split(":");
  if (cursorFingerprint !== fingerprint || key === undefined) {
    // convex/react recognizes this shape and restarts the pagination.
    throw new ConvexError({
      isConvexSystemError: true,
      paginationError: "InvalidCursor",
      message: "InvalidCursor: this cursor belongs to another query.",
    });
  }
  return key === END || key === START ? key : Buffer.from(key, "base64url");
}

/** Intersects a range with bounds. Cursors come from the client, so they must never extend the range of a query. */
function intersect(range: Range, bounds: { lower?: Buffer; upper?: Buffer }): Range {
  const { lower = range.lower, upper = range.upper } = bounds;
  return {
    ...range,
    lower: Buffer.compare(lower, range.lower) > 0 ? lower : range.lower,
    upper: Buffer.compare(upper, range.upper) < 0 ? upper : range.upper,
  };
}

/** The part of a range after a cursor, in reading order. */
function rangeAfter(range: Range, direction: "asc" | "desc", key: Buffer): Range {
  return intersect(range, direction === "asc" ? { lower: afterKey(key) } : { upper: key });
}

/** The part of a range up to a cursor, the cursor's key included. */
function rangeUpTo(range: Range, direction: "asc" | "desc", key: Buffer): Range {
  return intersect(range, direction === "asc" ? { upper: afterKey(key) } : { lower: key });
}

/** One page of a query. Throws a ConvexError with `paginationError: "InvalidCursor"` for a cursor of another query. */
export function runPage(transaction: Transaction, request: PageRequest): Page {
  const { query, cursor, endCursor, pageSize, maximumRowsRead } = request;
  const fingerprint = fingerprintOf(query);
  const resolved = resolve(transaction.catalog, query);
  const direction = resolved.order;
  let { range } = resolved;
  const start = cursor === null ? START : keyOfCursor(cursor, fingerprint);
  const end = endCursor === null ? null : keyOfCursor(endCursor, fingerprint);
  if (start === END) return { page: [], isDone: true, continueCursor: `${fingerprint}:${END}` };
  if (start !== START) range = rangeAfter(range, direction, start);
  if (end === START) return { page: [], isDone: false, continueCursor: `${fingerprint}:${START}` };
  if (end !== null && end !== END) range = rangeUpTo(range, direction, end);

  const isPinned = end !== null;
  const page: JsonDocument[] = [];
  let rowsRead = 0;
  let last: Buffer | null = null;
  if (pageSize === 0 && !isPinned) {
    return { page, isDone: false, continueCursor: cursor ?? `${fingerprint}:${START}` };
  }
  for (const entry of transaction.stream(range, direction)) {
    rowsRead += 1;
    last = entry.key;
    const [matching] = applyOperators([entry], query);
    if (matching) page.push(matching.document);
    const isFull = !isPinned && (page.length >= pageSize || rowsRead >= (maximumRowsRead ?? Infinity));
    if (isFull)
      return { page, isDone: false, continueCursor: `${fingerprint}:${last.toString("base64url")}` };
  }
  if (endCursor !== null && end !== END) return { page, isDone: false, continueCursor: endCursor };
  return { page, isDone: true, continueCursor: `${fingerprint}:${END}` };
}
