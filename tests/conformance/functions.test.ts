/** Function calls whose results, committed writes and scheduled functions must be equal on both engines. */
import type { Value } from "convex/values";
import { describe, expect, it, vi } from "vitest";
import { add, all, DAY_MS, dataOf, jobs, pageOf, runScheduled, useFakeTimers } from "./calls";
import { messageOf, onBoth, type Engine } from "./engines";
import { actionAt, mutationAt, queryAt } from "./functions";

useFakeTimers();

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

/** Each key is the title of a test. */
const sameOnBoth: Record<string, (t: Engine) => Promise<unknown>> = {
  "a ConvexError's data reaches the caller unchanged, and the mutation's writes are rolled back": async (
    t,
  ) => {
    const thrown: Value[] = ["text", null, 5, 7n, { code: "no", list: [1, "a", null] }, new ArrayBuffer(2)];
    const data = [];
    for (const each of thrown) data.push(await dataOf(t.mutation(mutationAt("throwData"), { data: each })));
    return [data, await all(t)];
  },
  "a nested mutation that fails rolls back only its own writes, at every depth": async (t) => [
    await t.mutation(mutationAt("nest"), { depth: 2 }),
    await all(t),
  ],
  "a mutation that fails rolls back its nested mutations and the functions that it scheduled": async (t) => {
    await messageOf(t.mutation(mutationAt("nestAndFail"), {}));
    await runScheduled(t);
    return [await all(t), await jobs(t)];
  },
  "functions scheduled by a nested mutation that failed do not run": async (t) => {
    await t.mutation(mutationAt("catchFailedScheduling"), {});
    await runScheduled(t);
    return [await all(t), await jobs(t)];
  },
  "an action that fails keeps its committed mutations and scheduled functions": async (t) => {
    const data = await dataOf(t.action(actionAt("mutateAndFail"), {}));
    await runScheduled(t);
    return [data, await all(t), await jobs(t)];
  },
  "an action can catch the error of a mutation that it runs": (t) =>
    t.action(actionAt("catchFailedMutation"), {}),
  "scheduled functions run in the order of their times and store their final states": async (t) => {
    const at = (delayMs: number, name: string, args: unknown) =>
      t.mutation(mutationAt("schedule"), { name, args, delayMs });
    await at(3_000, "add", { owner: "third", rank: 1 });
    await at(1_000, "add", { owner: "first", rank: 1, fail: true });
    await at(2_000, "add", { owner: "second", rank: 1 });
    await at(0, "add", { owner: "wrong", rank: "not a number" });
    const before = await jobs(t);
    await runScheduled(t);
    return [
      before,
      await jobs(t),
      await t.run(async (ctx) => (await ctx.db.query("tasks").take(9)).map(({ owner }) => owner)),
    ];
  },
  "a scheduled function that schedules itself runs until it stops doing so": async (t) => {
    await t.mutation(mutationAt("schedule"), { name: "countDown", args: { left: 4 }, delayMs: 500 });
    await runScheduled(t);
    return [await all(t), await jobs(t)];
  },
  "a scheduled function that is cancelled before its time never runs": async (t) => {
    const args = { owner: "x", rank: 1 };
    const id = await t.mutation(mutationAt("schedule"), { name: "add", args, delayMs: 5_000 });
    await t.mutation(mutationAt("cancel"), { id });
    await runScheduled(t);
    return [await all(t), await jobs(t)];
  },
  "scheduled functions run only once the clock has reached their time": async (t) => {
    for (const delayMs of [1_000, 60_000, 10 * DAY_MS]) {
      await t.mutation(mutationAt("schedule"), { name: "add", args: { owner: "x", rank: delayMs }, delayMs });
    }
    const seen = [];
    for (const ms of [1_000, 60_000, 11 * DAY_MS]) {
      vi.advanceTimersByTime(ms);
      await t.finishInProgressScheduledFunctions();
      seen.push(await all(t));
    }
    return seen;
  },
  "a scheduled action that fails ends in state failed": async (t) => {
    await t.mutation(mutationAt("scheduleAction"), { name: "mutateAndFail" });
    await runScheduled(t);
    return [await all(t), await jobs(t)];
  },
  "pages join without gap or overlap in both orders": async (t) => {
    await fillForPages(t);
    return [await pagesOf(t), await pagesOf(t, { isDescending: true })];
  },
  "the pages of a filtered query together contain every matching document": async (t) => {
    await fillForPages(t);
    const pages = await pagesOf(t, { above: 6 });
    return pages.flatMap(([ranks]) => ranks);
  },
  "a page continues after its cursor when documents around the cursor were inserted and deleted": async (
    t,
  ) => {
    await fillForPages(t);
    const first = await pageOf(t, null);
    await t.run(async (ctx) => {
      const tasks = await ctx.db
        .query("tasks")
        .withIndex("by_owner", (q) => q.eq("owner", "ann"))
        .take(6);
      // The document at the cursor, and the one after it.
      for (const { _id } of tasks.slice(3, 5)) await ctx.db.delete("tasks", _id);
    });
    await add(t, "ann", 0.5);
    await add(t, "ann", 8.5);
    const second = await pageOf(t, first.next);
    return [first.ranks, second.ranks];
  },
  "a page with an end cursor contains every document up to that cursor": async (t) => {
    await fillForPages(t);
    const first = await pageOf(t, null);
    await add(t, "ann", 0.25);
    await add(t, "ann", 0.75);
    const again = await pageOf(t, null, { endCursor: first.next });
    return [again.ranks, again.isDone, again.next === first.next];
  },
  "argument validators accept matching values of every kind": async (t) => {
    const id = await add(t, "ann", 1);
    const good = [
      {},
      { text: "", count: 0n, kind: "new", list: [], record: {}, any: [{ a: 1n }] },
      { kind: 2, inner: { a: null }, task: id, bytes: new ArrayBuffer(1) },
      { inner: { a: null, b: false }, list: [NaN, -0, Infinity], record: { "a b": 1 } },
    ];
    const answers = [];
    for (const args of good) answers.push(await t.query(queryAt("validated"), args));
    return answers;
  },
  "values of every type are passed to and returned from a function unchanged": async (t) => {
    const values = [null, -0, NaN, Infinity, 2n ** 63n - 1n, "\u0000", [[], {}], { a: { b: [true] } }];
    const answers = [];
    for (const value of values) answers.push(await t.query(queryAt("echo"), { value }));
    return answers;
  },
  "a function without a return value returns null": async (t) => [
    await t.mutation(mutationAt("catchFailedScheduling"), {}),
    await t.query(queryAt("getAny"), { id: await add(t, "ann", 1) }).then((task) => typeof task),
  ],
  "a return value that matches the returns validator is returned": (t) =>
    t.query(queryAt("returning"), { value: { owner: "ann" } }),
  "getUserIdentity returns the test's identity, and null without one": async (t) => [
    await t.query(queryAt("whoAmI"), {}),
    await t
      .withIdentity({ subject: "ann", issuer: "https://a.test", email: "ann@a.test" })
      .query(queryAt("whoAmI"), {}),
  ],
};

describe("function calls on convex-test and on the host", () => {
  it.each(Object.entries(sameOnBoth))("%s", async (_, work) => {
    const { convexTest, host } = await onBoth(work);
    expect(host).toEqual(convexTest);
  });
});
