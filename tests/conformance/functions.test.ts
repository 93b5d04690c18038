/** Functions as an app has them, called on both engines: results, refusals, what is left behind, what ran later. */
import { ConvexError, type Value } from "convex/values";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { actionAt, mutationAt, queryAt } from "./functions";
import { messageOf, onBoth, type Engine } from "./engines";

const DAY = 24 * 60 * 60_000;

beforeEach(() => {
  vi.useFakeTimers();
  vi.setSystemTime(new Date("2026-11-20T10:00:00Z"));
});
afterEach(() => vi.useRealTimers());

const add = (t: Engine, owner: string, rank: number) => t.mutation(mutationAt("add"), { owner, rank });
const all = (t: Engine) => t.query(queryAt("all"), {});
const jobs = (t: Engine) => t.query(queryAt("jobs"), {});
const settle = (t: Engine) => t.finishAllScheduledFunctions(vi.runAllTimers);

/** Data of a ConvexError, as it reaches the caller. */
async function dataOf(work: Promise<unknown>): Promise<unknown> {
  try {
    await work;
    return "not refused";
  } catch (error) {
    if (error instanceof ConvexError) return error.data as unknown;
    return "an error without data";
  }
}

type Page = { ranks: number[]; isDone: boolean; next: string };

function pageOf(t: Engine, cursor: string | null, more: Record<string, unknown> = {}): Promise<Page> {
  const { isDescending = false, above = -1, ...options } = more;
  const paginationOpts = { numItems: 4, cursor, ...options };
  return t.query(queryAt("page"), { isDescending, above, paginationOpts }) as Promise<Page>;
}

async function pagesOf(t: Engine, more: Record<string, unknown> = {}): Promise<[number[], boolean][]> {
  const pages: [number[], boolean][] = [];
  for (let cursor: string | null = null; ;) {
    const page = await pageOf(t, cursor, more);
    pages.push([page.ranks, page.isDone]);
    if (page.isDone || pages.length > 20) return pages;
    cursor = page.next;
  }
}

async function fillForPages(t: Engine): Promise<void> {
  for (let rank = 0; rank < 14; rank += 1) await add(t, rank % 5 === 0 ? "bob" : "ann", (rank * 5) % 14);
}

