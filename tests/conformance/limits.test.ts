/**
 * What counts towards the limits of a function, and how much: convex-backend, crates/value/src/size.rs and crates/database/src
 * (reads.rs, writes.rs, transaction.rs, query/index_range.rs, query/search_query.rs), crates/common/src/interval, and for
 * arguments and results crates/udf/src/helpers.rs and crates/isolate/src/helpers.rs.
 */
import type { GenericMutationCtx } from "convex/server";
import { getConvexSize, getDocumentSize, type GenericId, type Value } from "convex/values";
import { beforeEach, describe, expect, it } from "vitest";
import { add, jobs, runScheduled, useFakeTimers } from "./calls";
import { hostEngine, messageOf, onBoth, type Engine } from "./engines";
import { actionAt, mutationAt, queryAt } from "./functions";
import type { DataModel } from "./schema";

useFakeTimers();

type Ctx = GenericMutationCtx<DataModel>;
type TaskId = GenericId<"tasks">;

const MEBIBYTE = 1024 * 1024;

let t: Engine;
beforeEach(() => {
  t = hostEngine();
});

/** What `ctx.meta.getTransactionMetrics()` tells that the transaction has used. */
async function usedBy(ctx: Ctx) {
  const { databaseQueries, documentsRead, bytesRead, documentsWritten, bytesWritten } =
    await ctx.meta.getTransactionMetrics();
  return {
    ranges: databaseQueries.used,
    read: [documentsRead.used, bytesRead.used],
    written: [documentsWritten.used, bytesWritten.used],
  };
}

/** What `work` uses in a transaction of its own. */
async function usedIn(work: (ctx: Ctx) => Promise<unknown>) {
  return await t.run(async (ctx) => {
    await work(ctx);
    return await usedBy(ctx);
  });
}

const addTask = async (owner = "ann", rank = 1) => (await add(t, owner, rank)) as TaskId;
const sizeOfTask = (id: TaskId) =>
  t.run(async (ctx) => {
    const task = await ctx.db.get("tasks", id);
    return task === null ? 0 : getDocumentSize(task);
  });
/** The tasks with a rank. */
const withRank = (ctx: Ctx, rank: number) =>
  ctx.db.query("tasks").withIndex("by_rank", (q) => q.eq("rank", rank));

describe("the bytes of a document", () => {
  const values: Record<string, Value> = {
    constants: [null, true, false],
    numbers: [1, -0, NaN, 2n ** 40n],
    "strings of several alphabets": ["abc", "\u00e9\u00e8", "\u2603", "\u{1f9f1}", '"\\\n'],
    bytes: [new ArrayBuffer(0), new ArrayBuffer(1), new ArrayBuffer(2), new ArrayBuffer(100)],
    objects: { a: {}, bb: { c: "" }, list: [[], [{}]] },
  };
  it.each(Object.entries(values))("count as those of its value in Convex, for %s", async (_, value) => {
    const ids: GenericId<"anything">[] = [];
    const { written } = await usedIn(async (ctx) => {
      ids.push(await ctx.db.insert("anything", { position: 1, value }));
    });
    const { read } = await usedIn((ctx) => ctx.db.query("anything").collect());
    const bytes = await t.run(async (ctx) => {
      const [document] = await ctx.db.query("anything").collect();
      return document ? getDocumentSize(document) : 0;
    });
    expect({ written, read }).toEqual({ written: [1, bytes], read: [1, bytes] });
  });

  it("a document has at most one mebibyte, and its quotes count as one byte each", async () => {
    const around = await t.run(async (ctx) => {
      const id = await ctx.db.insert("anything", { position: 1, value: "" });
      const empty = await ctx.db.get("anything", id);
      return empty === null ? 0 : getDocumentSize(empty);
    });
    const insert = (bytes: number) =>
      t.run(async (ctx) => {
        await ctx.db.insert("anything", { position: 1, value: '"'.repeat(bytes) });
      });
    await insert(MEBIBYTE - around);
    expect(await messageOf(insert(MEBIBYTE - around + 1))).toMatch(
      /ValueTooLargeError: Value is too large.*maximum size 1 MiB/,
    );
  });
});

