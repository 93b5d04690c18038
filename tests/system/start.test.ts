import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { ConvexHttpClient } from "convex/browser";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { api } from "../../convex/_generated/api";
import {
  control,
  eventually,
  freshFolder,
  placeOrder,
  removeFolder,
  runToEnd,
  signedInClient,
  startSystem,
  type Running,
} from "../support/system";

let system: Running;
let data: string;

beforeAll(async () => {
  data = await freshFolder();
  system = await startSystem(data);
});
afterAll(async () => {
  await system.stop();
  await removeFolder(data);
});

const signedIn = () => signedInClient(system.convex, system.demo);

async function businessOf(client: ConvexHttpClient) {
  const { businesses } = await client.query(api.accounts.businesses.mine, {});
  const [business] = businesses;
  if (!business) throw new Error("The demo account has no store.");
  return business.businessAccountId;
}

async function orderOf(client: ConvexHttpClient, orderNumber: number) {
  const businessAccountId = await businessOf(client);
  return await client.query(api.orders.detail.get, { businessAccountId, orderNumber });
}

async function notificationsOf(client: ConvexHttpClient, orderNumber: number) {
  const businessAccountId = await businessOf(client);
  return await client.query(api.marketplaces.bricklink.queue.log.forOrder, {
    businessAccountId,
    orderNumber,
  });
}

const place = () => placeOrder(system, "demo");