const sameOnBoth: Record<string, (t: Engine) => Promise<unknown>> = {
  "a ConvexError's data reaches the caller as it was thrown, and nothing written stays": async (t) => {
    const thrown: Value[] = ["text", null, 5, 7n, { code: "no", list: [1, "a", null] }, new ArrayBuffer(2)];
    const data = [];
    for (const each of thrown) data.push(await dataOf(t.mutation(mutationAt("fails"), { data: each })));
    return [data, await all(t)];
  },
  "nested mutations roll back alone, at every depth, and the outer sees what stays": async (t) => [
    await t.mutation(mutationAt("nest"), { depth: 2 }),
    await all(t),
  ],
  "a mutation that fails takes its nested ones and what it scheduled with it": async (t) => {
    await messageOf(t.mutation(mutationAt("nestAndFail"), {}));
    await settle(t);
    return [await all(t), await jobs(t)];
  },
  "what a nested mutation scheduled before it failed does not run": async (t) => {
    await t.mutation(mutationAt("scheduleInFailing"), {});
    await settle(t);
    return [await all(t), await jobs(t)];
  },
  "an action's mutations and what it scheduled stay, though it fails": async (t) => {
    const data = await dataOf(t.action(actionAt("actAndFail"), {}));
    await settle(t);
    return [data, await all(t), await jobs(t)];
  },
  "an action catches what its mutation refused": (t) => t.action(actionAt("act"), {}),
  "scheduled functions run in the order of their times, and say how it went": async (t) => {
    const at = (delayMs: number, name: string, args: unknown) =>
      t.mutation(mutationAt("schedule"), { name, args, delayMs });
    await at(3_000, "add", { owner: "third", rank: 1 });
    await at(1_000, "add", { owner: "first", rank: 1, fail: true });
    await at(2_000, "add", { owner: "second", rank: 1 });
    await at(0, "add", { owner: "wrong", rank: "not a number" });
    const before = await jobs(t);
    await settle(t);
    return [
      before,
      await jobs(t),
      await t.run(async (ctx) => (await ctx.db.query("papers").take(9)).map(({ owner }) => owner)),
    ];
  },
  "one that schedules itself goes on until it stops": async (t) => {
    await t.mutation(mutationAt("schedule"), { name: "countDown", args: { left: 4 }, delayMs: 500 });
    await settle(t);
    return [await all(t), await jobs(t)];
  },
  "one that was cancelled in time never runs": async (t) => {
    const args = { owner: "x", rank: 1 };
    const id = await t.mutation(mutationAt("schedule"), { name: "add", args, delayMs: 5_000 });
    await t.mutation(mutationAt("cancel"), { id });
    await settle(t);
    return [await all(t), await jobs(t)];
  },
  "only what is due has run when the clock has moved so far": async (t) => {
    for (const delayMs of [1_000, 60_000, 10 * DAY]) {
      await t.mutation(mutationAt("schedule"), { name: "add", args: { owner: "x", rank: delayMs }, delayMs });
    }
    const seen = [];
    for (const ms of [1_000, 60_000, 11 * DAY]) {
      vi.advanceTimersByTime(ms);
      await t.finishInProgressScheduledFunctions();
      seen.push(await all(t));
    }
    return seen;
  },
  "a scheduled action that fails says so": async (t) => {
    await t.mutation(mutationAt("scheduleAction"), { name: "actAndFail" });
    await settle(t);
    return [await all(t), await jobs(t)];
  },
  "pages join without gap or overlap, up and down": async (t) => {
    await fillForPages(t);
    return [await pagesOf(t), await pagesOf(t, { isDescending: true })];
  },
  "a filter thins out pages and leaves none of what it lets through": async (t) => {
    await fillForPages(t);
    const pages = await pagesOf(t, { above: 6 });
    return pages.flatMap(([ranks]) => ranks);
  },
  "a page goes on behind its cursor, whatever was written or removed meanwhile": async (t) => {
    await fillForPages(t);
    const first = await pageOf(t, null);
    await t.run(async (ctx) => {
      const papers = await ctx.db
        .query("papers")
        .withIndex("by_owner", (q) => q.eq("owner", "ann"))
        .take(6);
      // The one the cursor stands on, and the one after it.
      for (const { _id } of papers.slice(3, 5)) await ctx.db.delete("papers", _id);
    });
    await add(t, "ann", 0.5);
    await add(t, "ann", 8.5);
    const second = await pageOf(t, first.next);
    return [first.ranks, second.ranks];
  },
  "a page with an end cursor holds all that is between": async (t) => {
    await fillForPages(t);
    const first = await pageOf(t, null);
    await add(t, "ann", 0.25);
    await add(t, "ann", 0.75);
    const again = await pageOf(t, null, { endCursor: first.next });
    return [again.ranks, again.isDone, again.next === first.next];
  },
  "validators take what fits": async (t) => {
    const id = await add(t, "ann", 1);
    const good = [
      {},
      { text: "", count: 0n, kind: "new", list: [], record: {}, any: [{ a: 1n }] },
      { kind: 2, inner: { a: null }, paper: id, bytes: new ArrayBuffer(1) },
      { inner: { a: null, b: false }, list: [NaN, -0, Infinity], record: { "a b": 1 } },
    ];
    const answers = [];
    for (const args of good) answers.push(await t.query(queryAt("validated"), args));
    return answers;
  },
  "values of every kind go in and out as they are": async (t) => {
    const values = [null, -0, NaN, Infinity, 2n ** 63n - 1n, "\u0000", [[], {}], { a: { b: [true] } }];
    const answers = [];
    for (const value of values) answers.push(await t.query(queryAt("echo"), { value }));
    return answers;
  },
  "a function that returns nothing returns null": async (t) => [
    await t.mutation(mutationAt("scheduleInFailing"), {}),
    await t.query(queryAt("getAny"), { id: await add(t, "ann", 1) }).then((paper) => typeof paper),
  ],
  "a return value that fits is given": (t) => t.query(queryAt("returning"), { value: { owner: "ann" } }),
  "an identity is who it is said to be, also for what an action calls, and nobody without one": async (t) => [
    await t.query(queryAt("whoAmI"), {}),
    await t
      .withIdentity({ subject: "ann", issuer: "https://a.test", email: "ann@a.test" })
      .query(queryAt("whoAmI"), {}),
  ],
};

