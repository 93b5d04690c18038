/**
 * Text search: `withSearchIndex(name, (q) => q.search(…).eq(…))`. A document matches when it has one of the terms, the last
 * one as a prefix; results are ranked by BM25 with the parameters of Convex (convex-backend, crates/search/src/lib.rs).
 * The number of documents is exact; the average length is that of the documents that match, so that scores of texts of
 * different lengths are close to Convex's and not equal to them.
 */
import type { Value } from "convex/values";
import { z } from "zod";
import { fieldOf, type Catalog, type Index } from "../store/catalog";
import { termsOf, type SearchDefinition } from "../store/searchIndexes";
import { afterPrefix, encodeKey, encodeStringPrefix, encodeValue } from "../values/keys";
import { KeyedDocument } from "./documents";
import { valueOf } from "./filters";
import type { Part } from "./indexRanges";
import type { Transaction } from "./transaction";

export const searchSource = z.object({
  type: z.literal("Search"),
  indexName: z.string(),
  filters: z.array(
    z.discriminatedUnion("type", [
      z.object({ type: z.literal("Search"), fieldPath: z.string(), value: z.string() }),
      z.object({ type: z.literal("Eq"), fieldPath: z.string(), value: z.unknown() }),
    ]),
  ),
});
type SearchSource = z.output<typeof searchSource>;

/** Convex's limits (crates/search/src/constants.rs). Further terms of a query are ignored. */
const QUERY_TERMS_MAX = 16;
const MATCHED_TERMS_MAX = 64;
const FILTERS_MAX = 8;
const RESULTS_MAX = 1_024;

/** BM25's parameters in tantivy, and the weight of a term that matches by its beginning only. */
const K1 = 1.2;
const B = 0.75;
const PREFIX_BOOST = 0.5;

type Filter = { fieldPath: string; key: Buffer };
type Compiled = { index: Index; terms: string[]; searchField: string; filters: Filter[] };

/** Throws when the index is none for search, when a field is not indexed, and without exactly one search expression. */
function compile(catalog: Catalog, { indexName, filters }: SearchSource): Compiled {
  const [table = "", name = ""] = indexName.split(".");
  const index = catalog.index(table, name);
  const { search } = index;
  if (!search) throw new Error(`IndexNotASearchIndexError: Index ${indexName} is not a search index.`);
  const texts = filters.flatMap((filter) => (filter.type === "Search" ? [filter] : []));
  const equal = filters.flatMap((filter) => (filter.type === "Eq" ? [filter] : []));
  const [text] = texts;
  if (!text) {
    throw new Error(`MissingSearchFilterError: Search query against ${indexName} has no search filter.`);
  }
  if (texts.length > 1) {
    throw new Error(
      `DuplicateSearchFiltersError: Search query against ${indexName} has several search filters.`,
    );
  }
  assertIndexed(
    search,
    indexName,
    text.fieldPath,
    equal.map(({ fieldPath }) => fieldPath),
  );
  return {
    index,
    terms: termsOf(text.value).slice(0, QUERY_TERMS_MAX),
    searchField: search.searchField,
    filters: equal.map(({ fieldPath, value }) => ({ fieldPath, key: encodeValue(valueOf(value)) })),
  };
}

function assertIndexed(
  { searchField, filterFields }: SearchDefinition,
  indexName: string,
  searched: string,
  filtered: readonly string[],
): void {
  if (searched !== searchField) {
    throw new Error(
      `IncorrectSearchField: Search query against ${indexName} searches "${searched}", but its searchField is "${searchField}".`,
    );
  }
  const unknown = filtered.find((field) => !filterFields.includes(field));
  if (unknown !== undefined) {
    throw new Error(
      `IncorrectFilterFieldError: Search query against ${indexName} filters by "${unknown}", which is not in its filterFields.`,
    );
  }
  if (filtered.length > FILTERS_MAX) {
    throw new Error(
      `TooManyFilterConditionsInSearchQueryError: Search query against ${indexName} has more than ${FILTERS_MAX} filters.`,
    );
  }
}

type Match = { found: KeyedDocument; id: string; frequencies: Map<string, number>; length: number };

