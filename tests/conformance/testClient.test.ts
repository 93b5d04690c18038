/**
 * `hostTest` as `convexTest`: what a test's modules, components, identity, errors and clock do on both engines. They behave
 * as convex-test 0.0.60 does.
 */
import {
  componentsGeneric,
  defineSchema,
  defineTable,
  internalMutationGeneric,
  makeFunctionReference,
  mutationGeneric,
  queryGeneric,
  type FunctionReference,
} from "convex/server";
import { ConvexError, v, type Value } from "convex/values";
import { describe, expect, it, vi } from "vitest";
import { all, DAY_MS, jobs, runScheduled, useFakeTimers } from "./calls";
import { messageOf, onBoth, type Engine } from "./engines";
import { actionAt, mutationAt } from "./functions";

useFakeTimers();

/** Real time, for what fake timers do not reach. */
const realSetTimeout = setTimeout;
const wait = (ms: number) => new Promise((resolve) => realSetTimeout(resolve, ms));

/** Longer than the second that a query's or mutation's own code may take. */
const SLOW_MS = 1_300;

const queryIn = (path: string) => makeFunctionReference<"query", Record<string, unknown>, unknown>(path);
const mutationIn = (path: string) =>
  makeFunctionReference<"mutation", Record<string, unknown>, unknown>(path);
const refuse = (what: string) => () => Promise.reject(new Error(`${what} was loaded`));

describe("a test's modules on both engines", () => {
  it("a module is loaded when one of its functions is called, so that others may throw when they are loaded", async () => {
    const modules = {
      "/conformance/broken.ts": refuse("broken.ts"),
      "/conformance/convex.config.ts": refuse("convex.config.ts"),
      "/conformance/functions.test.ts": refuse("functions.test.ts"),
      "/conformance/schema.d.ts": refuse("schema.d.ts"),
    };
    const { convexTest, host } = await onBoth(async (t) => {
      await t.mutation(mutationAt("add"), { owner: "ann", rank: 1 });
      const call = t.query(queryIn("broken:anything"), {});
      return [await messageOf(call), await all(t)];
    }, modules);
    expect(convexTest).toEqual(["broken.ts was loaded", ["ann 1"]]);
    expect(host).toEqual(convexTest);
  });

  it("may be called for the first time by another function, or be scheduled, however long they take to load", async () => {
    const later = {
      note: mutationGeneric({
        args: {},
        handler: async (ctx) => {
          await ctx.db.insert("tasks", { owner: "later", rank: 1 });
        },
      }),
      count: queryGeneric({
        args: {},
        handler: async (ctx) => (await ctx.db.query("tasks").collect()).length,
      }),
    };
    const { convexTest, host } = await onBoth(
      async (t) => {
        await t.mutation((ctx) => ctx.scheduler.runAfter(0, mutationIn("later:note"), {}));
        await runScheduled(t);
        return [await t.query((ctx) => ctx.runQuery(queryIn("slow:count"), {})), await jobs(t)];
      },
      {
        "/conformance/later.ts": () => Promise.resolve(later),
        "/conformance/slow.ts": () => wait(SLOW_MS).then(() => later),
      },
    );
    expect(host).toEqual(convexTest);
    expect(host[0]).toBe(1);
  });
});

const waitlist = {
  join: mutationGeneric({
    args: { name: v.string() },
    handler: async (ctx, { name }) => {
      await ctx.db.insert("members", { name });
    },
  }),
  joinSecretly: internalMutationGeneric({
    args: { name: v.string() },
    handler: async (ctx, { name }) => {
      await ctx.db.insert("members", { name });
    },
  }),
  names: queryGeneric({
    args: {},
    handler: async (ctx) => (await ctx.db.query("members").collect()).map(({ name }) => String(name)),
  }),
  whoAmI: queryGeneric({
    args: {},
    handler: async (ctx) => (await ctx.auth.getUserIdentity())?.subject ?? "nobody",
  }),
  whoAmINested: queryGeneric({
    args: {},
    handler: async (ctx): Promise<unknown> => await ctx.runQuery(queryIn("lib/list:whoAmI"), {}),
  }),
};
const waitlistSchema = defineSchema({ members: defineTable({ name: v.string() }) });

type Arguments = Record<string, unknown>;
type References = { [name: string]: References };

/** A function of the component, as `components.waitlist.lib.list.<name>` in an app with generated code. */
const inWaitlist = (name: string) =>
  (componentsGeneric() as unknown as References).waitlist?.lib?.list?.[name] as unknown;
const queryInWaitlist = (name: string) =>
  inWaitlist(name) as FunctionReference<"query", "internal", Arguments, unknown>;
const mutationInWaitlist = (name: string) =>
  inWaitlist(name) as FunctionReference<"mutation", "internal", Arguments, unknown>;

