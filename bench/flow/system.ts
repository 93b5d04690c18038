/** What a store waits for, on the running system: callbacks, a backlog of orders, one order, and a start. */
import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { ConvexClient, ConvexHttpClient } from "convex/browser";
import type { FunctionArgs } from "convex/server";
import { api } from "../../convex/_generated/api";
import type { Id } from "../../convex/_generated/dataModel";
import { median, type Figure } from "../figure";
import { measureCallbacks } from "./callbacks";
import { start, type Running } from "./processes";

const STORE = "bench";
const LOTS = 1_000;
const BACKLOG = 300;
const LINES = 10;
const SINGLE_ORDERS = 60;
const PAGE_SIZE = 50;

/** How long the system runs before its memory is read. */
const SETTLE_MS = 60_000;
const STARTS = 3;

type Body = Record<string, unknown>;

async function control(simulator: Running, method: string, path: string, body?: Body): Promise<Body> {
  const response = await fetch(`${simulator.url}/control${path}`, {
    method,
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Body;
}

async function signIn(host: Running, flow: "signUp" | "signIn") {
  const client = new ConvexHttpClient(host.url, { logger: false });
  const params = { email: "bench@example.com", password: "bricks in many bins", flow };
  const { tokens } = await client.action(api.auth.signIn, { provider: "password", params });
  if (!tokens) throw new Error("The sign-in was refused.");
  client.setAuth(tokens.token);
  return { client, token: tokens.token };
}

/** A store of the host that is connected to the simulator and has its lots. */
export class ConnectedStore {
  private placed = 0;

  private constructor(
    readonly host: Running,
    readonly simulator: Running,
    private readonly name: string,
    readonly client: ConvexHttpClient,
    readonly token: string,
    readonly businessAccountId: Id<"businessAccounts">,
    readonly callbackUrl: string,
    private readonly lots: readonly number[],
  ) {}

  static async open(host: Running, simulator: Running, name = STORE): Promise<ConnectedStore> {
    const { client, token } = await signIn(host, "signUp");
    const { name: _name, ...keys } = await control(simulator, "POST", "/stores", { name, lots: LOTS });
    const businessAccountId = await client.mutation(api.accounts.businesses.create, { name });
    const { connection, import: imports } = api.marketplaces.bricklink;
    const connected = { businessAccountId, keys } as FunctionArgs<typeof connection.settings.connect>;
    const { callbackUrl } = await client.action(connection.settings.connect, connected);
    if (callbackUrl === null) throw new Error("The store was connected already.");
    await client.mutation(imports.runs.start, { businessAccountId });
    while ((await client.query(imports.runs.latest, { businessAccountId }))?.status !== "completed") {
      await wait(100);
    }
    const { lots } = (await control(simulator, "GET", `/stores/${name}/state`)) as {
      lots: { inventoryId: number; quantity: number }[];
    };
    const stocked = lots.filter(({ quantity }) => quantity > 5).map(({ inventoryId }) => inventoryId);
    return new ConnectedStore(host, simulator, name, client, token, businessAccountId, callbackUrl, stocked);
  }

  /** The same store after another start of its host. */
  async at(host: Running): Promise<ConnectedStore> {
    const { client, token } = await signIn(host, "signIn");
    const callbackUrl = this.callbackUrl.replace(this.host.siteUrl, host.siteUrl);
    const { simulator, name, businessAccountId, lots } = this;
    return new ConnectedStore(host, simulator, name, client, token, businessAccountId, callbackUrl, lots);
  }

  /** Places an order of that many lines, each of another lot. Returns its number. */
  async place(lines: number): Promise<number> {
    const ordered = Array.from({ length: lines }, (_, index) => ({
      inventoryId: this.lots[(this.placed * lines + index) % this.lots.length] ?? 0,
      quantity: 1,
    }));
    this.placed += 1;
    const order = await control(this.simulator, "POST", `/stores/${this.name}/orders`, { lines: ordered });
    return Number(order.order_id);
  }

  /** Lets BrickLink give an order a status, of which it does not call back. */
  async setStatus(orderNumber: number, status: string): Promise<void> {
    const path = `/stores/${this.name}/orders/${orderNumber}/status`;
    await control(this.simulator, "POST", path, { status, notify: false });
  }

  async post(orderNumber: number): Promise<void> {
    const timestamp = new Date().toISOString();
    const body = JSON.stringify([{ event_type: "Order", resource_id: orderNumber, timestamp }]);
    const { status } = await fetch(this.callbackUrl, { method: "POST", body });
    if (status !== 200) throw new Error(`A callback was answered ${status}.`);
  }

  async setActive(isActive: boolean): Promise<void> {
    const { businessAccountId } = this;
    await this.client.mutation(api.marketplaces.bricklink.connection.settings.setActive, {
      businessAccountId,
      isActive,
    });
  }

  async storedOrders(): Promise<number> {
    return (await this.client.query(api.orders.counts.get, { businessAccountId: this.businessAccountId }))
      .all;
  }

  /** Resolves when no notification waits or is processed. */
  async idle(): Promise<void> {
    const waiting = async (filter: "waiting" | "processing") =>
      (
        await this.client.query(api.marketplaces.bricklink.queue.log.list, {
          businessAccountId: this.businessAccountId,
          filter,
          paginationOpts: { numItems: 1, cursor: null },
        })
      ).page.length > 0;
    while ((await waiting("waiting")) || (await waiting("processing"))) await wait(50);
  }

  /** Subscribes to the first page of the orders table, as the dashboard does. */
  watchTable(onUpdate: (orderNumbers: number[]) => void): ConvexClient {
    const client = new ConvexClient(this.host.url, { logger: false });
    client.setAuth(() => Promise.resolve(this.token));
    const args: FunctionArgs<typeof api.orders.table.list> = {
      businessAccountId: this.businessAccountId,
      stage: "all",
      status: null,
      // As the dashboard does. The copies of orders in a store that was enlarged have higher numbers than new ones.
      sort: "ordered",
      direction: "desc",
      search: "",
      filters: {
        stock: null,
        payment: null,
        picking: null,
        shippingMethod: null,
        countryCode: null,
        orderedBefore: null,
        totalFrom: null,
      },
      paginationOpts: { numItems: PAGE_SIZE, cursor: null },
    };
    client.onUpdate(api.orders.table.list, args, ({ page }) =>
      onUpdate(page.map(({ orderNumber }) => orderNumber)),
    );
    return client;
  }
}

/** Orders per second and the host's processor time for each, when many wait at once while somebody watches the table. */
async function* measureBacklog(store: ConnectedStore): AsyncGenerator<Figure> {
  const before = await store.storedOrders();
  await store.setActive(false);
  for (let order = 0; order < BACKLOG; order += 1) await store.post(await store.place(LINES));
  const watcher = store.watchTable(() => undefined);
  await wait(1_000);
  const cpuBefore = await store.host.cpuMs();
  const startedAt = performance.now();
  await store.setActive(true);
  while ((await store.storedOrders()) < before + BACKLOG) await wait(20);
  const seconds = (performance.now() - startedAt) / 1_000;
  const cpuMs = (await store.host.cpuMs()) - cpuBefore;
  await watcher.close();
  yield { name: "orders_per_second", value: BACKLOG / seconds, unit: "orders" };
  yield { name: "host_ms_per_order", value: cpuMs / BACKLOG, unit: "ms" };
  await store.idle();
}

/** A screen that is subscribed to the orders table of a store. */
export class WatchedTable {
  private seen: (orderNumbers: number[]) => void = () => undefined;
  private readonly client: ConvexClient;

  private constructor(private readonly store: ConnectedStore) {
    this.client = store.watchTable((orderNumbers) => this.seen(orderNumbers));
  }

  static async open(store: ConnectedStore): Promise<WatchedTable> {
    const table = new WatchedTable(store);
    await wait(1_000);
    return table;
  }

  /** The milliseconds from the callback of a new order to its row, and waits until the store has nothing to do. */
  async timeOrder(lines: number): Promise<number> {
    const orderNumber = await this.store.place(lines);
    const startedAt = performance.now();
    const isVisible = new Promise<void>((done) => {
      this.seen = (orderNumbers) => {
        if (orderNumbers.includes(orderNumber)) done();
      };
    });
    await this.store.post(orderNumber);
    await isVisible;
    const taken = performance.now() - startedAt;
    await this.store.idle();
    return taken;
  }

  async close(): Promise<void> {
    await this.client.close();
  }
}

/** From a callback to the order's row on a subscribed screen. */
async function* measureVisible(store: ConnectedStore): AsyncGenerator<Figure> {
  const table = await WatchedTable.open(store);
  const taken: number[] = [];
  for (let order = 0; order < SINGLE_ORDERS; order += 1) taken.push(await table.timeOrder(LINES));
  await table.close();
  taken.sort((a, b) => a - b);
  yield {
    name: "order_visible_p95_ms",
    value: taken[Math.floor(taken.length * 0.95)] ?? Number.NaN,
    unit: "ms",
  };
}

/** The whole system in a process of its own. Resolves with how long its start took. */
async function startSystem(
  folder: string,
): Promise<{ seconds: number; pid: number; stop: () => Promise<void> }> {
  const startedAt = performance.now();
  const root = resolve(import.meta.dirname, "../..");
  const args = ["--import", "tsx", join(root, "local/start.ts"), "--data", folder, "--port", "0"];
  const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  const exited = new Promise((done) => child.once("exit", done));
  await new Promise<void>((done, fail) => {
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output.includes("Dashboard")) done();
    });
    void exited.then(() => fail(new Error(`npm start ended: ${output}`)));
  });
  return {
    seconds: (performance.now() - startedAt) / 1_000,
    pid: child.pid ?? 0,
    stop: async () => {
      child.kill("SIGTERM");
      await exited;
    },
  };
}

