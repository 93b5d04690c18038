/** `npm start` as a process of its own, in a fresh folder and on free ports, and what tests do to it from outside. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ConvexHttpClient } from "convex/browser";
import { api } from "../../convex/_generated/api";
import type { Id } from "../../convex/_generated/dataModel";

const root = resolve(import.meta.dirname, "../..");

/** Far above the 10 s that a start takes on an idle machine. */
const STARTS_WITHIN_MS = 90_000;
/** Far above the 2 s that the import of 300 lots takes on an idle machine. */
const IMPORT_WITHIN_MS = 60_000;

export type Credentials = { email: string; password: string };

export type Addresses = {
  dashboard: string;
  convex: string;
  site: string;
  bricklink: string;
  webhook: string;
  demo: Credentials;
};

export type Running = Addresses & {
  data: string;
  /** Sends a signal and waits for the end. Resolves to the exit code, null after SIGKILL. */
  stop: (signal?: NodeJS.Signals) => Promise<number | null>;
};

export async function freshFolder(): Promise<string> {
  return await mkdtemp(join(tmpdir(), "bricklink-orders-test-"));
}

export async function removeFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}

function run(args: string[]): { child: ChildProcess; output: () => string } {
  const child = spawn(process.execPath, ["--import", "tsx", join(root, "local/start.ts"), ...args], {
    cwd: root,
    // As `npx convex dev` leaves it in .env.local: the page must ask its own server all the same.
    env: { ...process.env, VITE_CONVEX_URL: "https://elsewhere.invalid" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output };
}

function exited(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((done) => child.once("exit", (code) => done(code)));
}

/** Starts and waits for the addresses to be printed. Throws with the output when the process ends or takes too long. */
export async function startSystem(data: string, ...flags: string[]): Promise<Running> {
  const { child, output } = run(["--data", data, "--port", "0", "--quiet", ...flags]);
  const deadline = Date.now() + STARTS_WITHIN_MS;
  while (!output().includes("Ctrl+C stops it")) {
    if (child.exitCode !== null || Date.now() > deadline) {
      child.kill("SIGKILL");
      throw new Error(`npm start did not come up:\n${output()}`);
    }
    await wait(50);
  }
  const addresses = JSON.parse(await readFile(join(data, "addresses.json"), "utf8")) as Addresses;
  return {
    ...addresses,
    data,
    stop: async (signal = "SIGTERM") => {
      child.kill(signal);
      return await exited(child);
    },
  };
}

/** Runs `npm start` with arguments that it refuses, until it ends. */
export async function runToEnd(...args: string[]): Promise<{ code: number | null; output: string }> {
  const { child, output } = run(args);
  const code = await exited(child);
  return { code, output: output() };
}

/** Asks every 50 ms until the answer satisfies `isSo`. Throws with the last answer after `withinMs`. */
export async function eventually<T>(
  ask: () => Promise<T>,
  isSo: (answer: T) => boolean,
  withinMs = 20_000,
): Promise<T> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (isSo(answer)) return answer;
    if (Date.now() > deadline)
      throw new Error(`Not so within ${withinMs} ms. Last answer: ${JSON.stringify(answer)}`);
    await wait(50);
  }
}

