/** The two engines, over one small app: each piece of work runs on a fresh one of each. */
import { convexTest, type TestConvex } from "convex-test";
import { hostTest } from "../../local/host/testing";
import * as desk from "./functions";
import schema from "./schema";

export type Engine = TestConvex<typeof schema>;

/** Both engines look for the folder of functions by its `_generated`. */
const modules = {
  "/conformance/_generated/api.js": () => Promise.resolve({}),
  "/conformance/desk.ts": () => Promise.resolve(desk),
};

/** Each engine puts its own syscalls in this place, convex-test once and for all. */
const world = globalThis as { Convex?: unknown };
convexTest(schema, modules);
const convexTestSyscalls = world.Convex;

/** What `work` gives on convex-test and on the host, one after the other. */
export async function onBoth<Result>(
  work: (engine: Engine) => Promise<Result>,
): Promise<{ convexTest: Result; host: Result }> {
  world.Convex = convexTestSyscalls;
  const reference = await work(convexTest({ schema, modules, transactionLimits: true }));
  return { convexTest: reference, host: await work(hostTest(schema, modules)) };
}

/** What an error says; throws where there is none. */
export async function messageOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("It was not refused.");
}
