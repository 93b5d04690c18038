/** The two engines, with the same small app. Each piece of work runs on a new engine of each kind. */
import { convexTest, type TestConvex } from "convex-test";
import { hostTest } from "../../local/host/testing";
import * as functions from "./functions";
import schema from "./schema";

export type Engine = TestConvex<typeof schema>;

/** Both engines find the folder of functions by its `_generated`. */
const modules = {
  "/conformance/_generated/api.js": () => Promise.resolve({}),
  "/conformance/functions.ts": () => Promise.resolve(functions),
};

/** Each engine sets the global `Convex`; convex-test does so only the first time. */
const globals = globalThis as { Convex?: unknown };
convexTest(schema, modules);
const convexTestSyscalls = globals.Convex;

/**
 * The results of `work` on convex-test and on the host, which run one after the other. `more`: modules beside those of the
 * small app.
 */
export async function onBoth<Result>(
  work: (engine: Engine) => Promise<Result>,
  more: Record<string, () => Promise<unknown>> = {},
): Promise<{ convexTest: Result; host: Result }> {
  globals.Convex = convexTestSyscalls;
  const all = { ...modules, ...more };
  const reference = await work(convexTest({ schema, modules: all, transactionLimits: true }));
  return { convexTest: reference, host: await work(hostTest(schema, all)) };
}

/** An engine of the host alone, for what Convex does and convex-test does not. */
export function hostEngine(): Engine {
  return hostTest(schema, modules);
}

/** The message of the error that `work` rejects with. Throws when it resolves. */
export async function messageOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("The work was expected to fail and did not.");
}
