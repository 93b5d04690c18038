/** URL search parameters of the audit log. */
import type { EntryFilter, SubjectKind } from "./entry";

/** The kinds of subject, in the order in which the filter offers them. kindText.ts names them, apart from the first script. */
export const kinds = [
  "order",
  "lot",
  "notification",
  "run",
  "buyer",
  "member",
  "invitation",
  "credential",
  "setting",
  "store",
] as const satisfies readonly SubjectKind[];

/**
 * `who`: id of a person. `what`: a kind of subject. `order`, `lot`: everything about one order or lot, whatever `who` and `what` are.
 * `from`, `until`: the first and the last day, such as "2026-11-20", in the viewer's time zone.
 */
export type AuditLogSearch = {
  who?: string;
  what?: SubjectKind;
  order?: number;
  lot?: string;
  from?: string;
  until?: string;
};

function isKind(value: unknown): value is SubjectKind {
  return kinds.some((kind) => kind === value);
}

/** The start of a day, in milliseconds UTC; `daysLater` days after it. Null when the text is no day. */
function startOfDay(day: unknown, daysLater = 0): number | null {
  if (typeof day !== "string" || !/^\d{4}-\d{2}-\d{2}$/.test(day)) return null;
  const start = new Date(`${day}T00:00`);
  start.setDate(start.getDate() + daysLater);
  return Number.isNaN(start.getTime()) ? null : start.getTime();
}

/** Parses the URL's search parameters. Missing and invalid ones are omitted. */
export function parseAuditLogSearch(search: Record<string, unknown>): AuditLogSearch {
  const { who, what, order, lot, from, until } = search;
  return {
    ...(typeof who === "string" && who !== "" && { who }),
    ...(isKind(what) && { what }),
    ...(Number.isSafeInteger(order) && { order: Number(order) }),
    ...(typeof lot === "string" && lot !== "" && { lot }),
    ...(startOfDay(from) !== null && { from: String(from) }),
    ...(startOfDay(until) !== null && { until: String(until) }),
  };
}

/** What the server is asked for. Days become a range of times, the last day included. */
export function filterOf({ who, what, order, lot, from, until }: AuditLogSearch): EntryFilter {
  const range = { from: startOfDay(from), until: startOfDay(until, 1) };
  if (order !== undefined) return { filter: { orderNumber: order }, ...range };
  if (lot !== undefined) return { filter: { lotId: lot }, ...range };
  return { filter: { userId: who ?? null, kind: what ?? null }, ...range };
}
