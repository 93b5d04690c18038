// @vitest-environment node
/** Requests that are answered before their body has been read. */
import { once } from "node:events";
import { Agent, request as sendRequest } from "node:http";
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { openBricklink } from "../../../local/bricklink/simulator";
import { onTestEnd, fixturePath, open, recordingLog } from "../harness";

type Sent = { status: number; socket: unknown };

/** Sends a request over the agent's connection. Resolves when the response has been read. */
function send(agent: Agent, url: string, method: string, body = ""): Promise<Sent> {
  return new Promise((resolve, reject) => {
    const request = sendRequest(url, { agent, method, timeout: 5_000 }, (response) => {
      const { socket } = response;
      response.resume().on("end", () => resolve({ status: response.statusCode ?? 0, socket }));
    });
    request.on("timeout", () => request.destroy(new Error(`${method} ${url} was not answered.`)));
    request.on("error", reject);
    request.end(body);
  });
}

/** One connection for all requests, as a client that reuses connections has. */
function oneConnection(): Agent {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestEnd(() => Promise.resolve(agent.destroy()));
  return agent;
}

const body = "x".repeat(3 * 1024 * 1024);

describe("a request that is answered before its body has been read", () => {
  it.each([
    ["a refused admin request", "url", "/api/admin/export", 401],
    ["an unknown route of the API", "url", "/api/nothing", 404],
    ["an unknown route of the site", "siteUrl", "/nothing", 404],
    ["an HTTP action that reads no body", "siteUrl", "/unread", 401],
    ["an HTTP action that reads a part", "siteUrl", "/partlyRead", 401],
    ["an HTTP action that throws", "siteUrl", "/throws", 500],
  ] as const)("after %s the same connection answers the next request", async (_, port, path, status) => {
    const deployment = await open({ functions: fixturePath("edgeCases") });
    const agent = oneConnection();
    const refused = await send(agent, deployment[port] + path, "POST", body);
    expect(refused.status).toBe(status);
    const next = await send(agent, `${deployment[port]}/nothing`, "GET");
    expect(next.status).toBe(404);
    expect(next.socket).toBe(refused.socket);
  });

  it("after a refused body the same connection of the simulated BrickLink answers the next request", async () => {
    const bricklink = await openBricklink({ port: 0 });
    onTestEnd(() => bricklink.close());
    const agent = oneConnection();
    // BrickLink answers a refused signature with status 200.
    expect((await send(agent, `${bricklink.url}/api/store/v1/orders`, "POST", body)).status).toBe(200);
    expect((await send(agent, `${bricklink.url}/control/stores`, "POST", body)).status).toBe(400);
    expect((await send(agent, `${bricklink.url}/control/stores`, "GET")).status).toBe(200);
  });

  it("a body that goes on beyond the limit after its answer ends the connection", async () => {
    const deployment = await open({ functions: fixturePath("edgeCases") });
    const socket = connect(Number(new URL(deployment.siteUrl).port), "127.0.0.1");
    onTestEnd(() => Promise.resolve(socket.destroy()));
    socket.write("POST /unread HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n");
    const [answer] = (await once(socket, "data")) as [Buffer];
    expect(answer.toString()).toContain("HTTP/1.1 401");
    const chunk = Buffer.concat([Buffer.from("40000\r\n"), Buffer.alloc(0x40000), Buffer.from("\r\n")]);
    let isOpen = true;
    socket.on("close", () => (isOpen = false)).on("error", () => undefined);
    let sent = 0;
    for (; isOpen && sent < 64 * 1024 * 1024; sent += 0x40000) {
      await new Promise((resolve) => socket.write(chunk, () => setImmediate(resolve)));
    }
    expect(isOpen).toBe(false);
  });
});

it("a client that breaks off its request is not logged as an error, since every client can", async () => {
  const { log, lines } = recordingLog();
  const deployment = await open({ functions: fixturePath("edgeCases"), log });
  const { port } = new URL(deployment.url);
  const socket = connect(Number(port), "127.0.0.1").on("error", () => undefined);
  socket.write("POST /api/query HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{");
  // The host has begun to read the body.
  await wait(100);
  socket.resetAndDestroy();
  await wait(100);
  expect(lines).toEqual([]);
});