describe("a read document", () => {
  it("counts each time that it is read, and its range once", async () => {
    const id = await addTask();
    const size = await sizeOfTask(id);
    const used = await usedIn(async (ctx) => {
      for (let time = 0; time < 5_000; time += 1) await ctx.db.get("tasks", id);
    });
    expect(used).toMatchObject({ ranges: 1, read: [5_000, 5_000 * size] });
  });

  it("counts also where the transaction wrote it itself", async () => {
    const used = await usedIn(async (ctx) => {
      const id = await ctx.db.insert("tasks", { owner: "ann", rank: 1 });
      await ctx.db.get("tasks", id);
      await withRank(ctx, 1).collect();
    });
    expect(used).toMatchObject({ ranges: 2, read: [2, 2 * (used.written[1] ?? 0)] });
  });

  it("counts before it is patched, replaced or deleted", async () => {
    const id = await addTask();
    const size = await sizeOfTask(id);
    const used = await usedIn(async (ctx) => {
      await ctx.db.patch("tasks", id, { rank: 2 });
      await ctx.db.replace("tasks", id, { owner: "ann", rank: 3 });
      await ctx.db.delete("tasks", id);
    });
    expect(used).toEqual({ ranges: 1, read: [3, 3 * size], written: [3, 2 * size] });
  });

  it("does not count if there is none, but its range does", async () => {
    const id = await addTask();
    await t.run((ctx) => ctx.db.delete("tasks", id));
    expect(await usedIn((ctx) => ctx.db.get("tasks", id))).toMatchObject({ ranges: 1, read: [0, 0] });
  });

  it("does not count if it is a scheduled function", async () => {
    const args = { owner: "ann", rank: 1 };
    await t.mutation(mutationAt("schedule"), { name: "add", args, delayMs: 1_000 });
    const used = await usedIn(async (ctx) => {
      const [job] = await ctx.db.system.query("_scheduled_functions").take(1);
      if (job) await ctx.db.system.get("_scheduled_functions", job._id);
    });
    expect(used).toMatchObject({ ranges: 2, read: [0, 0] });
  });

  it("counts for a result of a search, with its range by id", async () => {
    const id = await t.run((ctx) => ctx.db.insert("tasks", { owner: "ann", rank: 1, note: "red brick" }));
    const used = await usedIn(async (ctx) => {
      const search = ctx.db.query("tasks").withSearchIndex("by_note", (q) => q.search("note", "brick"));
      await search.take(5);
      await ctx.db.get("tasks", id);
    });
    expect(used).toMatchObject({ ranges: 1, read: [2, 2 * (await sizeOfTask(id))] });
  });
});

describe("a patch or a replacement that changes nothing", () => {
  it("reads the document and writes nothing", async () => {
    const id = await addTask("ann", 1);
    const used = await usedIn(async (ctx) => {
      await ctx.db.patch("tasks", id, { rank: 1, note: undefined });
      await ctx.db.replace("tasks", id, { rank: 1, owner: "ann" });
    });
    expect(used).toMatchObject({ read: [2, 2 * (await sizeOfTask(id))], written: [0, 0] });
  });
});

describe("read ranges", () => {
  beforeEach(async () => {
    for (let rank = 0; rank < 6; rank += 1) await addTask("ann", rank);
  });

  const cases: Record<string, [ranges: number, work: (ctx: Ctx) => Promise<unknown>]> = {
    "do not count for a query of which nothing is read": [
      0,
      async (ctx) => {
        await ctx.db.query("tasks").take(0);
      },
    ],
    "count without a document in them": [1, (ctx) => withRank(ctx, 77).collect()],
    "do not count if no key can be in them": [
      0,
      (ctx) =>
        ctx.db
          .query("tasks")
          .withIndex("by_rank", (q) => q.gt("rank", 5).lt("rank", 5))
          .collect(),
    ],
    "count once for each of several values": [
      3,
      async (ctx) => {
        for (const rank of [1, 3, 5, 3, 1]) await withRank(ctx, rank).collect();
      },
    ],
    "count once if they overlap, in whichever order they are read": [
      1,
      async (ctx) => {
        for (const [from, to] of [
          [4, 6],
          [1, 3],
          [2, 5],
        ] as const) {
          await ctx.db
            .query("tasks")
            .withIndex("by_rank", (q) => q.gte("rank", from).lt("rank", to))
            .order(from === 1 ? "desc" : "asc")
            .collect();
        }
      },
    ],
    "count once if they touch": [
      1,
      async (ctx) => {
        await ctx.db
          .query("tasks")
          .withIndex("by_rank", (q) => q.lt("rank", 3))
          .collect();
        await ctx.db
          .query("tasks")
          .withIndex("by_rank", (q) => q.gte("rank", 3))
          .collect();
      },
    ],
    "count for each index of its own": [
      2,
      async (ctx) => {
        await ctx.db.query("tasks").collect();
        await ctx.db.query("tasks").withIndex("by_rank").collect();
      },
    ],
    "reach only as far as a query was read": [
      2,
      async (ctx) => {
        await ctx.db.query("tasks").withIndex("by_rank").take(2);
        await withRank(ctx, 4).collect();
      },
    ],
  };
  it.each(Object.entries(cases))("%s", async (_, [ranges, work]) => {
    expect((await usedIn(work)).ranges).toBe(ranges);
  });

  it("read ranges of an index of whole numbers count once if the numbers follow one another", async () => {
    const used = await usedIn(async (ctx) => {
      for (const value of [5n, 7n, 6n]) {
        await ctx.db
          .query("anything")
          .withIndex("by_value", (q) => q.eq("value", value))
          .collect();
      }
    });
    expect(used.ranges).toBe(1);
  });

  it("too many read ranges end the function", async () => {
    const read = (ctx: Ctx, count: number) => {
      const ranks = Array.from({ length: count }, (_, index) => index + 0.5);
      return Promise.all(ranks.map((rank) => withRank(ctx, rank).first()));
    };
    expect((await usedIn((ctx) => read(ctx, 4_096))).ranges).toBe(4_096);
    expect(await messageOf(usedIn((ctx) => read(ctx, 4_097)))).toMatch(/TooManyReads.*limit: 4096/);
  });

  it("contain the documents that were inserted, once the function reads from the same table by id", async () => {
    const insertAndGet = async (ctx: Ctx, count: number) => {
      const ids: TaskId[] = [];
      for (let rank = 0; rank < count; rank += 1) {
        ids.push(await ctx.db.insert("tasks", { owner: "ann", rank }));
      }
      const before = (await usedBy(ctx)).ranges;
      if (ids[0]) await ctx.db.get("tasks", ids[0]);
      return [before, (await usedBy(ctx)).ranges];
    };
    expect(await t.run((ctx) => insertAndGet(ctx, 4_096))).toEqual([0, 4_096]);
    expect(await messageOf(t.run((ctx) => insertAndGet(ctx, 4_097)))).toMatch(/TooManyReads/);
  });
});

