/** A BrickLink of one's own: store API, notifications and buyers on one port, ruled through /control. See README.md. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { answerApi, refusal, type Answer } from "./api/storeApi";
import { liveOn } from "./store/activity";
import { answerControl } from "./control";
import { Faults, misbehave } from "./faults/faults";
import { ControlError, type Keys, type StoreState } from "./store/model";
import { parseHeader, refusalOf } from "./api/oauth";
import { forgetful, openPersistence, type Persistence } from "./store/persistence";
import { createRandom, type Random } from "./random";
import { Store } from "./store/store";
import { newStoreState } from "./store/storeState";

const API_PATH = "/api/store/v1";
const DEFAULT_LOTS = 300;
const BODY_MAX_BYTES = 1024 * 1024;

export type BricklinkOptions = {
  /** 0 takes a free one. */
  port: number;
  /** Where everything is kept; without it, in memory only. */
  data?: string;
  /** Of everything random. Default 1. */
  seed?: number;
  /** Something happens in every store about this often; 0 or absent: only what /control asks for. */
  orderEveryMs?: number;
  /** Milliseconds UTC; a test's own clock. */
  now?: () => number;
};

export type Bricklink = {
  url: string;
  simulator: Simulator;
  close: () => Promise<void>;
};

export class Simulator {
  readonly faults: Faults;
  /** How far BrickLink's clock is ahead of the world's. */
  skewMs = 0;
  private readonly byName = new Map<string, Store>();

  constructor(
    private readonly random: Random,
    private readonly worldNow: () => number,
    private readonly persistence: Persistence,
  ) {
    this.faults = new Faults(this.now);
    for (const { state, lots, orders } of persistence.load()) {
      const store = this.add(this.newStore(state));
      for (const lot of lots) store.model.lots.set(lot.inventoryId, lot);
      for (const order of orders) store.model.orders.set(order.id, order);
    }
  }

  readonly now = (): number => this.worldNow() + this.skewMs;

  private newStore(state: StoreState): Store {
    const { now, random, persistence, faults } = this;
    return new Store(state, { now, random, persistence, deliveries: () => faults.deliveries() });
  }

  private add(store: Store): Store {
    this.byName.set(store.name, store);
    return store;
  }

  stores(): Store[] {
    return [...this.byName.values()];
  }

  /** Throws ControlError when there is none of that name. */
  store(name: string): Store {
    const store = this.byName.get(name);
    if (!store) throw new ControlError(`There is no store "${name}".`);
    return store;
  }

  /** A new store with its keys. An existing one of that name answers with the keys it has. */
  createStore(name: string, lots = DEFAULT_LOTS): { name: string } & Keys {
    const existing = this.byName.get(name);
    const store = existing ?? this.add(this.newStore(newStoreState(name)));
    if (!existing) store.stock(lots);
    return { name, ...store.model.state.keys };
  }

  withKey(consumerKey: string | undefined): Store | undefined {
    return this.stores().find(({ model }) => model.state.keys.consumerKey === consumerKey);
  }

  liveOn(): void {
    for (const store of this.stores()) liveOn(store, this.random);
  }
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_MAX_BYTES) throw new ControlError("The body is too large.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { "Content-Type": "application/json" }).end(body);
}

function authorized(simulator: Simulator, request: IncomingMessage, url: URL): Store | Answer {
  const oauth = parseHeader(request.headers.authorization ?? "");
  const store = simulator.withKey(oauth.get("oauth_consumer_key"));
  if (!store) return refusal(401, "BAD_OAUTH_REQUEST", "CONSUMER_KEY_UNKNOWN");
  const { keys } = store.model.state;
  const refused = refusalOf(request.method ?? "GET", url, oauth, keys, store.nonces, simulator.now());
  return refused === undefined ? store : refusal(401, "BAD_OAUTH_REQUEST", refused);
}

async function serveApi(
  simulator: Simulator,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const path = url.pathname.slice(API_PATH.length);
  const store = authorized(simulator, request, url);
  if (!(store instanceof Store)) {
    send(response, store.status, store.body);
    return;
  }
  store.calls.push({ at: simulator.now(), path });
  if (request.method !== "GET") {
    send(response, 405, refusal(405, "METHOD_NOT_ALLOWED", "This simulator answers GET only.").body);
    return;
  }
  const fault = simulator.faults.take(store.name, path);
  const answer = answerApi(store, path, url.searchParams);
  if (fault === undefined || (await misbehave(fault, response, answer.body))) {
    send(response, answer.status, answer.body);
  }
}

async function serve(
  simulator: Simulator,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? "/", `http://${request.headers.host ?? "127.0.0.1"}`);
  if (url.pathname.startsWith(`${API_PATH}/`)) {
    await serveApi(simulator, request, response, url);
    return;
  }
  const answer = answerControl(simulator, request.method ?? "GET", url.pathname, await readBody(request));
  send(response, answer.status, JSON.stringify(answer.body));
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return (server.address() as AddressInfo).port;
}

/** Something happens about every `everyMs`, half as much sooner or later by chance. */
function startLife(simulator: Simulator, random: Random, everyMs: number): () => void {
  let timer: NodeJS.Timeout;
  const next = () => {
    timer = setTimeout(
      () => {
        simulator.liveOn();
        next();
      },
      everyMs * (0.5 + random.next()),
    );
  };
  next();
  return () => clearTimeout(timer);
}

export async function openBricklink(options: BricklinkOptions): Promise<Bricklink> {
  const random = createRandom(options.seed ?? 1);
  const persistence = options.data === undefined ? forgetful : openPersistence(options.data);
  const simulator = new Simulator(random, options.now ?? Date.now, persistence);
  const server = createServer((request, response) => {
    serve(simulator, request, response).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      send(response, error instanceof ControlError ? 400 : 500, JSON.stringify({ error: message }));
    });
  });
  const port = await listen(server, options.port);
  const stopLife = options.orderEveryMs
    ? startLife(simulator, random, options.orderEveryMs)
    : () => undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    simulator,
    close: async () => {
      stopLife();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await Promise.all(simulator.stores().map((store) => store.push.stop()));
      persistence.close();
    },
  };
}
