/**
 * Pages as on Convex: convex-backend, crates/isolate/src/environment/udf/async_syscall.rs (`query_page`,
 * `read_page_from_query`) and crates/database/src/query/index_range.rs.
 */
import type { PaginationResult } from "convex/server";
import { beforeEach, describe, expect, it } from "vitest";
import { dataOf, pageOf } from "./calls";
import { hostEngine, messageOf, onBoth, type Engine } from "./engines";
import { mutationAt } from "./functions";

type Options = { numItems: number; cursor: string | null } & Record<string, unknown>;
type Task = { rank: number };

let t: Engine;
beforeEach(() => {
  t = hostEngine();
});

const fill = (count: number) => t.mutation(mutationAt("fill"), { count });

/** A page of the tasks whose rank has this remainder by ten; without one, of all tasks. */
const page = (options: Options, remainder?: number) =>
  t.query(async (ctx) => {
    const all = ctx.db.query("tasks").withIndex("by_rank");
    const filtered =
      remainder === undefined ? all : all.filter((q) => q.eq(q.mod(q.field("rank"), 10), remainder));
    return await filtered.paginate(options);
  }) as Promise<PaginationResult<Task>>;
const ranks = ({ page: tasks }: PaginationResult<Task>) => tasks.map(({ rank }) => rank);

describe("the options of a page", () => {
  const refused: Record<string, [options: Partial<Options>, says: RegExp]> = {
    "no items": [{ numItems: 0 }, /NoDocumentsForPagination/],
    "a negative number of items": [{ numItems: -1 }, /positive number/],
    "a fraction of an item": [{ numItems: 1.5 }, /whole number/],
    "more items than a function may read": [{ numItems: 32_001 }, /PageSizeTooLarge/],
    "no rows to read": [{ maximumRowsRead: 0 }, /InvalidPaginationLimit/],
    "a fraction of a row": [{ maximumRowsRead: 2.5 }, /whole number/],
    "no bytes to read": [{ maximumBytesRead: 0 }, /InvalidPaginationLimit/],
    "a negative number of bytes": [{ maximumBytesRead: -1 }, /whole number/],
  };
  it.each(Object.entries(refused))("options with %s are refused", async (_, [options, says]) => {
    expect(await messageOf(page({ numItems: 1, cursor: null, ...options }))).toMatch(says);
  });

  it.each(["cursor", "endCursor"])("options with another query's cursor as %s are refused", async (name) => {
    await fill(4);
    const { next } = await pageOf(t, null, { numItems: 2, above: 1 });
    const refusal = await dataOf(pageOf(t, null, { above: 2, [name]: next }));
    expect(refusal).toMatchObject({ isConvexSystemError: true, paginationError: "InvalidCursor" });
  });

  it("the options of a page allow one paginated query only in a function, on both engines", async () => {
    const { convexTest, host } = await onBoth((engine) =>
      messageOf(
        engine.query(async (ctx) => {
          const options = { numItems: 1, cursor: null };
          await ctx.db.query("tasks").paginate(options);
          await ctx.db.query("anything").paginate(options);
        }),
      ),
    );
    for (const message of [convexTest, host]) expect(message).toMatch(/paginated quer/i);
  });
});

describe("the limits of a page", () => {
  beforeEach(() => fill(100));

  it("a page that reads maximumRowsRead documents ends there and must be split", async () => {
    const first = await page({ numItems: 10, cursor: null, maximumRowsRead: 30 }, 9);
    expect(first).toMatchObject({ isDone: false, pageStatus: "SplitRequired" });
    expect(ranks(first)).toEqual([9, 19, 29]);
    const next = await page({ numItems: 10, cursor: first.continueCursor, maximumRowsRead: 30 }, 9);
    expect(ranks(next)).toEqual([39, 49, 59]);
  });

  it("a page that reads maximumBytesRead ends there, after at least one document", async () => {
    const small = await page({ numItems: 50, cursor: null, maximumBytesRead: 1 });
    expect(small).toMatchObject({ isDone: false, pageStatus: "SplitRequired" });
    expect(ranks(small)).toEqual([0]);
    const larger = await page({ numItems: 50, cursor: null, maximumBytesRead: 1_000 });
    expect(larger.pageStatus).toBe("SplitRequired");
    expect(larger.page.length).toBeGreaterThan(3);
    expect(larger.page.length).toBeLessThan(20);
  });

  it("splitting is recommended above three quarters of a limit, and not for a page that is far below", async () => {
    const options = { cursor: null, maximumRowsRead: 40 };
    expect((await page({ numItems: 31, ...options })).pageStatus).toBe("SplitRecommended");
    expect((await page({ numItems: 30, ...options })).pageStatus).toBeNull();
  });

  it("a page with an end ignores its size and limits, and recommends splitting", async () => {
    const end = await page({ numItems: 80, cursor: null });
    const again = await page({
      numItems: 5,
      cursor: null,
      endCursor: end.continueCursor,
      maximumRowsRead: 10,
    });
    expect(ranks(again)).toEqual(ranks(end));
    expect(again).toMatchObject({ isDone: false, pageStatus: "SplitRecommended" });
  });
});

describe("the split cursor of a page", () => {
  it("the split cursor is in the middle of the documents that were read, and splits the page without a gap", async () => {
    await fill(40);
    const whole = await page({ numItems: 3, cursor: null }, 5);
    const { splitCursor, continueCursor } = whole;
    if (typeof splitCursor !== "string") throw new Error("The page has no split cursor.");
    const first = await page({ numItems: 3, cursor: null, endCursor: splitCursor }, 5);
    const second = await page({ numItems: 3, cursor: splitCursor, endCursor: continueCursor }, 5);
    expect([...ranks(first), ...ranks(second)]).toEqual([5, 15, 25]);
    expect(ranks(first)).toEqual([5]);
    expect(second.continueCursor).toBe(continueCursor);
  });

  it("the split cursor is null for a page of two documents or fewer", async () => {
    await fill(2);
    expect((await page({ numItems: 5, cursor: null })).splitCursor).toBeNull();
  });
});
