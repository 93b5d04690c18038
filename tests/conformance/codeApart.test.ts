// @vitest-environment node
/**
 * Code runs apart, as in Convex's isolates: it remembers nothing, ends at its limit, and reaches nothing of the host.
 * Sources are files of convex-backend, commit 94a42c3.
 */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { beforeEach, describe, expect, it } from "vitest";
import {
  clientFor,
  fixturePath,
  onTestEnd,
  open,
  recordingLog,
  spawnHost,
  temporaryFolder,
} from "../host/harness";

const functions = fixturePath("apart");

/**
 * crates/isolate/src/environment/udf/mod.rs, `run_nested`: a fresh context for every run, nested ones too, unless the
 * module asks for another one by `experimental_reuseContext`.
 */
describe("the memory of modules", () => {
  it.each(["query", "mutation", "action"] as const)(
    "a %s finds the variables, objects and globals of its modules as they are first",
    async (kind) => {
      const call = clientFor(await open({ functions }));
      const path = `memory:in${kind[0]?.toUpperCase()}${kind.slice(1)}`;
      const first = { variable: 1, object: 1, global: 1 };
      for (const _ of ["first", "second", "third"]) expect(await call[kind](path)).toEqual(first);
    },
  );

  it("a nested call has variables of its own, and its caller keeps those it had", async () => {
    const call = clientFor(await open({ functions }));
    expect(await call.query("memory:aroundNestedCall")).toEqual([1, 1, 2]);
  });

  it("a list that a file declares is as it was first: a function that adds to it is refused, on Convex it adds to its own", async () => {
    const call = clientFor(await open({ functions }));
    expect(await call.query("declared:addOne")).toBe("TypeError");
    expect(await call.query("declared:all")).toEqual(["first"]);
  });
});

/** crates/isolate/src/environment/udf/mod.rs, `run_inner`: "Returned promise will never resolve". */
it("a mutation that awaits what nothing will resolve fails at once, without effect, and holds nobody", async () => {
  const { log, lines } = recordingLog();
  const call = clientFor(await open({ functions, log }));
  await call.query("endless:short");
  const startedAt = performance.now();
  const waiting = Array.from({ length: 10 }, () => call.mutation("endless:waiting"));
  const answers = await Promise.allSettled([...waiting, call.query("endless:short")]);
  // Convex's limit is one second for each; together they take less.
  expect(performance.now() - startedAt).toBeLessThan(1_000);
  expect(answers.map(({ status }) => status)).toEqual([...waiting.map(() => "rejected"), "fulfilled"]);
  expect(lines.join()).toContain("Returned promise will never resolve");
  expect(await call.query("endless:notes")).toEqual([]);
});

/** crates/isolate/src/timeout.rs: a terminated isolate; the limit is DATABASE_UDF_USER_TIMEOUT in common/src/knobs.rs. */
describe("a function that does not end by itself", () => {
  it.each(["inQuery", "inMicrotasks", "inNestedCalls"])(
    "a query that loops for ever (%s) is ended, and the host goes on",
    async (name) => {
      const call = clientFor(await spawnHost(await temporaryFolder(), "apart"));
      await expect(call.query(`endless:${name}`)).rejects.toThrow("Server Error");
      expect(await call.query("endless:short")).toBe(1);
    },
  );

  it("a mutation that loops for ever is ended, and nothing that it wrote is stored", async () => {
    const call = clientFor(await spawnHost(await temporaryFolder(), "apart"));
    await expect(call.mutation("endless:inMutation")).rejects.toThrow("Server Error");
    expect(await call.query("endless:notes")).toEqual([]);
    expect(await call.mutation("memory:inMutation")).toMatchObject({ variable: 1 });
  });

  it("an action that loops for ever is ended, and actions go on", async () => {
    const call = clientFor(await spawnHost(await temporaryFolder(), "apart"));
    await expect(call.action("endless:inAction")).rejects.toThrow("Server Error");
    expect(await call.action("memory:inAction")).toMatchObject({ variable: 1 });
  });
});

/** crates/isolate/src/context_cache.rs: a context of its own, with the globals of npm-packages/udf-runtime/src/setup.ts. */
describe("what code reaches", () => {
  let call: ReturnType<typeof clientFor>;
  let siteUrl: string;
  beforeEach(async () => {
    const deployment = await open({ functions });
    call = clientFor(deployment);
    ({ siteUrl } = deployment);
  });

  it("code made by the constructor of anything that the host answers with sees nothing of Node", async () => {
    const seen = (await call.query("reach:constructors")) as string[][];
    expect(seen.length).toBeGreaterThan(8);
    for (const types of seen) expect(types).toEqual(["undefined", "undefined", "undefined", "undefined"]);
  });

  it("a function that changes prototypes does not change the host's", async () => {
    await call.mutation("reach:breakPrototypes").catch(() => undefined);
    expect(JSON.stringify([[1].map((each) => each + 1), {}])).toBe("[[2],{}]");
    expect(await Promise.resolve(1)).toBe(1);
    expect(await call.action("memory:inAction")).toMatchObject({ variable: 1 });
  });

  it("what the host answers is an instance of the types that code sees", async () => {
    const seen = (await call.query("reach:instances")) as Record<string, unknown>;
    expect(seen).toEqual({
      ...Object.fromEntries(Object.keys(seen).map((name) => [name, true])),
      signature: 32,
      headers: "b",
      list: 2,
    });
    expect(await call.mutation("reach:bytes", { bytes: new ArrayBuffer(2) })).toBeInstanceOf(ArrayBuffer);
    expect(await call.action("reach:failingCall")).toBe(true);
  });

  it("an action reads answers of fetch as text, bytes, JSON and streams, and can abort", async () => {
    const server = createServer((request, response) => {
      if (request.method === "POST") request.pipe(response);
    }).listen(0, "127.0.0.1");
    onTestEnd(() => Promise.resolve(server.closeAllConnections()));
    await once(server, "listening");
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    expect(await call.action("reach:fetched", { url })).toEqual({
      response: true,
      status: 200,
      streamed: "sent",
      text: "sent",
      buffer: true,
      json: true,
      unreachable: true,
      aborted: "TimeoutError",
    });
  });

  it("an HTTP action reads the bytes that it is sent, and answers with a stream", async () => {
    const answer = await fetch(`${siteUrl}/stream`, {
      method: "POST",
      body: "sent",
      headers: { "User-Agent": "a test" },
    });
    expect([answer.status, answer.headers.get("x-own"), await answer.text()]).toEqual([
      201,
      "true",
      "sent by a test",
    ]);
  });
});