/** Resident memory of a process, in megabytes; NaN where the system has no /proc. */
async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? Number.NaN) / 1_024;
}

async function* measureStart(folder: string): AsyncGenerator<Figure> {
  await (await startSystem(folder)).stop();
  const seconds: number[] = [];
  for (let time = 1; time <= STARTS; time += 1) {
    const system = await startSystem(folder);
    seconds.push(system.seconds);
    if (time === STARTS) {
      await wait(SETTLE_MS);
      yield { name: "start_rss_mb", value: await residentMb(system.pid), unit: "MB" };
    }
    await system.stop();
  }
  yield { name: "second_start_s", value: median(seconds), unit: "s" };
}

export async function* measureSystem(): AsyncGenerator<Figure> {
  const folder = await mkdtemp(join(tmpdir(), "bench-flow-"));
  const simulator = await start("simulator", { folder });
  const host = await start("host", { folder: join(folder, "host"), bricklink: simulator.url });
  const bare = await start("bare", { folder });
  try {
    const store = await ConnectedStore.open(host, simulator);
    yield* measureBacklog(store);
    yield* measureVisible(store);
    const orderNumbers = [await store.place(1), await store.place(1)];
    yield* measureCallbacks(
      { url: store.callbackUrl, orderNumbers },
      { url: `${bare.url}/token`, orderNumbers },
      () => store.idle(),
    );
    yield* measureStart(join(folder, "system"));
  } finally {
    await Promise.all([host.stop(), bare.stop(), simulator.stop()]);
    await rm(folder, { recursive: true, force: true });
  }
}
