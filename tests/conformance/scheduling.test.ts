/**
 * Scheduling as on Convex: convex-backend, crates/udf/src/validation.rs (`validate_schedule_args`),
 * crates/model/src/scheduled_jobs/mod.rs (`schedule`, `cancel`), and convex, server/impl/scheduler_impl.ts.
 */
import { createFunctionHandle, makeFunctionReference, type GenericMutationCtx } from "convex/server";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { DAY_MS, jobs, runScheduled, useFakeTimers } from "./calls";
import { hostEngine, messageOf, type Engine } from "./engines";
import { mutationAt } from "./functions";
import type { DataModel } from "./schema";

useFakeTimers();

const FIVE_YEARS_MS = 5 * 366 * DAY_MS;

let t: Engine;
beforeEach(() => {
  t = hostEngine();
});

type Scheduler = GenericMutationCtx<DataModel>["scheduler"];
const add = mutationAt("add");
const task = { owner: "ann", rank: 1 };

describe.each(["mutation", "action"] as const)("a function that a %s schedules", (kind) => {
  const inside = (work: (scheduler: Scheduler) => Promise<unknown>): Promise<unknown> =>
    kind === "mutation" ? t.mutation((ctx) => work(ctx.scheduler)) : t.action((ctx) => work(ctx.scheduler));

  const missing: Record<string, string> = {
    "a module": "nowhere:add",
    "an export": "functions:nowhere",
  };
  it.each(Object.entries(missing))(
    "a scheduled function must exist: %s that is missing is refused at once",
    async (_, path) => {
      const schedule = inside((scheduler) =>
        scheduler.runAfter(0, makeFunctionReference<"mutation">(path), {}),
      );
      expect(await messageOf(schedule)).toMatch(/InvalidScheduledFunction: .*Did you forget to export it/);
    },
  );

  const times: Record<string, [at: (scheduler: Scheduler) => Promise<unknown>, says: RegExp]> = {
    "a negative delay": [(scheduler) => scheduler.runAfter(-1, add, task), /non-negative/],
    "a delay that is no number": [(scheduler) => scheduler.runAfter(NaN, add, task), /finite/],
    "an infinite delay": [(scheduler) => scheduler.runAfter(Infinity, add, task), /finite/],
    "a time that is no number": [(scheduler) => scheduler.runAt(NaN, add, task), /Invalid argument/],
    "a time before 1970": [(scheduler) => scheduler.runAt(-1, add, task), /Invalid argument/],
    "more than five years in the future": [
      (scheduler) => scheduler.runAfter(FIVE_YEARS_MS + 60_000, add, task),
      /InvalidScheduledFunctionDelay: .*5 years in the future/,
    ],
    "more than five years in the past": [
      (scheduler) => scheduler.runAt(Date.now() - FIVE_YEARS_MS - 60_000, add, task),
      /InvalidScheduledFunctionDelay: .*5 years in the past/,
    ],
  };
  it.each(Object.entries(times))("a time of %s is refused", async (_, [at, says]) => {
    expect(await messageOf(inside(at))).toMatch(says);
  });

  it("the function of a function handle must exist too (components/handles.rs)", async () => {
    const handle = (path: string) => createFunctionHandle(makeFunctionReference<"mutation">(path));
    expect(await messageOf(inside(() => handle("functions:nowhere")))).toMatch(/FunctionHandleNotFound/);
    expect(await inside(() => handle("functions:add"))).toContain("add");
  });

  it("a scheduled function is stored under the canonical name of its module and export (virtual_table.rs)", async () => {
    await inside((scheduler) => scheduler.runAfter(DAY_MS, add, task));
    const names = await t.query(async (ctx) =>
      (await ctx.db.system.query("_scheduled_functions").collect()).map(({ name }) => name),
    );
    expect(names).toEqual(["functions.js:add"]);
  });

  it("a scheduled time may lie nearly five years ahead", async () => {
    await inside((scheduler) => scheduler.runAfter(FIVE_YEARS_MS - 60_000, add, task));
    expect(await jobs(t)).toMatchObject([{ kind: "pending" }]);
  });
});

describe("cancelling", () => {
  it("what a cancelled running action and its mutations still schedule is cancelled from the start", async () => {
    const id = await t.mutation(mutationAt("scheduleUntilCancelled"), {});
    vi.advanceTimersByTime(1);
    await vi.waitFor(async () => expect(await jobs(t)).toMatchObject([{ kind: "inProgress" }]));
    await t.mutation(mutationAt("cancel"), { id });
    await runScheduled(t);
    expect((await jobs(t)) as { name: string; kind: string }[]).toMatchObject([
      { name: "functions:untilCancelled", kind: "canceled" },
      { name: "functions:add", kind: "canceled" },
      { name: "functions:add", kind: "canceled" },
    ]);
    expect(await t.run((ctx) => ctx.db.query("tasks").collect())).toEqual([]);
  });

  it("a function that has ended keeps its state and throws nothing", async () => {
    const id = await t.mutation(mutationAt("schedule"), { name: "add", args: task, delayMs: 0 });
    await runScheduled(t);
    await t.mutation(mutationAt("cancel"), { id });
    expect(await jobs(t)).toMatchObject([{ kind: "success" }]);
  });

  it("what is no scheduled function is refused", async () => {
    const id = await t.run((ctx) => ctx.db.insert("tasks", task));
    for (const wrong of [id, "nonsense"]) {
      const cancel = t.run((ctx) => ctx.scheduler.cancel(wrong as never));
      expect(await messageOf(cancel)).toMatch(/_scheduled_functions/);
    }
  });
});