/** One request to the simulated BrickLink's control API. Throws when it answers with an error. */
export async function control(
  bricklink: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<Record<string, unknown>> {
  const response = await fetch(`${bricklink}/control${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Record<string, unknown>;
}

export type SessionTokens = { token: string; refreshToken: string };

/** The tokens of a new session of an account, which `signUp` creates. Throws when the sign-in is refused. */
export async function signIn(
  convex: string,
  credentials: Credentials,
  flow: "signIn" | "signUp" = "signIn",
): Promise<SessionTokens> {
  const { tokens } = await new ConvexHttpClient(convex, { logger: false }).action(api.auth.signIn, {
    provider: "password",
    params: { ...credentials, flow },
  });
  if (!tokens) throw new Error(`The sign-in of ${credentials.email} was refused.`);
  return tokens;
}

/** A client with the session that a token belongs to. */
export function clientWith(convex: string, token: string): ConvexHttpClient {
  const client = new ConvexHttpClient(convex, { logger: false });
  client.setAuth(token);
  return client;
}

/** A client with a new session of an account, which `signUp` creates. Throws when the sign-in is refused. */
export async function signedInClient(
  convex: string,
  credentials: Credentials,
  flow: "signIn" | "signUp" = "signIn",
): Promise<ConvexHttpClient> {
  return clientWith(convex, (await signIn(convex, credentials, flow)).token);
}

/** An order as a person sees it who looks now. Throws where the store has not got it. */
export async function seenOrder(
  client: ConvexHttpClient,
  businessAccountId: Id<"businessAccounts">,
  orderNumber: number,
) {
  const order = await client.query(api.orders.detail.get, { businessAccountId, orderNumber });
  if (!order) throw new Error(`The store has no order ${orderNumber}.`);
  return { orderNumber, status: order.status, orderedAt: order.orderedAt };
}

/** The keys with which BrickLink knows a store. */
export type StoreKeys = Record<"consumerKey" | "consumerSecret" | "tokenValue" | "tokenSecret", string>;

/** A store of the simulated BrickLink with its inventory imported, and the account that owns it in the dashboard. */
export type TestStore = {
  name: string;
  credentials: Credentials;
  businessAccountId: Id<"businessAccounts">;
  keys: StoreKeys;
  callbackUrl: string;
  /** Of the account's first session. */
  tokens: SessionTokens;
};

/** Creates a store with 300 lots and no orders, apart from every other store of the system. */
export async function createStore(
  { convex, bricklink }: Addresses,
  name: string,
  credentials: Credentials = { email: `${name}@example.com`, password: "bricks in many bins" },
): Promise<TestStore> {
  const tokens = await signIn(convex, credentials, "signUp");
  const client = clientWith(convex, tokens.token);
  const created = (await control(bricklink, "POST", "/stores", { name })) as StoreKeys;
  const { consumerKey, consumerSecret, tokenValue, tokenSecret } = created;
  const keys = { consumerKey, consumerSecret, tokenValue, tokenSecret };
  const { connection, import: imports } = api.marketplaces.bricklink;
  const businessAccountId = await client.mutation(api.accounts.businesses.create, { name });
  const { callbackUrl } = await client.action(connection.settings.connect, { businessAccountId, keys });
  if (callbackUrl === null) throw new Error(`Store ${name} was connected already.`);
  await client.mutation(imports.runs.start, { businessAccountId });
  await eventually(
    () => client.query(imports.runs.latest, { businessAccountId }),
    (run) => run?.status === "completed",
    IMPORT_WITHIN_MS,
  );
  await control(bricklink, "PUT", `/stores/${name}/callback`, { url: callbackUrl });
  return { name, credentials, businessAccountId, keys, callbackUrl, tokens };
}

/** Places an order in a store; without lines, one that the simulator draws at random. Returns its number. */
export async function placeOrder(
  { bricklink }: Addresses,
  store: string,
  body: { buyer?: string; lines?: { inventoryId: number; quantity: number }[] } = {},
): Promise<number> {
  return Number((await control(bricklink, "POST", `/stores/${store}/orders`, body)).order_id);
}

type Lot = { inventoryId: number; quantity: number; remarks: string; stockRoom: string | null };

/** Places an order of all pieces of one lot, stored in `bin`, and of one piece of a lot in another bin. */
export async function placeOrderInTwoBins(
  addresses: Addresses,
  store: string,
): Promise<{ orderNumber: number; bin: string }> {
  const state = await control(addresses.bricklink, "GET", `/stores/${store}/state`);
  const [first, ...others] = (state.lots as Lot[])
    .filter(({ quantity, remarks, stockRoom }) => quantity > 2 && remarks !== "" && stockRoom === null)
    .sort((a, b) => a.quantity - b.quantity);
  const second = others.find(({ remarks }) => remarks !== first?.remarks);
  if (!first || !second) throw new Error(`Store ${store} has no two lots left to order.`);
  const lines = [
    { inventoryId: first.inventoryId, quantity: first.quantity },
    { inventoryId: second.inventoryId, quantity: 1 },
  ];
  return { orderNumber: await placeOrder(addresses, store, { lines }), bin: first.remarks };
}
