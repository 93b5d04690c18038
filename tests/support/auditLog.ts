/** Shared by the tests of the audit log. */
import type { FunctionArgs } from "convex/server";
import { api, type Store } from "./store";

export type AuditLogFilter = FunctionArgs<typeof api.accounts.auditLog.list>["filter"];

/** What shows everything. */
export const wholeLog = { userId: null, kind: null } satisfies AuditLogFilter;

/** The newest entries of a store's audit log as its owner reads them, newest first. Times are milliseconds UTC. */
export async function auditLogOf(
  store: Store,
  filter: AuditLogFilter = wholeLog,
  { from = null, until = null }: { from?: number | null; until?: number | null } = {},
) {
  const paginationOpts = { numItems: 50, cursor: null };
  return (await store.query(api.accounts.auditLog.list, { filter, from, until, paginationOpts })).page;
}
