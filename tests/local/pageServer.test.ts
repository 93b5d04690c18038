import { readdirSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { get, type Server } from "node:http";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { listen } from "../../local/host/http/listen";
import { createPageServer } from "../../local/pageServer";

const PAGE = "<!doctype html><title>Orders</title>";
const SCRIPT = "export const answer = 42;";

let folder: string;
let server: Server;
let port: number;
let url: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bricklink-orders-page-"));
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), PAGE);
  await writeFile(join(folder, "assets/main-1a2b.js"), SCRIPT);
  await writeFile(join(folder, "assets/large-1a2b.js"), Buffer.alloc(4 * 1024 * 1024, "x"));
  server = createPageServer(folder, {
    convexUrl: "http://127.0.0.1:4401",
    demo: null,
    names: ["orders.test"],
  });
  port = await listen(server, 0);
  url = `http://127.0.0.1:${port}`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await rm(folder, { recursive: true });
});

/** Sends a request whose target is written as it stands. Resolves to the status and the body. */
async function rawRequest(target: string, host = "127.0.0.1"): Promise<{ status: number; text: string }> {
  const socket = connect(port, "127.0.0.1");
  socket.write(`GET ${target} HTTP/1.1\r\nHost: ${host}:${port}\r\nConnection: close\r\n\r\n`);
  let text = "";
  for await (const chunk of socket as AsyncIterable<Buffer>) text += chunk.toString();
  return { status: Number(text.split(" ")[1]), text };
}

it.each([
  ["a malformed escape", "/%", 400],
  ["two slashes", "//", 200],
  ["an escaped null byte", "/a%00b", 400],
  ["a path of 5,000 characters", `/${"a".repeat(5_000)}`, 200],
  ["an absolute address with an impossible port", "http://127.0.0.1:99999/", 400],
  ["an absolute address with a user's name", "http://someone@127.0.0.1/", 400],
  ["a path out of the folder", "/../../etc/passwd", 200],
  ["an escaped path out of the folder", "/..%2f..%2fetc%2fpasswd", 403],
])("a request for %s is answered, and the next one gets the page", async (_, target, status) => {
  expect((await rawRequest(target)).status).toBe(status);
  expect((await rawRequest("/orders")).text).toContain(PAGE);
});

it("a path that is no file gets the page, which browsers ask for again, and a hashed file is cached for a year", async () => {
  for (const path of ["/", "/orders/17", "/assets", "/assets/", "/nothing.js"]) {
    const answer = await fetch(`${url}${path}`);
    expect([path, answer.status, await answer.text()]).toEqual([path, 200, PAGE]);
    expect(answer.headers.get("content-type")).toBe("text/html; charset=utf-8");
    expect(answer.headers.get("cache-control")).toBe("no-cache");
  }
  const script = await fetch(`${url}/assets/main-1a2b.js`);
  expect(await script.text()).toBe(SCRIPT);
  expect(script.headers.get("content-type")).toBe("text/javascript; charset=utf-8");
  expect(script.headers.get("cache-control")).toBe("public, max-age=31536000, immutable");
});

it("the page's configuration is JSON that is never cached, and 404 where there is none", async () => {
  const config = await fetch(`${url}/config.json`);
  expect(await config.json()).toEqual({ convexUrl: "http://127.0.0.1:4401" });
  expect(config.headers.get("cache-control")).toBe("no-store");
  expect((await fetch(`${url}/demo.json`)).status).toBe(404);
});

it("only GET and HEAD are allowed, and HEAD is answered without a body", async () => {
  // A long body must not keep its connection from carrying the next request.
  const body = "x".repeat(3 * 1024 * 1024);
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
    for (const path of ["/", "/config.json"]) {
      const refused = await fetch(`${url}${path}`, { method, body });
      expect([method, path, refused.status]).toEqual([method, path, 405]);
      expect(refused.headers.get("allow")).toBe("GET, HEAD");
    }
  }
  const head = await fetch(`${url}/`, { method: "HEAD" });
  expect([head.status, head.headers.get("content-length"), await head.text()]).toEqual([
    200,
    String(PAGE.length),
    "",
  ]);
});

it("a request for a name that is not served is answered 421, also for the demo's account", async () => {
  for (const name of ["127.0.0.1", "localhost", "orders.test"]) {
    expect([name, (await rawRequest("/", name)).status]).toEqual([name, 200]);
  }
  for (const target of ["/", "/demo.json", "/config.json"]) {
    expect([target, (await rawRequest(target, "rebound.test")).status]).toEqual([target, 421]);
  }
});

it("every answer lets the page run its own scripts only, connect to its own Convex only, and be framed by none", async () => {
  for (const path of ["/", "/assets/main-1a2b.js", "/config.json", "/a%00b"]) {
    const { headers } = await fetch(`${url}${path}`);
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'self';");
    expect(policy).toContain("connect-src 'self' http://127.0.0.1:4401 ws://127.0.0.1:4401;");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("script-src");
    expect(headers.get("x-content-type-options")).toBe("nosniff");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
    expect(headers.get("x-frame-options")).toBe("DENY");
  }
});

it("a download that the browser aborts leaves no file open", async () => {
  const openFiles = () => readdirSync("/proc/self/fd").length;
  const abort = () =>
    new Promise<void>((resolve) => {
      const request = get(`${url}/assets/large-1a2b.js`, { agent: false }, (response) => {
        response.once("data", () => {
          response.destroy();
          resolve();
        });
      });
      request.on("error", () => resolve());
    });
  await abort();
  const before = openFiles();
  for (let batch = 0; batch < 20; batch += 1) await Promise.all(Array.from({ length: 20 }, abort));
  await expect.poll(openFiles, { timeout: 5_000 }).toBeLessThan(before + 20);
});
