// @vitest-environment node
/** Requests for a socket, and what their clients do to the connection before it is one. */
import { once } from "node:events";
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { expect, it } from "vitest";
import { fixturePath, onTestEnd, open, spawnHost, temporaryFolder } from "../harness";

const upgradeOf = (path: string) =>
  [
    `GET ${path} HTTP/1.1`,
    "Host: 127.0.0.1",
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
    "\r\n",
  ].join("\r\n");

it.each([
  ["a refused socket", "/nowhere"],
  ["an accepted socket", "/api/1.48.0/sync"],
])("a client that resets %s does not end the host", async (_, path) => {
  const host = await spawnHost(await temporaryFolder());
  const { port } = new URL(host.url);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const socket = connect(Number(port), "127.0.0.1").on("error", () => undefined);
    socket.write(upgradeOf(path), () => socket.resetAndDestroy());
    await once(socket, "close");
  }
  await wait(100);
  expect(host.process.exitCode).toBeNull();
  expect((await fetch(`${host.url}/version`)).status).toBe(200);
});

it("a host closes while the client of a refused socket keeps its own side of the connection open", async () => {
  const deployment = await open({ functions: fixturePath("edgeCases") });
  const { port } = new URL(deployment.url);
  const socket = connect({ port: Number(port), host: "127.0.0.1", allowHalfOpen: true });
  onTestEnd(() => Promise.resolve(socket.destroy()));
  socket.write(upgradeOf("/nowhere"));
  const [answer] = (await once(socket, "data")) as [Buffer];
  expect(answer.toString()).toContain("HTTP/1.1 403");
  const closed = deployment.close().then(() => "closed");
  expect(await Promise.race([closed, wait(3_000, "still open")])).toBe("closed");
});
