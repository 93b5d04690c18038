/**
 * Index ranges of `withIndex(name, (q) => …)`. As on Convex, equalities and bounds may come in any order, but their fields
 * must be the index's first ones, with at most one lower and one upper bound, both on the last of these fields
 * (convex-backend, crates/common/src/query.rs, `IndexRange::compile`).
 */
import type { Value } from "convex/values";
import { z } from "zod";
import { keyFieldsOf, type Index } from "../store/catalog";
import type { Range } from "../store/store";
import { afterKey, afterPrefix, encodeKey, encodeValue } from "../values/keys";
import { valueOf } from "./filters";

export const rangeExpression = z.object({
  type: z.enum(["Eq", "Gt", "Gte", "Lt", "Lte"]),
  fieldPath: z.string(),
  value: z.unknown(),
});
type RangeExpression = z.output<typeof rangeExpression>;

type Bound = { field: string; value: Value | undefined; isIncluded: boolean };
type Parts = { equal: Map<string, Value | undefined>; lower?: Bound; upper?: Bound };

/** Throws when a field has two equalities, two bounds of a kind, or both, and for bounds on several fields. */
function partsOf(expressions: readonly RangeExpression[], name: string): Parts {
  const parts: Parts = { equal: new Map() };
  for (const { type, fieldPath: field, value: json } of expressions) {
    const value = valueOf(json);
    if (type === "Eq") {
      if (parts.equal.has(field)) throw alreadyDefined("equality", field);
      parts.equal.set(field, value);
      continue;
    }
    const side = type === "Gt" || type === "Gte" ? "lower" : "upper";
    if (parts[side]) throw alreadyDefined(side, field);
    const first = (parts.lower ?? parts.upper)?.field ?? field;
    if (first !== field) {
      throw new Error(
        `BoundsOnMultipleFields: upper and lower bounds can only be applied to a single index field. This query of index ${name} sets bounds on "${first}" and "${field}".`,
      );
    }
    parts[side] = { field, value, isIncluded: type === "Gte" || type === "Lte" };
  }
  const bounded = (parts.lower ?? parts.upper)?.field;
  if (bounded !== undefined && parts.equal.has(bounded)) throw alreadyDefined("inequality", bounded);
  return parts;
}

function alreadyDefined(kind: string, field: string): Error {
  return new Error(`AlreadyDefinedBound: "${field}" already has its ${kind} bound in the index range.`);
}

/** Throws when the fields that a query compares are not the first fields of the index. */
function assertFirstFields(used: Set<string>, fields: readonly string[], name: string): void {
  if (fields.slice(0, used.size).every((field) => used.has(field))) return;
  const unknown = [...used].find((field) => !fields.includes(field));
  if (unknown !== undefined) {
    throw new Error(
      `FieldNotInIndex: the index range compares "${unknown}", which index ${name} [${fields.join(", ")}] does not index.`,
    );
  }
  throw new Error(
    `InvalidIndexRange: the query of index ${name} does not use the index's fields in order. Index fields: [${fields.join(", ")}]. Query fields: [${[...used].join(", ")}].`,
  );
}

/** The keys of an index range. `name`: the index's, as `table.index`. Throws for a range that Convex refuses. */
export function rangeOf(index: Index, name: string, expressions: readonly RangeExpression[]): Range {
  const { equal, lower, upper } = partsOf(expressions, name);
  const fields = keyFieldsOf(index);
  const bounded = (lower ?? upper)?.field;
  assertFirstFields(new Set([...equal.keys(), ...(bounded === undefined ? [] : [bounded])]), fields, name);
  if (bounded !== undefined && fields[equal.size] !== bounded) {
    throw new Error(
      `InvalidIndexRange: the query of index ${name} has bounds on "${bounded}" and equalities on fields after it.`,
    );
  }
  const prefix = encodeKey(fields.slice(0, equal.size).map((field) => equal.get(field)));
  const keyOf = (bound: Bound) => Buffer.concat([prefix, encodeValue(bound.value)]);
  const after = (bound: Bound) => afterPrefix(keyOf(bound));
  return {
    indexId: index.id,
    table: index.table,
    lower: lower ? (lower.isIncluded ? keyOf(lower) : after(lower)) : prefix,
    upper: upper ? (upper.isIncluded ? after(upper) : keyOf(upper)) : afterPrefix(prefix),
  };
}

/** A part of a query's results by their keys, in reading order: those after a key and up to another; null: no bound. */
export type Part = { after: Buffer | null; upTo: Buffer | null };

export const WHOLE: Part = { after: null, upTo: null };

/** A part of a range. Cursors come from the client, so they must never extend the range of a query. */
export function partOf(range: Range, order: "asc" | "desc", { after, upTo }: Part): Range {
  const [lower, upper] = order === "asc" ? [after && afterKey(after), upTo && afterKey(upTo)] : [upTo, after];
  return {
    ...range,
    lower: lower && Buffer.compare(lower, range.lower) > 0 ? lower : range.lower,
    upper: upper && Buffer.compare(upper, range.upper) < 0 ? upper : range.upper,
  };
}
