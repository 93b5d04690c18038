/** Components: an app's own, one of its own components', and two that everybody uses, unmodified. */
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
  it("keeps a table of its own beside the app's of the same name, and its own environment", async () => {
    expect(await call.mutation("members:register", { name: "Ann" })).toBe("Welcome, Ann");
    expect(await names()).toEqual({ app: ["Ann"], component: ["Ann"] });
  });

  it("takes back its own writes when it fails, and the app goes on", async () => {
    expect(await call.mutation("members:register", { name: "Bo", fails: true })).toContain("No more room.");
    expect(await names()).toEqual({ app: ["Bo"], component: [] });
  });

  it("is called by no client, and its internal functions not by the app either", async () => {
    await expect(call.mutation("waitlist|list:join", { name: "Eve" })).rejects.toThrow(
      "Could not find public",
    );
    expect(await call.mutation("members:reachIn", { id: "any" })).toContain("internal to its component");
    expect((await names()).component).toEqual([]);
  });

  it("is not told who asks", async () => {
    expect(await call.query("members:whoAsks")).toBeNull();
  });

  it("is called by a handle, and later by the scheduler", async () => {
    expect(await call.mutation("members:handle", { name: "Cy" })).toBe("Welcome, Cy");
    await call.mutation("members:later", { name: "Di" });
    await waitUntil(async () => (await names()).component.length === 2);
    expect((await names()).component).toEqual(["Cy", "Di"]);
  });

  it("has its tables in live queries and after a restart", async () => {
    const data = await temporaryFolder();
    const first = await open({ functions, data });
    const seen: string[][] = [];
    liveClient(first).onUpdate(queryAt("members:names"), {}, (now) => seen.push((now as Names).component));
    await waitUntil(() => seen.length === 1);
    await clientFor(first).mutation("members:handle", { name: "Fe" });
    await waitUntil(() => seen.length === 2);
    expect(seen).toEqual([[], ["Fe"]]);
    await first.close();
    const again = clientFor(await open({ functions, data }));
    expect(((await again.query("members:names")) as Names).component).toEqual(["Fe"]);
  });
});

it("@convex-dev/rate-limiter limits", async () => {
  const results: unknown[] = [];
  for (let made = 0; made < 5; made += 1) results.push(await call.mutation("members:call"));
  expect(results).toEqual([true, true, true, false, false]);
});

it("@convex-dev/workpool, which has a component of its own, works everything off and tells how it ended", async () => {
  await call.mutation("members:enqueue", { names: ["brick", "plate", "stone", "tile"] });
  await waitUntil(async () => (await names()).app.length === 4);
  expect((await names()).app.sort()).toEqual([
    "failed: nothing",
    "success: brick",
    "success: plate",
    "success: tile",
  ]);
});