describe("arguments and results", () => {
  /** A string in the object of the arguments, `{ value: … }`, in a list. */
  const argumentsOf = (bytes: number) => "x".repeat(bytes - getConvexSize([{ value: "" }]));
  const resultOf = (bytes: number) => "x".repeat(bytes - getConvexSize(""));
  const LIMIT = 16 * MEBIBYTE;

  it("a function's arguments have at most 16 MiB", async () => {
    await t.query(queryAt("ignore"), { value: argumentsOf(LIMIT) });
    const call = t.query(queryAt("ignore"), { value: argumentsOf(LIMIT + 1) });
    expect(await messageOf(call)).toMatch(
      /Arguments for functions:ignore are too large \(actual: 16 MiB, limit: 16 MiB\)/,
    );
  });

  it("a function's result has at most 16 MiB", async () => {
    await t.query(queryAt("makeText"), { bytes: resultOf(LIMIT).length });
    const call = t.query(queryAt("makeText"), { bytes: resultOf(LIMIT).length + MEBIBYTE });
    expect(await messageOf(call)).toMatch(
      /Function functions:makeText return value is too large \(actual: 17 MiB, limit: 16 MiB\)/,
    );
  });

  it("the same holds for functions that a query, a mutation or an action runs", async () => {
    const bytes = LIMIT + MEBIBYTE;
    for (const run of [
      t.query((ctx) => ctx.runQuery(queryAt("makeText"), { bytes })),
      t.mutation((ctx) => ctx.runQuery(queryAt("ignore"), { value: "x".repeat(bytes) })),
      t.action((ctx) => ctx.runQuery(queryAt("makeText"), { bytes })),
      t.action(actionAt("makeTextInAction"), { bytes }),
    ]) {
      expect(await messageOf(run)).toMatch(/too large \(actual: 17 MiB, limit: 16 MiB\)/);
    }
  });

  it("the arguments of scheduled functions count as lists of one object", async () => {
    const args = { owner: "ann", rank: 1 };
    const scheduled = await t.run(async (ctx) => {
      await ctx.scheduler.runAfter(0, mutationAt("add"), args);
      return (await ctx.meta.getTransactionMetrics()).scheduledFunctionArgsBytes.used;
    });
    expect(scheduled).toBe(getConvexSize([args]));
    await runScheduled(t);
    expect(await jobs(t)).toMatchObject([{ kind: "success" }]);
  });
});

describe("getTransactionMetrics on convex-test and on the host", () => {
  it("tells the same documents and bytes of a mutation that inserts and gets", async () => {
    const used = await onBoth((engine) =>
      engine.run(async (ctx) => {
        const ids: TaskId[] = [];
        for (const owner of ["ann", "\u00e9mile", ""]) {
          ids.push(await ctx.db.insert("tasks", { owner, rank: 1 }));
        }
        for (const id of ids) await ctx.db.get("tasks", id);
        const { read, written } = await usedBy(ctx);
        return { read, written };
      }),
    );
    expect(used.host).toEqual(used.convexTest);
  });
});
