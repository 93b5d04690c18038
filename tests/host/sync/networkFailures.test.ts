/** Connections between unmodified clients and the host that break at random points: nothing is lost or applied twice. */
import { connect, createServer, type AddressInfo, type Socket } from "node:net";
import { ConvexClient } from "convex/browser";
import { ConvexReactClient } from "convex/react";
import { describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { createRandom, type Random } from "../../../local/bricklink/random";
import { onTestEnd, clientFor, fixturePath, mutationAt, open, queryAt, waitUntil } from "../harness";

/** Node 20 has no global WebSocket. */
const webSocketConstructor = WebSocket as unknown as typeof globalThis.WebSocket;

/** How many connections break. Chosen low, because the client waits longer after each. */
const BREAKS = 2;
const NOTES = 120;

/** A proxy that breaks each of its first connections after a random number of response bytes. */
async function breakingProxy(target: string, random: Random): Promise<{ url: string; breaks: () => number }> {
  const { port } = new URL(target);
  let breaks = 0;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const host = connect(Number(port), "127.0.0.1");
    sockets.add(client).add(host);
    const breaksOff = breaks < BREAKS;
    let left = random.between(400, 6_000);
    host.on("data", (chunk: Buffer) => {
      left -= chunk.length;
      if (!breaksOff || left > 0) {
        client.write(chunk);
        return;
      }
      // The host has handled the request, but its response never arrives.
      breaks += 1;
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
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, breaks: () => breaks };
}

type Note = { text: string };
const args = { owner: "ann" };

describe.each([1, 2])("connections that break at random points, seed %i", (seed) => {
  it(`a ConvexClient's mutations are each applied once when its connections break (seed ${seed})`, async () => {
    const deployment = await open({ functions: fixturePath("basic") });
    const proxy = await breakingProxy(deployment.url, createRandom(seed));
    const client = new ConvexClient(proxy.url, { logger: false });
    onTestEnd(() => client.close());
    let seen: Note[] = [];
    client.onUpdate(queryAt("notes:of"), args, (notes) => (seen = notes as Note[]));
    const texts = Array.from({ length: NOTES }, (_, index) => `note ${index}`);
    await Promise.all(
      texts.map((text, rank) => client.mutation(mutationAt("notes:add"), { ...args, text, rank })),
    );
    await waitUntil(() => seen.length === NOTES);
    const stored = (await clientFor(deployment).query("notes:of", args)) as Note[];
    expect(stored.map(({ text }) => text).sort()).toEqual([...texts].sort());
    expect(proxy.breaks()).toBe(BREAKS);
  });

  it(`a ConvexReactClient's query ends with the host's state when its connections break (seed ${seed})`, async () => {
    const deployment = await open({ functions: fixturePath("basic") });
    const proxy = await breakingProxy(deployment.url, createRandom(seed + 100));
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
    expect([updates > 0, proxy.breaks() > 0]).toEqual([true, true]);
    expect(watch.localQueryResult()).toEqual(await direct.query("notes:of", args));
  });
});
