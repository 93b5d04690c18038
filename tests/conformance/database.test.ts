/** The same database operations in one transaction on convex-test and on the host: the results must be equal. */
import { describe, expect, it } from "vitest";
import { databaseCases } from "./databaseCases";
import { onBoth } from "./engines";

describe("database operations on convex-test and on the host", () => {
  it.each(Object.entries(databaseCases))("%s", async (_, work) => {
    const { convexTest, host } = await onBoth((t) => t.run(work));
    expect(host).toEqual(convexTest);
  });
});
