/** Runs `ctx.db.query(…)`, as convex/server serializes it, in a transaction: ranges, filters, limits, pages. */
import { createHash } from "node:crypto";
import { ConvexError } from "convex/values";
import { z } from "zod";
import type { Catalog, JsonDocument } from "../store/catalog";
import { afterKey } from "../values/keys";
import type { Range } from "../store/store";
import { compileFilter } from "./filters";
import { rangeExpression, rangeOf } from "./indexRanges";
import type { KeyedDocument, Transaction } from "./transaction";

const order = z.enum(["asc", "desc"]).nullable();

export const serializedQuery = z.object({
  source: z.discriminatedUnion("type", [
    z.object({ type: z.literal("FullTableScan"), tableName: z.string(), order }),
    z.object({
      type: z.literal("IndexRange"),
      indexName: z.string(),
      range: z.array(rangeExpression),
      order,
    }),
    z.object({ type: z.literal("Search"), indexName: z.string() }),
  ]),
  operators: z.array(z.union([z.object({ filter: z.unknown() }), z.object({ limit: z.number() })])),
});
export type SerializedQuery = z.output<typeof serializedQuery>;

function resolve(catalog: Catalog, { source }: SerializedQuery): { range: Range; order: "asc" | "desc" } {
  if (source.type === "Search") {
    throw new Error(`Search indexes (${source.indexName}) are not supported by this host.`);
  }
  if (source.type === "FullTableScan") {
    const index = catalog.table(source.tableName).indexes.get("by_creation_time");
    if (!index) throw new Error(`Table ${source.tableName} has no index by_creation_time.`);
    return {
      range: rangeOf(index, `${source.tableName}.by_creation_time`, []),
      order: source.order ?? "asc",
    };
  }
  const [table = "", name = ""] = source.indexName.split(".");
  const range = rangeOf(catalog.index(table, name), source.indexName, source.range);
  return { range, order: source.order ?? "asc" };
}

type Operator = { matches: (document: JsonDocument) => boolean } | { limit: number };

function operatorsOf(query: SerializedQuery): Operator[] {
  return query.operators.map((operator) =>
    "limit" in operator ? operator : { matches: compileFilter(operator.filter) },
  );
}

/** Applies filters and limits, in the order in which the query names them. Throws an EvalError of a filter. */
function* applyOperators(
  found: Iterable<KeyedDocument>,
  operators: readonly Operator[],
): Generator<KeyedDocument> {
  const left = operators.map((operator) => ("limit" in operator ? operator.limit : Infinity));
  if (left.includes(0)) return;
  documents: for (const entry of found) {
    for (const [position, operator] of operators.entries()) {
      if ("matches" in operator && !operator.matches(entry.document)) continue documents;
      left[position] = (left[position] ?? 0) - ("limit" in operator ? 1 : 0);
    }
    yield entry;
    if (left.includes(0)) return;
  }
}

/** Streams the query's documents and reads only as far as they are consumed. */
export function* runQuery(transaction: Transaction, query: SerializedQuery): Generator<JsonDocument> {
  const { range, order: direction } = resolve(transaction.catalog, query);
  const found = transaction.stream(range, direction);
  for (const { document } of applyOperators(found, operatorsOf(query))) yield document;
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

  const operators = operatorsOf(query);
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
    const [matching] = applyOperators([entry], operators);
    if (matching) page.push(matching.document);
    const isFull = !isPinned && (page.length >= pageSize || rowsRead >= (maximumRowsRead ?? Infinity));
    if (isFull)
      return { page, isDone: false, continueCursor: `${fingerprint}:${last.toString("base64url")}` };
  }
  if (endCursor !== null && end !== END) return { page, isDone: false, continueCursor: endCursor };
  return { page, isDone: true, continueCursor: `${fingerprint}:${END}` };
}
