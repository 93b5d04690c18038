// @vitest-environment node
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { hostCrash } from "../soak/hostCrash";
import { clientFor, temporaryFolder, fixturePath, open, spawnHost, waitUntil } from "./harness";

const at = (url: string) => clientFor({ url });

/** Inserts tasks until the host is killed. Resolves to the texts of acknowledged inserts. */
async function insertUntilKilled(url: string, owner: string, worker: string): Promise<string[]> {
  const acknowledged: string[] = [];
  for (let count = 0; ; count += 1) {
    const text = `${worker}-${count}`;
    try {
      await at(url).mutation("tasks:insert", { owner, text });
    } catch {
      return acknowledged;
    }
    acknowledged.push(text);
  }
}

describe("a host killed with SIGKILL", () => {
  it("a host killed with SIGKILL has stored every acknowledged mutation, and its folder can be opened again", async () => {
    const data = await temporaryFolder();
    const acknowledged: string[] = [];
    for (const [round, lifetimeMs] of [150, 400, 275].entries()) {
      const host = await spawnHost(data);
      const workers = ["a", "b", "c"].map((name) => insertUntilKilled(host.url, "ann", `${round}${name}`));
      await wait(lifetimeMs);
      await host.kill();
      acknowledged.push(...(await Promise.all(workers)).flat());
    }
    const deployment = await open({ functions: fixturePath("edgeCases"), data });
    const stored = new Set((await clientFor(deployment).query("tasks:of", { owner: "ann" })) as string[]);
    expect(acknowledged.length).toBeGreaterThan(30);
    expect(acknowledged.filter((text) => !stored.has(text))).toEqual([]);
    // A kill can interrupt an acknowledgement, so at most one more task per worker and round may be stored.
    expect(stored.size - acknowledged.length).toBeLessThanOrEqual(3 * 3);
  });

  it("after repeated SIGKILLs of the host, every document has its index entries and no entry lacks a document", async () => {
    const result = await hostCrash(6, 3);
    expect(result).toMatchObject({ kills: 6, lost: 0, duplicated: 0, inconsistentEntries: 0 });
    expect(result.acknowledged).toBeGreaterThan(50);
  });

  it("each scheduled mutation runs exactly once when the host is killed and restarted", async () => {
    const data = await temporaryFolder();
    const total = 300;
    const host = await spawnHost(data);
    await at(host.url).mutation("tasks:scheduleMany", { owner: "ann", total });
    const tasksAt = async (url: string) => (await at(url).query("tasks:of", { owner: "ann" })) as string[];
    await waitUntil(async () => (await tasksAt(host.url)).length > 20);
    await host.kill();
    const deployment = await open({ functions: fixturePath("edgeCases"), data });
    const before = (await tasksAt(deployment.url)).length;
    expect(before).toBeLessThan(total);
    await waitUntil(async () => (await tasksAt(deployment.url)).length >= total);
    await wait(50);
    const texts = await tasksAt(deployment.url);
    expect([texts.length, new Set(texts).size]).toEqual([total, total]);
  });

  it("a scheduled action that a kill interrupted is marked as failed and does not run again", async () => {
    const data = await temporaryFolder();
    const host = await spawnHost(data);
    const id = await at(host.url).mutation("tasks:scheduleUnresolved");
    const job = async (url: string) =>
      (await at(url).query("tasks:job", { id })) as { state: { kind: string; error?: string } };
    await waitUntil(async () => (await job(host.url)).state.kind === "inProgress");
    await host.kill();
    const deployment = await open({ functions: fixturePath("edgeCases"), data });
    expect((await job(deployment.url)).state).toEqual({
      kind: "failed",
      error: "Transient error while executing action",
    });
  });
});

describe("unhandled errors in functions", () => {
  it("a host keeps running when functions leave unhandled rejections and failing timers behind", async () => {
    const host = await spawnHost(await temporaryFolder());
    expect(await at(host.url).mutation("tasks:unawaitedInMutation")).toBe("continued");
    expect(await at(host.url).action("tasks:unawaitedInAction")).toBe("continued");
    await wait(50);
    expect(host.process.exitCode).toBeNull();
    expect(await at(host.url).query("tasks:of", { owner: "ann" })).toEqual([]);
  });
});
