// @vitest-environment node
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { hostCrash } from "../soak/hostCrash";
import { onTestEnd, clientFor, temporaryFolder, fixturePath, open, waitUntil } from "./harness";

type Child = { process: ChildProcess; url: string; kill: () => Promise<void> };

async function spawnHost(data: string): Promise<Child> {
  const script = new URL("child.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, ["--import", "tsx", script, fixturePath("edgeCases"), data], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const kill = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  onTestEnd(kill);
  const [url] = (await once(createInterface(child.stdout), "line")) as [string];
  return { process: child, url, kill };
}

const at = (url: string) => clientFor({ url });

/** Adds papers as fast as it can waitUntil the host is gone. Resolves to those that were acknowledged. */
async function addUntilGone(url: string, owner: string, worker: string): Promise<string[]> {
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
  it("has kept every mutation it had acknowledged, and gives its folder up", async () => {
    const data = await temporaryFolder();
    const acknowledged: string[] = [];
    for (const [round, lifetimeMs] of [150, 400, 275].entries()) {
      const host = await spawnHost(data);
      const workers = ["a", "b", "c"].map((name) => addUntilGone(host.url, "ann", `${round}${name}`));
      await wait(lifetimeMs);
      await host.kill();
      acknowledged.push(...(await Promise.all(workers)).flat());
    }
    const deployment = await open({ functions: fixturePath("edgeCases"), data });
    const kept = new Set((await clientFor(deployment).query("tasks:of", { owner: "ann" })) as string[]);
    expect(acknowledged.length).toBeGreaterThan(30);
    expect(acknowledged.filter((text) => !kept.has(text))).toEqual([]);
    // Acknowledgements can be lost, so there may be more papers, but at most the one each worker was waiting for.
    expect(kept.size - acknowledged.length).toBeLessThanOrEqual(3 * 3);
  });

  it("has every index agree with its documents, however often it was killed", async () => {
    const result = await hostCrash(6, 3);
    expect(result).toMatchObject({ kills: 6, lost: 0, doubled: 0, astray: 0 });
    expect(result.acknowledged).toBeGreaterThan(50);
  });

  it("runs each scheduled mutation exactly once", async () => {
    const data = await temporaryFolder();
    const total = 300;
    const host = await spawnHost(data);
    await at(host.url).mutation("tasks:scheduleMany", { owner: "ann", total });
    const papers = async (url: string) => (await at(url).query("tasks:of", { owner: "ann" })) as string[];
    await waitUntil(async () => (await papers(host.url)).length > 20);
    await host.kill();
    const deployment = await open({ functions: fixturePath("edgeCases"), data });
    const before = (await papers(deployment.url)).length;
    expect(before).toBeLessThan(total);
    await waitUntil(async () => (await papers(deployment.url)).length >= total);
    await wait(50);
    const texts = await papers(deployment.url);
    expect([texts.length, new Set(texts).size]).toEqual([total, total]);
  });

  it("does not run a scheduled action again that it had begun, and says so", async () => {
    const data = await temporaryFolder();
    const host = await spawnHost(data);
    const id = await at(host.url).mutation("tasks:scheduleForever");
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

describe("a function that leaves something failing behind", () => {
  it("does not take the host with it", async () => {
    const host = await spawnHost(await temporaryFolder());
    expect(await at(host.url).mutation("tasks:strayInMutation")).toBe("went on");
    expect(await at(host.url).action("tasks:strayInAction")).toBe("went on");
    await wait(50);
    expect(host.process.exitCode).toBeNull();
    expect(await at(host.url).query("tasks:of", { owner: "ann" })).toEqual([]);
  });
});
