/** Components: one of the app's own, and two published ones, unmodified; one of these has a component itself. */
import { beforeEach, describe, expect, it } from "vitest";
import type { Deployment } from "../../local/host/deployment";
import { clientFor, temporaryFolder, fixturePath, open, queryAt, liveClient, waitUntil } from "./harness";

const functions = fixturePath("components");

let deployment: Deployment;
let call: ReturnType<typeof clientFor>;
beforeEach(async () => {
  deployment = await open({ functions });
  call = clientFor(deployment);
});

type Names = { app: string[]; component: string[] };
const names = async () => (await call.query("members:names")) as Names;

describe("a component", () => {
  it("a component has its own table and environment, even when the app has a table of the same name", async () => {
    expect(await call.mutation("members:register", { name: "Ann" })).toBe("Welcome, Ann");
    expect(await names()).toEqual({ app: ["Ann"], component: ["Ann"] });
  });

  it("a component function that fails rolls back its own writes only", async () => {
    expect(await call.mutation("members:register", { name: "Bo", fails: true })).toContain(
      "The waitlist is full.",
    );
    expect(await names()).toEqual({ app: ["Bo"], component: [] });
  });

  it("clients cannot call a component's functions, and the app cannot call its internal ones", async () => {
    await expect(call.mutation("waitlist|list:join", { name: "Eve" })).rejects.toThrow(
      "Could not find public",
    );
    expect(await call.mutation("members:callInternal", { id: "any" })).toContain("internal to its component");
    expect((await names()).component).toEqual([]);
  });

  it("a component cannot paginate, as on Convex (convex-backend, async_syscall.rs, query_page)", async () => {
    expect(await call.query("members:pageInComponent")).toContain("paginate() is only supported in the app");
  });

  it("a component does not see the caller's identity", async () => {
    expect(await call.query("members:identityInComponent")).toBeNull();
  });

  it("a component function can be called by a function handle and by the scheduler", async () => {
    expect(await call.mutation("members:joinByHandle", { name: "Cy" })).toBe("Welcome, Cy");
    await call.mutation("members:joinLater", { name: "Di" });
    await waitUntil(async () => (await names()).component.length === 2);
    expect((await names()).component).toEqual(["Cy", "Di"]);
  });

  it("live queries update when a component's table changes, and its documents survive a restart", async () => {
    const data = await temporaryFolder();
    const first = await open({ functions, data });
    const seen: string[][] = [];
    liveClient(first).onUpdate(queryAt("members:names"), {}, (now) => seen.push((now as Names).component));
    await waitUntil(() => seen.length === 1);
    await clientFor(first).mutation("members:joinByHandle", { name: "Fe" });
    await waitUntil(() => seen.length === 2);
    expect(seen).toEqual([[], ["Fe"]]);
    await first.close();
    const again = clientFor(await open({ functions, data }));
    expect(((await again.query("members:names")) as Names).component).toEqual(["Fe"]);
  });
});

it("@convex-dev/rate-limiter allows three calls per window and refuses the next ones", async () => {
  const results: unknown[] = [];
  for (let made = 0; made < 5; made += 1) results.push(await call.mutation("members:limitedCall"));
  expect(results).toEqual([true, true, true, false, false]);
});

it("@convex-dev/workpool, which has a component of its own, runs every action and reports its result", async () => {
  await call.mutation("members:enqueue", { names: ["brick", "plate", "stone", "tile"] });
  await waitUntil(async () => (await names()).app.length === 4);
  expect((await names()).app.sort()).toEqual([
    "failed: nothing",
    "success: brick",
    "success: plate",
    "success: tile",
  ]);
});
