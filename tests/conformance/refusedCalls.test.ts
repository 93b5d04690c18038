/** Function calls that both engines must refuse. */
import { describe, expect, it } from "vitest";
import { add, useFakeTimers } from "./calls";
import { messageOf, onBoth, type Engine } from "./engines";
import { mutationAt, queryAt } from "./functions";

useFakeTimers();

/** Calls that both engines refuse, and what both error messages must match. Each key completes "both engines refuse". */
const refused: Record<string, [says: RegExp, work: (t: Engine) => Promise<unknown>]> = {
  "an argument of the wrong type": [/validator/i, (t) => t.query(queryAt("validated"), { text: 1 })],
  "a number for an int64": [/validator/i, (t) => t.query(queryAt("validated"), { count: 1 })],
  "a value that is no member of a union": [
    /validator/i,
    (t) => t.query(queryAt("validated"), { kind: "old" }),
  ],
  "an array element of the wrong type": [
    /validator/i,
    (t) => t.query(queryAt("validated"), { list: [1, "2"] }),
  ],
  "a nested object with a missing field": [/validator/i, (t) => t.query(queryAt("validated"), { inner: {} })],
  "a nested object with an extra field": [
    /validator/i,
    (t) => t.query(queryAt("validated"), { inner: { a: null, c: 1 } }),
  ],
  "an undeclared argument": [/validator/i, (t) => t.query(queryAt("validated"), { more: 1 })],
  "an id of another table": [
    /validator/i,
    async (t) => {
      const task = await t.run((ctx) => ctx.db.insert("anything", { position: 1 }));
      await t.query(queryAt("validated"), { task });
    },
  ],
  "a string that is not an id": [/validator/i, (t) => t.query(queryAt("validated"), { task: "task" })],
  "a return value that violates the returns validator": [
    /return/i,
    (t) => t.query(queryAt("returning"), { value: { owner: 1 } }),
  ],
  "a write in a query": [
    /insert|not (a function|supported)|unsupported/i,
    (t) => t.query(queryAt("writeInQuery"), {}),
  ],
  "a mutation in a query": [/mutation/i, (t) => t.query(queryAt("mutateInQuery"), {})],
  "the deletion of a deleted document": [
    /non-?existent/i,
    async (t) => t.mutation(mutationAt("removeTwice"), { id: await add(t, "ann", 1) }),
  ],
  "a get with a string that is not an id": [
    /invalid argument|\bid\b/i,
    (t) => t.query(queryAt("getAny"), { id: "nonsense" }),
  ],
  "an index range that skips the index's first field": [
    /index|rank/i,
    (t) => t.query(queryAt("outOfOrder"), {}),
  ],
  "an index that does not exist": [/index/i, (t) => t.query(queryAt("noSuchIndex"), {})],
  "a second paginated query in one function": [/paginated query/i, (t) => t.query(queryAt("twoPages"), {})],
  "a query called as a mutation": [/mutation/i, (t) => t.mutation(mutationAt("all"), {})],
  "more than a thousand scheduled functions": [
    /schedul/i,
    (t) => t.mutation(mutationAt("scheduleTooMany"), {}),
  ],
};

describe("refused calls", () => {
  it.each(Object.entries(refused))("both engines refuse %s", async (_, [says, work]) => {
    const { convexTest, host } = await onBoth((t) => messageOf(work(t)));
    expect(convexTest).toMatch(says);
    expect(host).toMatch(says);
  });
});
