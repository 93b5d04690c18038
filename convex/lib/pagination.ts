/** Pages of public queries. */
import type { PaginationOptions } from "convex/server";

/** Rows in one page at most, whatever a client asks for: the largest page that the dashboard asks for, to export. */
const PAGE_MAX = 500;

/** What a client asks for, with no more rows than a page may have. */
export function boundedPage(paginationOpts: PaginationOptions): PaginationOptions {
  return { ...paginationOpts, numItems: Math.min(paginationOpts.numItems, PAGE_MAX) };
}