describe("on convex-test and on the host", () => {
  it.each(Object.entries(sameOnBoth))("%s", async (_, work) => {
    const { convexTest, host } = await onBoth(work);
    expect(host).toEqual(convexTest);
  });
});

/** Work that both refuse, and what both must say. */
const refused: Record<string, [says: RegExp, work: (t: Engine) => Promise<unknown>]> = {
  "an argument of another type": [/validator/i, (t) => t.query(queryAt("validated"), { text: 1 })],
  "a number for an int64": [/validator/i, (t) => t.query(queryAt("validated"), { count: 1 })],
  "no member of a union": [/validator/i, (t) => t.query(queryAt("validated"), { kind: "old" })],
  "an element of another type": [/validator/i, (t) => t.query(queryAt("validated"), { list: [1, "2"] })],
  "a field that is missing inside": [/validator/i, (t) => t.query(queryAt("validated"), { inner: {} })],
  "a field that is too many inside": [
    /validator/i,
    (t) => t.query(queryAt("validated"), { inner: { a: null, c: 1 } }),
  ],
  "an argument nobody asked for": [/validator/i, (t) => t.query(queryAt("validated"), { more: 1 })],
  "an id of another table": [
    /validator/i,
    async (t) => {
      const paper = await t.run((ctx) => ctx.db.insert("anything", { place: 1 }));
      await t.query(queryAt("validated"), { paper });
    },
  ],
  "text that is no id": [/validator/i, (t) => t.query(queryAt("validated"), { paper: "paper" })],
  "a return value that does not fit": [
    /return/i,
    (t) => t.query(queryAt("returning"), { value: { owner: 1 } }),
  ],
  "a write in a query": [
    /insert|not (a function|supported)|unsupported/i,
    (t) => t.query(queryAt("writeInQuery"), {}),
  ],
  "a mutation in a query": [/mutation/i, (t) => t.query(queryAt("mutateInQuery"), {})],
  "to delete what is gone": [
    /non-?existent/i,
    async (t) => t.mutation(mutationAt("removeTwice"), { id: await add(t, "ann", 1) }),
  ],
  "to get by what is no id": [
    /invalid argument|\bid\b/i,
    (t) => t.query(queryAt("getAny"), { id: "nonsense" }),
  ],
  "an index range out of the index's order": [/index|rank/i, (t) => t.query(queryAt("outOfOrder"), {})],
  "an index that is not there": [/index/i, (t) => t.query(queryAt("noSuchIndex"), {})],
  "a second page in one function": [/paginated query/i, (t) => t.query(queryAt("twoPages"), {})],
  "a query called as a mutation": [/mutation/i, (t) => t.mutation(mutationAt("all"), {})],
  "more than a thousand scheduled functions": [
    /schedul/i,
    (t) => t.mutation(mutationAt("scheduleTooMany"), {}),
  ],
};

describe("both engines refuse", () => {
  it.each(Object.entries(refused))("%s", async (_, [says, work]) => {
    const { convexTest, host } = await onBoth((t) => messageOf(work(t)));
    expect(convexTest).toMatch(says);
    expect(host).toMatch(says);
  });
});

/**
 * Where convex-test is known not to be Convex: the host must be as Convex is. What convex-test gives is said too, so that
 * the day it is mended shows, and the case can go up to those that are the same.
 */