function withWaitlist(t: Engine): Engine {
  t.registerComponent("waitlist", waitlistSchema, {
    "/waitlist/_generated/api.js": () => Promise.resolve({}),
    "/waitlist/lib/list.ts": () => Promise.resolve(waitlist),
    "/waitlist/broken.ts": refuse("the component's broken.ts"),
  });
  return t;
}

describe("a component's functions on both engines", () => {
  it("can be called directly, internal ones too, and use the component's own tables", async () => {
    const { convexTest, host } = await onBoth(async (engine) => {
      const t = withWaitlist(engine);
      await t.mutation(mutationInWaitlist("join"), { name: "Ann" });
      await t.mutation(mutationInWaitlist("joinSecretly"), { name: "Bo" });
      return [await t.query(queryInWaitlist("names"), {}), await all(t)];
    });
    expect(convexTest).toEqual([["Ann", "Bo"], []]);
    expect(host).toEqual(convexTest);
  });

  it("see the test's identity when they are called directly, and not through the app", async () => {
    const { convexTest, host } = await onBoth(async (engine) => {
      const t = withWaitlist(engine).withIdentity({ subject: "ann" });
      return [
        await t.query(queryInWaitlist("whoAmI"), {}),
        await t.query(queryInWaitlist("whoAmINested"), {}),
        await t.query((ctx) => ctx.runQuery(queryInWaitlist("whoAmI"), {})),
        await t.action((ctx) => ctx.runQuery(queryInWaitlist("whoAmI"), {})),
      ];
    });
    expect(convexTest).toEqual(["ann", "ann", "nobody", "nobody"]);
    expect(host).toEqual(convexTest);
  });
});

describe("the data of a ConvexError on both engines", () => {
  const data: Value = { code: "refused", list: [1, null, { a: "b" }] };
  const dataOf = (work: () => Promise<unknown>) =>
    work().catch((error: unknown) => (error instanceof ConvexError ? (error.data as unknown) : "no data"));

  const cases: Record<string, (t: Engine) => Promise<unknown>> = {
    "thrown by an inline query": (t) =>
      t.query(() => {
        throw new ConvexError(data);
      }),
    "thrown by an inline mutation": (t) =>
      t.mutation(() => {
        throw new ConvexError(data);
      }),
    "thrown by an inline action": (t) =>
      t.action(() => {
        throw new ConvexError(data);
      }),
    "thrown in run": (t) =>
      t.run(() => {
        throw new ConvexError(data);
      }),
    "of a mutation that an inline mutation runs": (t) =>
      t.mutation((ctx) => ctx.runMutation(mutationAt("throwData"), { data })),
    "of a mutation that an inline action runs": (t) =>
      t.action((ctx) => ctx.runMutation(mutationAt("throwData"), { data })),
    "of an action that an inline action runs": (t) =>
      t.action((ctx) => ctx.runAction(actionAt("throwDataInAction"), { data })),
    "caught and thrown again by an inline mutation": (t) =>
      t.mutation(async (ctx) => {
        const caught = await dataOf(() => ctx.runMutation(mutationAt("throwData"), { data }));
        throw new ConvexError(caught as Value);
      }),
  };
  it.each(Object.entries(cases))("is a value, %s", async (_, work) => {
    const { convexTest, host } = await onBoth((t) => dataOf(() => work(t)));
    expect(convexTest).toEqual(data);
    expect(host).toEqual(data);
  });
});

describe("fake timers on both engines", () => {
  it("drive scheduled actions that wait for timers, one after the other", async () => {
    const { convexTest, host } = await onBoth(async (t) => {
      const startedAt = Date.now();
      await t.mutation(mutationAt("scheduleAction"), { name: "addAfterTimers" });
      await runScheduled(t);
      return [await all(t), await jobs(t), Date.now() - startedAt >= DAY_MS];
    });
    expect(convexTest).toMatchObject([["slept 1", "slept 2", "slept 3"], [{ kind: "success" }], true]);
    expect(host).toEqual(convexTest);
  });

  it("a fake timer that throws while a function runs ends finishAllScheduledFunctions with that error", async () => {
    const { convexTest, host } = await onBoth(async (t) => {
      await t.mutation(mutationAt("scheduleAction"), { name: "addAfterTimers" });
      let advances = 0;
      const advance = () => {
        advances += 1;
        if (advances > 3) throw new Error("the clock is broken");
        vi.advanceTimersByTime(1);
      };
      const message = await messageOf(t.finishAllScheduledFunctions(advance));
      await runScheduled(t);
      return message;
    });
    expect(convexTest).toBe("the clock is broken");
    expect(host).toBe("the clock is broken");
  });
});
