/** The same work in one transaction, on convex-test and on the host: what one answers, the other must. */
import { describe, expect, it } from "vitest";
import { cases } from "./databaseCases";
import { onBoth } from "./engines";

describe("on convex-test and on the host", () => {
  it.each(Object.entries(cases))("%s", async (_, work) => {
    const { convexTest, host } = await onBoth((t) => t.run(work));
    expect(host).toEqual(convexTest);
  });
});
