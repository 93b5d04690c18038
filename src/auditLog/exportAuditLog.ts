/** Exports all entries of a filter from the server, because the list has loaded only those that were scrolled to. */
import type { ConvexReactClient } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { downloadCsv, type CsvColumn } from "../ui/csv";
import { auditLogText } from "./auditLogText";
import { deedText, UNKNOWN_PERSON } from "./deedText";
import { placesOf, type Entry, type EntryFilter } from "./entry";
import { kindLabels } from "./kindText";

/** Entries in one request, as many as the server gives. */
const PAGE_SIZE = 500;

/** Entries in one file. Bounds the memory and the requests of one export; for more, export a range of days at a time. */
const EXPORT_MAX = 20_000;

const headings = auditLogText.columns;

const columns: CsvColumn<Entry>[] = [
  [headings.time, ({ at }) => new Date(at).toISOString()],
  [headings.who, ({ person }) => person ?? UNKNOWN_PERSON],
  [headings.what, deedText],
  [headings.kind, ({ deed }) => kindLabels[deed.subject.kind]],
  [headings.order, ({ deed }) => placesOf(deed).orderNumber],
  [headings.part, ({ deed }) => placesOf(deed).item?.partNumber ?? null],
  [headings.bin, ({ deed }) => placesOf(deed).item?.location ?? null],
  [headings.before, ({ deed }) => ("before" in deed ? deed.before : null)],
  [headings.after, ({ deed }) => ("after" in deed ? deed.after : null)],
];

/**
 * Fetches page by page and downloads the file; the log then says that it was exported. `onProgress` receives the number of
 * entries fetched so far. `most`: EXPORT_MAX when there are more entries than that, else null.
 */
export async function exportAuditLog(
  client: ConvexReactClient,
  businessAccountId: Business["businessAccountId"],
  filter: EntryFilter,
  onProgress: (count: number) => void,
): Promise<{ most: number | null }> {
  await client.mutation(api.accounts.auditLog.recordExport, { businessAccountId });
  const entries: Entry[] = [];
  let cursor: string | null = null;
  let isDone = false;
  while (!isDone && entries.length < EXPORT_MAX) {
    const paginationOpts = { numItems: PAGE_SIZE, cursor };
    const answer: { page: Entry[]; isDone: boolean; continueCursor: string } = await client.query(
      api.accounts.auditLog.list,
      { businessAccountId, ...filter, paginationOpts },
    );
    entries.push(...answer.page);
    onProgress(entries.length);
    ({ isDone, continueCursor: cursor } = answer);
  }
  downloadCsv("audit-log", columns, entries);
  return { most: isDone ? null : EXPORT_MAX };
}
