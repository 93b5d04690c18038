/** Runs `ctx.db.query(…)`, as convex/server serializes it, in a transaction: ranges, filters, limits. */
import { z } from "zod";
import type { Catalog, JsonDocument } from "../store/catalog";
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

/** The range that a query reads. Throws when its index or the range is not one that Convex accepts. */
export function resolve(
  catalog: Catalog,
  { source }: SerializedQuery,
): { range: Range; order: "asc" | "desc" } {
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

export function operatorsOf(query: SerializedQuery): Operator[] {
  return query.operators.map((operator) =>
    "limit" in operator ? operator : { matches: compileFilter(operator.filter) },
  );
}

/** Applies filters and limits, in the order in which the query names them. Throws an EvalError of a filter. */
export function* applyOperators(
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