describe("where convex-test differs, the host is as Convex", () => {
  it("waits for a time beyond 24.8 days: convex-test's timer overflows, Convex keeps the time", async () => {
    const { convexTest, host } = await onBoth(async (t) => {
      const args = { owner: "far", rank: 1 };
      await t.mutation(mutationAt("schedule"), { name: "add", args, delayMs: 30 * DAY });
      vi.advanceTimersByTime(DAY);
      await t.finishInProgressScheduledFunctions();
      return await all(t);
    });
    expect(host).toEqual([]);
    expect(convexTest).toEqual(["far 1"]);
  });

  it("counts documents that a filter drops as read: Convex's limit is on what is scanned", async () => {
    const { convexTest, host } = await onBoth(async (t) => {
      for (const _ of [1, 2, 3]) await t.mutation(mutationAt("fill"), { count: 11_000 });
      return await t.query(queryAt("scanForNothing"), {}).then(
        () => "went through",
        (error: unknown) => String(error),
      );
    });
    expect(host).toContain("TooManyDocumentsRead");
    expect(convexTest).toBe("went through");
  });

  it("refuses a document above 1 MiB, as Convex does; convex-test does not look", async () => {
    const insert = (t: Engine) => t.mutation(mutationAt("insertLarge"), { bytes: 1_100_000 });
    const { convexTest, host } = await onBoth((t) => insert(t).then(() => "went through", String));
    expect(host).toContain("DocumentTooLarge");
    expect(convexTest).toBe("went through");
  });

  it("ends a query after a second of its own time, as Convex does; convex-test waits", async () => {
    vi.useRealTimers();
    const { convexTest, host } = await onBoth((t) =>
      t.query(queryAt("runForever"), { ms: 1_200 }).then(() => "went through", String),
    );
    expect(host).toMatch(/second|time/i);
    expect(convexTest).toBe("went through");
  });

  it("leaves a scheduled function that has run as it ended: Convex cancels only what is pending or in progress", async () => {
    const { convexTest, host } = await onBoth(async (t) => {
      const args = { owner: "x", rank: 1 };
      const id = await t.mutation(mutationAt("schedule"), { name: "add", args, delayMs: 0 });
      await settle(t);
      await t.mutation(mutationAt("cancel"), { id });
      return await jobs(t);
    });
    expect(host).toMatchObject([{ kind: "success" }]);
    expect(convexTest).toMatchObject([{ kind: "canceled" }]);
  });

  it("says when a scheduled function ended, as Convex documents; convex-test leaves completedTime out", async () => {
    const { convexTest, host } = await onBoth(async (t) => {
      const args = { owner: "x", rank: 1 };
      await t.mutation(mutationAt("schedule"), { name: "add", args, delayMs: 1_000 });
      await settle(t);
      return await t.query(queryAt("timed"), {});
    });
    expect(host).toEqual([true]);
    expect(convexTest).toEqual([false]);
  });

  it("takes v.literal(3n) for 3n: convex-test compares it with its JSON", async () => {
    const { convexTest, host } = await onBoth((t) =>
      t.query(queryAt("validated"), { kind: 3n }).catch(() => "refused"),
    );
    expect(host).toEqual(["kind"]);
    expect(convexTest).toBe("refused");
  });

  it("refuses a record's value of another type, as v.record says; convex-test does not look inside", async () => {
    const { convexTest, host } = await onBoth((t) =>
      t.query(queryAt("validated"), { record: { a: "b" } }).catch(() => "refused"),
    );
    expect(host).toBe("refused");
    expect(convexTest).toEqual(["record"]);
  });

  it("compares values of different types in filters in the order of indexes; convex-test as JavaScript does", async () => {
    const { convexTest, host } = await onBoth((t) =>
      t.run(async (ctx) => {
        for (const [place, value] of [null, 0n, 5, false, "text"].entries()) {
          await ctx.db.insert("anything", { place, value });
        }
        await ctx.db.insert("anything", { place: 5 });
        const found = await ctx.db
          .query("anything")
          .filter((q) => q.lt(q.field("value"), "a"))
          .take(9);
        return found.map(({ place }) => place);
      }),
    );
    expect(host).toEqual([0, 1, 2, 3, 5]);
    expect(convexTest).not.toEqual(host);
  });

  it("tells of a cursor that is none by the data that resets usePaginatedQuery, as Convex does", async () => {
    const { convexTest, host } = await onBoth((t) => dataOf(pageOf(t, "no cursor")));
    expect(host).toMatchObject({ isConvexSystemError: true, paginationError: "InvalidCursor" });
    expect(convexTest).not.toEqual(host);
  });
});
