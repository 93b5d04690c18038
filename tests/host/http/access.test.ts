// @vitest-environment node
/** Who may reach the host through a browser, and what every answer says to browsers. */
import { connect } from "node:net";
import { beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { openBricklink } from "../../../local/bricklink/simulator";
import type { Deployment } from "../../../local/host/deployment";
import { clientFor, fixturePath, liveClient, mutationAt, onTestEnd, open } from "../harness";

const OWN = "http://127.0.0.1:4400";
const FOREIGN = "https://foreign.test";

let deployment: Deployment;
beforeEach(async () => {
  deployment = await open({ functions: fixturePath("basic"), names: ["orders.test"], origins: [OWN] });
});

/** The status of a GET request whose target and Host header are written as they stand. */
async function statusOf(address: string, target: string, host: string): Promise<number> {
  const socket = connect(Number(new URL(address).port), "127.0.0.1");
  socket.write(`GET ${target} HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`);
  let text = "";
  for await (const chunk of socket as AsyncIterable<Buffer>) text += chunk.toString();
  return Number(text.split(" ")[1]);
}

describe("addresses", () => {
  it("a request is answered under the names that are served, 421 under any other, and 400 under what is no name", async () => {
    const bricklink = await openBricklink({ port: 0 });
    onTestEnd(() => bricklink.close());
    for (const host of ["127.0.0.1", "localhost:1234", "orders.test"]) {
      expect([host, await statusOf(deployment.url, "/version", host)]).toEqual([host, 200]);
      expect([host, await statusOf(deployment.siteUrl, "/nowhere", host)]).toEqual([host, 404]);
    }
    for (const url of [deployment.url, deployment.siteUrl]) {
      expect(await statusOf(url, "/version", "rebound.test")).toBe(421);
      expect(await statusOf(url, "/version", "a b:c")).toBe(400);
      expect(await statusOf(url, "http://127.0.0.1:99999/", "127.0.0.1")).toBe(400);
      expect(await statusOf(url, "/notes/ann", "someone:secret@127.0.0.1")).toBe(400);
    }
    expect(await statusOf(bricklink.url, "/control/stores", "localhost")).toBe(200);
    expect(await statusOf(bricklink.url, "/control/stores", "rebound.test")).toBe(403);
    expect(await statusOf(bricklink.url, "/control/stores", "a b:c")).toBe(400);
  });
});

describe("origins", () => {
  const call = (headers: Record<string, string>, method = "POST") =>
    fetch(`${deployment.url}/api/query`, {
      method,
      headers,
      ...(method === "POST" && { body: JSON.stringify({ path: "notes:of", args: { owner: "ann" } }) }),
    });

  it("functions are called by pages of an allowed origin and by clients without one, and not by foreign pages", async () => {
    const own = await call({ Origin: OWN });
    expect([own.status, own.headers.get("access-control-allow-origin")]).toEqual([200, OWN]);
    expect((await call({ Origin: OWN }, "OPTIONS")).status).toBe(204);
    expect((await call({})).status).toBe(200);
    for (const method of ["POST", "OPTIONS"]) {
      const foreign = await call({ Origin: FOREIGN }, method);
      expect([foreign.status, foreign.headers.get("access-control-allow-origin")]).toEqual([403, null]);
    }
  });

  it("a socket is opened for an allowed origin and without one, and not for a foreign origin or name", async () => {
    const address = `${deployment.url.replace("http", "ws")}/api/1.48.0/sync`;
    const opens = (headers: Record<string, string>) =>
      new Promise<boolean>((resolve) => {
        const socket = new WebSocket(address, { headers });
        onTestEnd(() => Promise.resolve(socket.terminate()));
        socket.on("open", () => resolve(true));
        socket.on("error", () => resolve(false));
      });
    expect(await opens({ Origin: OWN })).toBe(true);
    expect(await opens({})).toBe(true);
    expect(await opens({ Origin: FOREIGN })).toBe(false);
    expect(await opens({ Host: "rebound.test" })).toBe(false);
    await liveClient(deployment).mutation(mutationAt("notes:add"), { owner: "ann", text: "x", rank: 1 });
    expect(await clientFor(deployment).query("notes:of", { owner: "ann" })).toHaveLength(1);
  });

  it("an HTTP action decides itself which origins it answers, and a page cannot control the simulated BrickLink", async () => {
    const bricklink = await openBricklink({ port: 0 });
    onTestEnd(() => bricklink.close());
    const headers = { Origin: FOREIGN };
    expect((await fetch(`${deployment.siteUrl}/notes/ann`, { method: "POST", headers })).status).toBe(201);
    expect((await fetch(`${bricklink.url}/control/stores`, { method: "POST", headers })).status).toBe(403);
  });
});

it("every port forbids browsers to guess content types and to send on its addresses", async () => {
  const bricklink = await openBricklink({ port: 0 });
  onTestEnd(() => bricklink.close());
  const addresses = [
    `${deployment.url}/version`,
    `${deployment.siteUrl}/nowhere`,
    `${bricklink.url}/control/stores`,
  ];
  for (const address of addresses) {
    const { headers } = await fetch(address);
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
  }
});

it("an unknown route is answered without its address, which may hold a callback's token", async () => {
  const answer = await fetch(`${deployment.url}/api/bricklink/webhook/a-secret-token`, { method: "POST" });
  expect(answer.status).toBe(404);
  expect(await answer.text()).not.toContain("a-secret-token");
});