/** Every document that has one of the terms, whatever its filter fields: term statistics are of the whole index. */
function matchesOf(transaction: Transaction, { index, terms, searchField }: Compiled): Match[] {
  const matches = new Map<string, Match>();
  for (const [position, term] of terms.entries()) {
    const isLast = position === terms.length - 1;
    const lower = isLast ? encodeStringPrefix(term) : encodeValue(term);
    for (const found of transaction.scan({
      indexId: index.id,
      table: index.table,
      lower,
      upper: afterPrefix(lower),
    })) {
      const { _id } = found.document;
      const id = typeof _id === "string" ? _id : "";
      if (!matches.has(id)) matches.set(id, matchOf(found, id, fieldOf(found.document, searchField)));
    }
  }
  return [...matches.values()];
}

function matchOf(found: KeyedDocument, id: string, text: Value | undefined): Match {
  const terms = typeof text === "string" ? termsOf(text) : [];
  const frequencies = new Map<string, number>();
  for (const term of terms) frequencies.set(term, (frequencies.get(term) ?? 0) + 1);
  return { found, id, frequencies, length: terms.length };
}

/** The terms that count, by their weight: those of the query, and those that begin with its last one. */
function weightsOf(
  terms: readonly string[],
  matches: readonly Match[],
  documents: number,
): Map<string, number> {
  const last = terms.at(-1) ?? "";
  const counts = new Map<string, number>();
  for (const { frequencies } of matches) {
    for (const term of frequencies.keys()) {
      if (terms.includes(term) || term.startsWith(last)) counts.set(term, (counts.get(term) ?? 0) + 1);
    }
  }
  const isExact = (term: string) => terms.includes(term);
  const selected = [...counts]
    .sort(([a], [b]) => Number(isExact(b)) - Number(isExact(a)) || (a < b ? -1 : 1))
    .slice(0, MATCHED_TERMS_MAX);
  return new Map(
    selected.map(([term, count]) => {
      const rarity = Math.log(1 + (Math.max(documents, count) - count + 0.5) / (count + 0.5));
      return [term, rarity * (1 + K1) * (isExact(term) ? 1 : PREFIX_BOOST)];
    }),
  );
}

function scoreOf(
  { frequencies, length }: Match,
  weights: Map<string, number>,
  averageLength: number,
): number {
  let score = 0;
  for (const [term, weight] of weights) {
    const frequency = frequencies.get(term) ?? 0;
    const norm = K1 * (1 - B + (B * length) / averageLength);
    if (frequency > 0) score += weight * (frequency / (frequency + norm));
  }
  return Math.fround(score);
}

/** The key of a result: best score first, then newest, as in Convex's cursors. */
function resultKeyOf({ found, id }: Match, score: number): Buffer {
  return encodeKey([-score, -Number(found.document._creationTime), id]);
}

/** The best results, in the order of their keys. */
function rankedResults(transaction: Transaction, compiled: Compiled): KeyedDocument[] {
  const { index, terms, filters } = compiled;
  if (terms.length === 0) return [];
  const matches = matchesOf(transaction, compiled);
  const weights = weightsOf(terms, matches, transaction.countDocuments(index.table));
  const averageLength = matches.reduce((sum, { length }) => sum + length, 0) / matches.length;
  const fits = ({ found }: Match) =>
    filters.every(({ fieldPath, key }) => encodeValue(fieldOf(found.document, fieldPath)).equals(key));
  return matches
    .filter(fits)
    .map((match) => ({ match, score: scoreOf(match, weights, averageLength) }))
    .filter(({ score }) => score > 0)
    .map(
      ({ match, score }) =>
        new KeyedDocument(resultKeyOf(match, score), match.found.stored, match.found.document),
    )
    .sort((a, b) => Buffer.compare(a.key, b.key))
    .slice(0, RESULTS_MAX);
}

/**
 * Streams a search's results, the best first. Throws for a search that Convex refuses, and when more than 1,024 results
 * are read. Documents that match enter the read set, so that a change of one runs a live query again.
 */
export function* runSearch(
  transaction: Transaction,
  source: SearchSource,
  { after, upTo }: Part,
): Generator<KeyedDocument> {
  const results = rankedResults(transaction, compile(transaction.catalog, source));
  let read = 0;
  for (const result of results) {
    const { key } = result;
    if (after && Buffer.compare(key, after) <= 0) continue;
    if (upTo && Buffer.compare(key, upTo) > 0) break;
    transaction.countSearchResult(result);
    read += 1;
    yield result;
  }
  if (read < RESULTS_MAX) return;
  throw new Error(
    `SearchQueryScannedTooManyDocumentsError: Search query scanned too many documents (fetched ${RESULTS_MAX}). Consider using a smaller limit, paginating the query, or using a filter field.`,
  );
}
