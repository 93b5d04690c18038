/** The network between an unmodified client and the host, cut at random places: nothing is lost, nothing done twice. */
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { ConvexClient } from "convex/browser";
import { ConvexReactClient } from "convex/react";
import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { createRandom, type Random } from "../../../local/bricklink/random";
import { onTestEnd, clientFor, fixturePath, mutationAt, open, queryAt, waitUntil } from "../harness";

/** Node 20 has none of its own; browsers do. */
const webSocketConstructor = WebSocket as unknown as typeof globalThis.WebSocket;

/** The client waits longer after each. */
const CUTS = 2;
const NOTES = 120;

/** Stands between client and host; cuts each of its first connections after so many bytes of answers. */
async function cuttingProxy(target: string, random: Random): Promise<{ url: string; cuts: () => number }> {
  const { port } = new URL(target);
  let cuts = 0;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const host = connect(Number(port), "127.0.0.1");
    sockets.add(client).add(host);
    const isCut = cuts < CUTS;
    let left = random.between(400, 6_000);
    host.on("data", (chunk: Buffer) => {
      left -= chunk.length;
      if (!isCut || left > 0) {
        client.write(chunk);
        return;
      }
      // What the host did for the request is done; its answer never arrives.
      cuts += 1;
      client.destroy();
      host.destroy();
    });
    client.on("data", (chunk: Buffer) => host.write(chunk));
    for (const [socket, other] of [
      [client, host],
      [host, client],
    ] as const) {
      socket.on("error", () => other.destroy());
      socket.on("close", () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestEnd(() => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, cuts: () => cuts };
}

type Note = { text: string };
const args = { owner: "ann" };

describe.each([1, 2])("a network cut at random places, seed %i", (seed) => {
  it("loses and doubles nothing of what a ConvexClient asks for", async () => {
    const deployment = await open({ functions: fixturePath("basic") });
    const proxy = await cuttingProxy(deployment.url, createRandom(seed));
    const client = new ConvexClient(proxy.url, { logger: false });
    onTestEnd(() => client.close());
    let seen: Note[] = [];
    client.onUpdate(queryAt("notes:of"), args, (notes) => (seen = notes as Note[]));
    const texts = Array.from({ length: NOTES }, (_, index) => `note ${index}`);
    await Promise.all(
      texts.map((text, rank) => client.mutation(mutationAt("notes:add"), { ...args, text, rank })),
    );
    await waitUntil(() => seen.length === NOTES);
    const kept = (await clientFor(deployment).query("notes:of", args)) as Note[];
    expect(kept.map(({ text }) => text).sort()).toEqual([...texts].sort());
    expect(proxy.cuts()).toBe(CUTS);
  });

  it("leaves what a ConvexReactClient watches as it is on the host", async () => {
    const deployment = await open({ functions: fixturePath("basic") });
    const proxy = await cuttingProxy(deployment.url, createRandom(seed + 100));
    const client = new ConvexReactClient(proxy.url, { logger: false, webSocketConstructor });
    onTestEnd(() => client.close());
    const watch = client.watchQuery(queryAt("notes:of"), args);
    let updates = 0;
    watch.onUpdate(() => (updates += 1));
    const direct = clientFor(deployment);
    for (let rank = 0; rank < 40; rank += 1) {
      await direct.mutation("notes:add", { ...args, text: `note ${rank} ${"x".repeat(100)}`, rank });
    }
    await waitUntil(() => ((watch.localQueryResult() as Note[] | undefined) ?? []).length === 40);
    expect([updates > 0, proxy.cuts() > 0]).toEqual([true, true]);
    expect(watch.localQueryResult()).toEqual(await direct.query("notes:of", args));
  });
});
