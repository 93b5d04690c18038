// @vitest-environment node
import { setTimeout as wait } from "node:timers/promises";
import { beforeEach, describe, expect, it } from "vitest";
import type { Deployment } from "../../../local/host/deployment";
import { clientFor, fixturePath, open } from "../harness";

let deployment: Deployment;
let call: ReturnType<typeof clientFor>;
beforeEach(async () => {
  deployment = await open({ functions: fixturePath("edgeCases") });
  call = clientFor(deployment);
});

const tasksOf = async (owner: string) => await call.query("tasks:of", { owner });

describe("the environment of a function", () => {
  it("Math.random differs in every run of a mutation", async () => {
    const numbers = await Promise.all(Array.from({ length: 20 }, () => call.mutation("tasks:randomNumber")));
    expect(new Set(numbers).size).toBe(20);
  });

  it("a mutation cannot generate keys, and a query can call Date as a function", async () => {
    await expect(call.mutation("tasks:newKey")).rejects.toThrow();
    expect(await call.query("tasks:dateAsFunction")).toBe("string");
  });

  it("ctx.meta returns a mutation's name, visibility, request and writes", async () => {
    const answer = await fetch(`${deployment.url}/api/mutation`, {
      method: "POST",
      headers: { "User-Agent": "a test" },
      body: JSON.stringify({ path: "tasks:about", args: {} }),
    });
    expect(await answer.json()).toMatchObject({
      value: {
        written: 1,
        name: "tasks:about",
        visibility: "public",
        userAgent: "a test",
        scheduledFunctionId: null,
      },
    });
  });
});

describe("the time limit", () => {
  it("a mutation whose own code runs longer than a second fails and its writes are rolled back", async () => {
    await expect(call.mutation("tasks:busy", { ms: 1_200 })).rejects.toThrow();
    expect(await tasksOf("busy")).toEqual([]);
    await call.mutation("tasks:busy", { ms: 10 });
    expect(await tasksOf("busy")).toEqual(["x"]);
  });

  it("time in which an action blocks the event loop does not count towards a mutation's time limit", async () => {
    const digested = call.mutation("tasks:digest", { rounds: 2_000 });
    await wait(5);
    const blocked = call.action("tasks:block", { ms: 1_300 });
    await Promise.all([digested, blocked]);
    expect(await tasksOf("digest")).toEqual(["done"]);
  });
});
