/** The same small functions on convex-test and on the host: what one answers, the other must. */
import { convexTest } from "convex-test";
import { describe, expect, it } from "vitest";
import { hostTest } from "../../local/host/testing";
import { cases } from "./cases";
import schema from "./schema";

/** Both engines look for the folder of functions by it. */
const modules = { "/conformance/_generated/api.js": () => Promise.resolve({}) };

/** Each engine puts its own syscalls in this place, convex-test once and for all. */
const world = globalThis as { Convex?: unknown };
convexTest(schema, modules);
const convexTestSyscalls = world.Convex;

describe("on convex-test and on the host", () => {
  it.each(Object.entries(cases))("%s", async (_, work) => {
    world.Convex = convexTestSyscalls;
    const expected = await convexTest(schema, modules).run(work);
    const actual = await hostTest(schema, modules).run(work);
    expect(actual).toEqual(expected);
  });
});
