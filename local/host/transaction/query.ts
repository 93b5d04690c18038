/** Runs `ctx.db.query(…)`, as convex/server serializes it, in a transaction: ranges, filters, limits. */
import { z } from "zod";
import type { Catalog, JsonDocument } from "../store/catalog";
import type { Range } from "../store/store";
import type { KeyedDocument } from "./documents";
import { compileFilter } from "./filters";
import { partOf, rangeExpression, rangeOf, WHOLE, type Part } from "./indexRanges";
import { runSearch, searchSource } from "./search";
import type { Transaction } from "./transaction";

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
    searchSource,
  ]),
  operators: z.array(z.union([z.object({ filter: z.unknown() }), z.object({ limit: z.number() })])),
});
export type SerializedQuery = z.output<typeof serializedQuery>;

/** Where a query's documents come from, before its filters. `canSplit`: whether a page of it can be read as two. */
type Source = { read: (part: Part) => Iterable<KeyedDocument>; canSplit: boolean };

/** Throws when the query's index, range or search is not one that Convex accepts. */
export function openSource(transaction: Transaction, { source }: SerializedQuery): Source {
  if (source.type === "Search") {
    return { read: (part) => runSearch(transaction, source, part), canSplit: false };
  }
  const order = source.order ?? "asc";
  const range = rangeOfSource(transaction.catalog, source);
  return { read: (part) => transaction.stream(partOf(range, order, part), order), canSplit: true };
}

function rangeOfSource(
  catalog: Catalog,
  source: Exclude<SerializedQuery["source"], { type: "Search" }>,
): Range {
  if (source.type === "FullTableScan") {
    const index = catalog.table(source.tableName).indexes.get("by_creation_time");
    if (!index) throw new Error(`Table ${source.tableName} has no index by_creation_time.`);
    return rangeOf(index, `${source.tableName}.by_creation_time`, []);
  }
  const [table = "", name = ""] = source.indexName.split(".");
  const index = catalog.index(table, name);
  if (index.search) throw new Error(`Index ${source.indexName} is a search index: use withSearchIndex.`);
  return rangeOf(index, source.indexName, source.range);
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

/** Streams the query's documents as JSON texts, and reads only as far as they are consumed. */
export function* runQuery(transaction: Transaction, query: SerializedQuery): Generator<string> {
  const found = openSource(transaction, query).read(WHOLE);
  for (const { text } of applyOperators(found, operatorsOf(query))) yield text;
}
