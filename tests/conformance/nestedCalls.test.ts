/**
 * Limits of nested calls as on Convex: convex-backend, crates/isolate/src/environment/udf/async_syscall.rs (`run_udf`),
 * crates/database/src/execution_size.rs (`from_budget`) and crates/database/src/transaction.rs
 * (`rollback_subtransaction`).
 */
import type { AdvancedRunQueryOptions, GenericMutationCtx, TransactionMetrics } from "convex/server";
import { beforeEach, describe, expect, it } from "vitest";
import { all, useFakeTimers } from "./calls";
import { hostEngine, messageOf, type Engine } from "./engines";
import { mutationAt, queryAt } from "./functions";
import type { DataModel } from "./schema";

useFakeTimers();

type Ctx = GenericMutationCtx<DataModel>;
type Limits = NonNullable<AdvancedRunQueryOptions["transactionLimits"]>;

let t: Engine;
beforeEach(() => {
  t = hostEngine();
});

const fill = (ctx: Ctx, count: number, transactionLimits: Limits = {}) =>
  ctx.runMutation(mutationAt("fill"), { count }, { transactionLimits });
const used = (metrics: TransactionMetrics) =>
  Object.fromEntries(Object.entries(metrics).map(([name, metric]) => [name, metric.used]));

describe("the transactionLimits of a nested call", () => {
  it("bound what the call itself writes, beyond what its caller wrote before", async () => {
    await t.run(async (ctx) => {
      await fill(ctx, 5);
      await fill(ctx, 3, { documentsWritten: 3 });
      expect(await messageOf(fill(ctx, 4, { documentsWritten: 3 }))).toMatch(/TooManyWrites.*limit: 11/);
    });
    expect((await all(t)) as string[]).toHaveLength(8);
  });

  const refused: Record<string, [limits: Limits, says: RegExp]> = {
    documentsRead: [{ documentsRead: 2 }, /TooManyDocumentsRead/],
    bytesRead: [{ bytesRead: 100 }, /TooManyBytesRead/],
    databaseQueries: [{ databaseQueries: 0 }, /TooManyReads/],
    "a fraction": [{ documentsRead: 1.5 }, /expected int/i],
    "a negative number": [{ documentsRead: -1 }, />=0/],
  };
  it.each(Object.entries(refused))("with %s end a query that needs more", async (_, [limits, says]) => {
    await t.run((ctx) => fill(ctx, 4));
    const read = t.run((ctx) => ctx.runQuery(queryAt("all"), {}, { transactionLimits: limits }));
    expect(await messageOf(read)).toMatch(says);
  });

  it("do not last longer than the call, and never raise the limits of the transaction", async () => {
    await t.run(async (ctx) => {
      await fill(ctx, 1, { documentsWritten: 1 });
      await fill(ctx, 2);
      const tooMany = fill(ctx, 16_000, { documentsWritten: 1_000_000 });
      expect(await messageOf(tooMany)).toMatch(/TooManyWrites.*limit: 16000/);
    });
  });

  it("do not count a scheduled function as a document", async () => {
    const schedule = { name: "add", args: { owner: "ann", rank: 1 }, delayMs: 0 };
    await t.run((ctx) =>
      ctx.runMutation(mutationAt("schedule"), schedule, { transactionLimits: { documentsWritten: 0 } }),
    );
    await t.run(async (ctx) => {
      await ctx.runMutation(mutationAt("schedule"), schedule);
      expect((await ctx.meta.getTransactionMetrics()).documentsWritten.used).toBe(0);
    });
  });

  it("bound the functions that it schedules", async () => {
    const schedule = t.run((ctx) =>
      ctx.runMutation(mutationAt("scheduleTooMany"), {}, { transactionLimits: { functionsScheduled: 5 } }),
    );
    expect(await messageOf(schedule)).toMatch(/TooManyFunctionsScheduled.*limit: 5/);
  });
});

describe("a nested mutation that fails", () => {
  it("gives back what it wrote, and neither what it read nor what it scheduled", async () => {
    await t.run(async (ctx) => {
      const before = used(await ctx.meta.getTransactionMetrics());
      await ctx.runMutation(mutationAt("nestAndFail"), {}).catch(() => undefined);
      const after = used(await ctx.meta.getTransactionMetrics());
      expect(after).toMatchObject({
        documentsWritten: before.documentsWritten,
        bytesWritten: before.bytesWritten,
        functionsScheduled: 1,
      });
    });
  });

  it("leaves room for as many writes as before", async () => {
    await t.run(async (ctx) => {
      for (const _ of [1, 2, 3]) {
        const failing = fill(ctx, 10_000, { documentsWritten: 9_000 });
        expect(await messageOf(failing)).toMatch(/TooManyWrites/);
      }
      await fill(ctx, 10_000);
    });
  });
});

describe("nested calls", () => {
  it("may be eight deep, and no deeper", async () => {
    await t.mutation(mutationAt("nest"), { depth: 7 });
    expect(await messageOf(t.mutation(mutationAt("nest"), { depth: 9 }))).toMatch(/MaximumCallDepthExceeded/);
  });
});

describe("a page", () => {
  it("ends and must be split where its function exceeds a limit of reads", async () => {
    for (const _ of [1, 2, 3]) await t.mutation(mutationAt("fill"), { count: 11_000 });
    const options = { numItems: 5, cursor: null };
    const page = await t.query((ctx) =>
      ctx.db
        .query("tasks")
        .filter((q) => q.eq(q.field("owner"), "nobody"))
        .paginate(options),
    );
    expect(page).toMatchObject({ page: [], isDone: false, pageStatus: "SplitRequired" });
    expect(typeof page.splitCursor).toBe("string");
  });
});