describe("webhook over HTTP", () => {
  const post = (url: string, body: string, init: RequestInit = {}) =>
    fetch(url, { method: "POST", body, ...init });
  const event = (offsetMs = 0) => ({
    event_type: "Message",
    resource_id: 1,
    timestamp: new Date(Date.now() + offsetMs).toISOString(),
  });

  it("the webhook answers each kind of request with the status of the specified flow, always as JSON", async () => {
    const unknown = system.webhook.replace(/[^/]+$/, "A".repeat(43));
    const byQuery = system.webhook.replace(/\/([^/]+)$/, "?webhookToken=$1");
    const hour = 3_600_000;
    const answers = await Promise.all([
      post(system.webhook, JSON.stringify(event())),
      post(system.webhook, JSON.stringify([event(), event(-1)])),
      post(system.webhook, ""),
      post(byQuery, JSON.stringify(event())),
      post(system.webhook, JSON.stringify(event(-2 * hour))),
      post(unknown, "[]"),
      post(`${system.site}/api/bricklink/webhook`, "[]"),
      post(`${system.site}/api/bricklink/webhook/short`, "[]"),
      fetch(system.webhook),
      fetch(system.webhook, { method: "PUT", body: "[]" }),
      fetch(system.webhook, { method: "OPTIONS" }),
      post(system.webhook, "x".repeat(1_024)),
      post(system.webhook, "x".repeat(3_000_000)),
      post(system.webhook, "{"),
      post(system.webhook, JSON.stringify({ ...event(), resource_id: "one" })),
      post(system.webhook, JSON.stringify(event(6 * 60_000))),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([
      200, 200, 200, 200, 200, 401, 401, 401, 405, 405, 405, 413, 413, 400, 400, 400,
    ]);
    for (const answer of answers) {
      expect(answer.headers.get("content-type")).toContain("application/json");
      await answer.json();
    }
    expect(answers[8]?.headers.get("allow")).toBe("POST");
  });

  it("the webhook answers a HEAD request with 405", async () => {
    expect((await fetch(system.webhook, { method: "HEAD" })).status).toBe(405);
  });
});

it("the demo's orders and events are spread over the past week, and its stock and BrickLink agree with them", async () => {
  const client = await signedIn();
  const businessAccountId = await businessOf(client);
  const hour = 3_600_000;
  const startsOf = (count: number, ms: number) =>
    Array.from({ length: count }, (_, index) => Date.now() - (count - index) * ms);
  const { buckets } = await client.query(api.orders.trends.byDay, {
    businessAccountId,
    days: startsOf(7, 24 * hour),
  });
  expect(
    buckets.filter(({ toPack, problem, shipped, cancelled }) => toPack + problem + shipped + cancelled > 0),
  ).toHaveLength(7);
  const events = await client.query(api.marketplaces.bricklink.queue.trends.byHour, {
    businessAccountId,
    hours: startsOf(24, hour),
  });
  expect(events.buckets.filter(({ webhook, poll }) => webhook + poll > 0).length).toBeGreaterThan(5);
  expect(events.arrivals.webhook.delayMs).toBeLessThan(60_000);

  const { latest, start } = api.orders.allocation.audit;
  await client.mutation(start, { businessAccountId });
  const audit = await eventually(
    () => client.query(latest, { businessAccountId }),
    (run) => run !== null && run.finishedAt !== null,
  );
  expect(audit?.violationCount).toBe(0);

  const { strip } = api.marketplaces.bricklink.limits.health;
  const before = await client.query(strip, { businessAccountId });
  await client.mutation(api.marketplaces.bricklink.sync.reconcile.compareNow, { businessAccountId });
  await eventually(
    () => client.query(strip, { businessAccountId }),
    ({ lastReconciledAt }) => lastReconciledAt !== before.lastReconciledAt,
  );
  const { page } = await client.query(api.marketplaces.bricklink.queue.log.list, {
    businessAccountId,
    filter: "all",
    paginationOpts: { numItems: 100, cursor: null },
  });
  expect(page.length).toBeGreaterThan(20);
  expect(page.filter(({ source }) => source === "reconcile")).toEqual([]);
});

it("functions answer the dashboard's page and clients without an origin, and no foreign page", async () => {
  const statusFor = async (headers: Record<string, string>) =>
    (await fetch(`${system.convex}/api/query_ts`, { method: "POST", headers })).status;
  const { port } = new URL(system.dashboard);
  expect(await statusFor({ Origin: system.dashboard })).toBe(200);
  expect(await statusFor({ Origin: `http://localhost:${port}` })).toBe(200);
  expect(await statusFor({})).toBe(200);
  expect(await statusFor({ Origin: "https://foreign.test" })).toBe(403);
  const policy = (await fetch(system.dashboard)).headers.get("content-security-policy");
  expect(policy).toContain(`connect-src 'self' ${system.convex} ${system.convex.replace("http", "ws")};`);
});

it("an order notified five times by callback and once by poll is stored and reserved once", async () => {
  const client = await signedIn();
  const orderNumber = await place();
  const state = await control(system.bricklink, "GET", "/stores/demo/state");
  const notification = (state.unread as { resource_id: number }[]).find(
    ({ resource_id }) => resource_id === orderNumber,
  );
  await control(system.bricklink, "POST", "/stores/demo/callbacks/send", { notification, times: 5 });
  // An empty body asks for a poll, which reads the same notification once more.
  await fetch(system.webhook, { method: "POST", body: "" });
  await eventually(
    async () => (await control(system.bricklink, "GET", "/stores/demo/state")).unread as unknown[],
    (unread) => unread.length === 0,
  );
  const order = await eventually(
    () => orderOf(client, orderNumber),
    (found) => found !== null,
  );
  const businessAccountId = await businessOf(client);
  const history = await client.query(api.orders.history.get, { businessAccountId, orderNumber });
  const reservations = history?.movements.filter(({ kind }) => kind === "reserve") ?? [];
  expect(reservations).toHaveLength(order?.lines.length ?? 0);
  expect(order?.reservedQuantity).toBe(order?.pieceCount);
  expect(await notificationsOf(client, orderNumber)).toHaveLength(1);
});

describe("restart", () => {
  it("a system stopped with SIGINT exits with code 0 and starts again", async () => {
    expect(await system.stop("SIGINT")).toBe(0);
    system = await startSystem(data);
  });

  it("npm start keeps the secrets where --secrets says, and ends with all its processes when npm gets SIGTERM", async () => {
    const folder = await freshFolder();
    const npm = spawn(
      "npm",
      [
        "start",
        "--",
        "--data",
        folder,
        "--secrets",
        join(folder, "keys/secrets.json"),
        "--port",
        "0",
        "--empty",
      ],
      { stdio: "pipe" },
    );
    const lines = createInterface(npm.stdout);
    let address = "";
    for await (const line of lines) {
      address ||= /Dashboard +(\S+)/.exec(line)?.[1] ?? "";
      if (line.includes("Ctrl+C")) break;
    }
    expect((await fetch(address)).status).toBe(200);
    expect(existsSync(join(folder, "secrets.json"))).toBe(false);
    npm.kill("SIGTERM");
    const isClosed = () =>
      fetch(address).then(
        () => false,
        () => true,
      );
    await eventually(isClosed, (closed) => closed);
    // The folder's lock is free only when the process has ended.
    await eventually(
      () => runToEnd("--data", folder, "--port", "0", "--real"),
      ({ output }) => output.includes("holds a demo"),
    );
    await removeFolder(folder);
  });

  it("a system started with SIGN_UP=closed refuses new accounts and lets existing ones sign in", async () => {
    await system.stop();
    vi.stubEnv("SIGN_UP", "closed");
    system = await startSystem(data).finally(() => vi.unstubAllEnvs());
    const newcomer = { email: "newcomer@example.com", password: "bricks in many bins" };
    await expect(signedInClient(system.convex, newcomer, "signUp")).rejects.toMatchObject({
      data: { code: "signUpClosed" },
    });
    await signedIn();
  });

  it("a process killed between the webhook's answer and the fetch stores the order after its restart", async () => {
    // BrickLink answers this order slowly, so that the kill falls between the callback's answer and the fetch's end.
    await control(system.bricklink, "POST", "/faults", {
      kind: "slow",
      endpoint: "/orders/",
      times: 1,
      delayMs: 30_000,
    });
    const orderNumber = await place();
    await eventually(
      () =>
        control(system.bricklink, "GET", "/stores/demo/callbacks") as Promise<unknown> as Promise<
          { status: number }[]
        >,
      (sent) => sent.at(-1)?.status === 200,
    );
    expect(await system.stop("SIGKILL")).toBeNull();
    system = await startSystem(data);
    const client = await signedIn();
    const order = await eventually(
      () => orderOf(client, orderNumber),
      (found) => found !== null,
    );
    expect(order?.lines.length).toBeGreaterThan(0);
  });

  it("a killed process keeps the one business that was stored before", async () => {
    const client = await signedIn();
    const { businesses } = await client.query(api.accounts.businesses.mine, {});
    expect(businesses).toHaveLength(1);
  });
});

it("a second start on the same folder and port ends with a sentence that names the folder, and the first keeps working", async () => {
  const { port } = new URL(system.dashboard);
  const { code, output } = await runToEnd("--data", data, "--port", port);
  expect(code).toBe(1);
  expect(output).toBe(`${data} is in use by another running host: stop it, or name another folder.\n`);
  expect(await (await fetch(system.dashboard)).text()).toContain('<div id="root">');
  const [client, orderNumber] = await Promise.all([signedIn(), place()]);
  await eventually(
    () => orderOf(client, orderNumber),
    (found) => found !== null,
  );
});

// The last tests that call the webhook, since the limit outlives a restart.
describe("webhook rate limit", () => {
  it("the webhook answers 429 with Retry-After to more than 600 callbacks in a minute", async () => {
    const statuses = new Map<number, number>();
    let retryAfter: string | null = null;
    // Replayed events are counted and otherwise ignored, so that nothing else has to be done for them.
    const replayed = JSON.stringify({
      event_type: "Message",
      resource_id: 1,
      timestamp: "2020-01-01T00:00:00Z",
    });
    // A window may end in between; the batches then also use up the 600 of the next one.
    for (let batch = 0; batch < 62 && retryAfter === null; batch += 1) {
      const answers = await Promise.all(
        Array.from({ length: 20 }, () => fetch(system.webhook, { method: "POST", body: replayed })),
      );
      for (const { status, headers } of answers) {
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
        if (status === 429) retryAfter = headers.get("retry-after");
      }
    }
    expect([...statuses.keys()].sort()).toEqual([200, 429]);
    expect(Number(retryAfter)).toBeGreaterThan(0);
    expect(Number(retryAfter)).toBeLessThanOrEqual(60);
  });
});

it("a start with an unusable port, folder, flag or setting ends with one sentence and exit code 1", async () => {
  const blocker = createServer();
  await new Promise<void>((resolve) => blocker.listen(0, "127.0.0.1", resolve));
  const { port } = blocker.address() as AddressInfo;
  const other = await freshFolder();
  const demo = await freshFolder();
  await writeFile(join(demo, "bricklink.sqlite"), "");
  const cases: [string[], string][] = [
    [["--data", other, "--port", String(port)], `Port ${port} is in use`],
    [["--data", join(process.cwd(), "package.json"), "--port", "0"], "cannot be written"],
    [["--data", data, "--port", "0"], "in use by another running host"],
    [["--data", demo, "--port", "0", "--real"], "holds a demo"],
    [["--port", "minus"], "--port must be a whole number"],
    [["--colour"], "--colour"],
  ];
  vi.stubEnv("SIGN_UP", "ajar");
  const wrongSetting = await runToEnd("--data", other, "--port", "0").finally(() => vi.unstubAllEnvs());
  expect(wrongSetting).toMatchObject({ code: 1, output: expect.stringContaining("SIGN_UP") as string });
  // Side by side: each start waits a while for files and for the processes it begins.
  const ends = await Promise.all(cases.map(([args]) => runToEnd(...args)));
  cases.forEach(([args, sentence], index) => {
    const { code, output } = ends[index] ?? { code: null, output: "" };
    expect([args, code]).toEqual([args, 1]);
    expect(output).toContain(sentence);
    expect(output).not.toContain("    at ");
  });
  blocker.close();
  await removeFolder(other);
  await removeFolder(demo);
});
