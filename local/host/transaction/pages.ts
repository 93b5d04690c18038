/**
 * Pages of `ctx.db.query(…).paginate(…)`, with Convex's rules for cursors, limits and splitting (convex-backend,
 * crates/isolate/src/environment/udf/async_syscall.rs `query_page`, crates/database/src/query/index_range.rs).
 */
import { createHash } from "node:crypto";
import { ConvexError } from "convex/values";
import { z } from "zod";
import type { KeyedDocument } from "./documents";
import { LimitExceeded, limits } from "./limits";
import { applyOperators, openSource, operatorsOf, serializedQuery, type SerializedQuery } from "./query";
import type { Transaction } from "./transaction";

export const pageRequest = z.object({
  query: serializedQuery,
  cursor: z.string().nullable(),
  /** The fixed end of the page, from the journal or the client; null for a page that is read for the first time. */
  endCursor: z.string().nullable(),
  pageSize: z.number(),
  maximumRowsRead: z.number().nullable(),
  maximumBytesRead: z.number().nullish(),
});
export type PageRequest = z.output<typeof pageRequest>;

/**
 * What usePaginatedQuery does about a page: "SplitRequired" means that it stopped at `maximumRowsRead` or
 * `maximumBytesRead`, "SplitRecommended" that it is close to a limit.
 */
type PageStatus = "SplitRecommended" | "SplitRequired";

/**
 * `page`: the documents' JSON texts. `splitCursor`: a cursor in the middle of the page, where the client splits a page that grew; null
 * for a short one.
 */
export type Page = {
  page: string[];
  isDone: boolean;
  continueCursor: string;
  splitCursor: string | null;
  pageStatus: PageStatus | null;
};

/** Splitting is recommended above this share of a limit (`soft_data_limit`). */
const RECOMMENDED_SHARE = 3 / 4;
/** The highest length of an array, which a page often is in a function's result. */
const ARRAY_LENGTH_MAX = 8_192;
/** A page of this many rows or fewer has no middle to split it at. */
const UNSPLIT_ROWS = 2;

/** A cursor is a position in one query: the query's fingerprint, and the last key read or END. */
const END = "end";
type Position = Buffer | typeof END;

function fingerprintOf({ source, operators }: SerializedQuery): string {
  return createHash("sha256")
    .update(JSON.stringify([source, operators]))
    .digest("base64url")
    .slice(0, 12);
}

function positionOf(cursor: string, fingerprint: string): Position {
  const [cursorFingerprint, key] = cursor.split(":");
  if (cursorFingerprint !== fingerprint || key === undefined) {
    // convex/react recognizes this shape and restarts the pagination.
    throw new ConvexError({
      isConvexSystemError: true,
      paginationError: "InvalidCursor",
      message: "InvalidCursor: this cursor belongs to another query.",
    });
  }
  return key === END ? key : Buffer.from(key, "base64url");
}

function assertPageSizes({ pageSize, maximumRowsRead, maximumBytesRead }: PageRequest): void {
  for (const [name, size] of Object.entries({ pageSize, maximumRowsRead, maximumBytesRead })) {
    if (size === null || size === undefined || (Number.isInteger(size) && size >= 0)) continue;
    throw new Error(`Invalid argument for paginate: ${name} must be a whole number of 0 or more.`);
  }
  if (pageSize === 0) {
    throw new Error("NoDocumentsForPagination: must request at least 1 document while paginating.");
  }
  if (pageSize > limits.documentsRead) {
    throw new Error(`PageSizeTooLarge: requested too many items: ${pageSize}.`);
  }
  if (maximumRowsRead === 0 || maximumBytesRead === 0) {
    throw new Error("InvalidPaginationLimit: maximumRowsRead and maximumBytesRead must be greater than 0.");
  }
}

/** Reads documents up to the limits of a page and records how far it came. */
class PageReader {
  readonly keys: Buffer[] = [];
  bytes = 0;
  isExhausted = false;
  isOverLimit = false;

  constructor(
    private readonly rowsMax: number,
    private readonly bytesMax: number,
  ) {}

  /** Ends, as at a limit of the page, also where the transaction's own limit is exceeded, unless nothing was read. */
  *read(found: Iterable<KeyedDocument>): Generator<KeyedDocument> {
    try {
      yield* this.readWithinPage(found);
    } catch (error) {
      if (!(error instanceof LimitExceeded) || this.keys.length === 0) throw error;
      this.isOverLimit = true;
    }
  }

  private *readWithinPage(found: Iterable<KeyedDocument>): Generator<KeyedDocument> {
    for (const entry of found) {
      this.bytes += entry.stored.size;
      this.keys.push(entry.key);
      yield entry;
      // After the document, so that every page has at least one and the next one goes on behind it.
      this.isOverLimit = this.keys.length >= this.rowsMax || this.bytes >= this.bytesMax;
      if (this.isOverLimit) return;
    }
    this.isExhausted = true;
  }
}

/**
 * One page of a query. With an end, it reads up to that and ignores the page's size and limits, so that live pages stay
 * gapless. Throws a ConvexError with `paginationError: "InvalidCursor"` for a cursor of another query, and an Error for
 * sizes that are no whole numbers or zero.
 */
export function runPage(transaction: Transaction, request: PageRequest): Page {
  assertPageSizes(request);
  const { query, pageSize, maximumRowsRead, maximumBytesRead } = request;
  const fingerprint = fingerprintOf(query);
  const cursorAt = (position: Position) =>
    `${fingerprint}:${position === END ? END : position.toString("base64url")}`;
  const source = openSource(transaction, query);
  const operators = operatorsOf(query);
  const start = request.cursor === null ? null : positionOf(request.cursor, fingerprint);
  const end = request.endCursor === null ? null : positionOf(request.endCursor, fingerprint);

  const rowsMax = end === null ? (maximumRowsRead ?? Infinity) : Infinity;
  const bytesMax = end === null ? (maximumBytesRead ?? Infinity) : Infinity;
  const reader = new PageReader(rowsMax, bytesMax);
  const page: string[] = [];
  if (start !== END) {
    const found = source.read({ after: start, upTo: end === END ? null : end });
    for (const { text } of applyOperators(reader.read(found), operators)) {
      page.push(text);
      if (end === null && page.length >= pageSize) break;
    }
  }

  const { keys, bytes, isExhausted, isOverLimit } = reader;
  const reached = isExhausted || start === END ? END : (keys.at(-1) ?? END);
  const canSplit = source.canSplit && keys.length > UNSPLIT_ROWS;
  const middle = canSplit ? keys[Math.floor(keys.length / 2)] : undefined;
  const isLarge =
    isAbove(keys.length, maximumRowsRead, limits.documentsRead) ||
    isAbove(bytes, maximumBytesRead, limits.bytesRead) ||
    isAbove(page.length, null, ARRAY_LENGTH_MAX);
  return {
    page,
    isDone: (end ?? reached) === END,
    continueCursor: cursorAt(end ?? reached),
    splitCursor: middle ? cursorAt(middle) : null,
    pageStatus: isOverLimit ? "SplitRequired" : isLarge ? "SplitRecommended" : null,
  };
}

function isAbove(amount: number, requested: number | null | undefined, limit: number): boolean {
  return amount > Math.floor(Math.min(requested ?? limit, limit) * RECOMMENDED_SHARE);
}
