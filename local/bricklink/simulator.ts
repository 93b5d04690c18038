/**
 * The simulated BrickLink's HTTP server: store API, callbacks and random activity, controlled through /control on the
 * same port. See README.md beside this file.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { errorAnswer, type Answer } from "./api/answers";
import { parseHeader, signatureError } from "./api/oauth";
import { answerApi } from "./api/storeApi";
import { answerWrite } from "./api/writes";
import { answerControl } from "./control";
import { preventsWrite } from "./faults/faultProfiles";
import { sendFault } from "./faults/faults";
import { createRandom, type Random } from "./random";
import { SimulatorState } from "./simulatorState";
import { ControlError } from "./store/model";
import { inMemoryPersistence, openPersistence } from "./store/persistence";
import { Store } from "./store/store";

const API_PATH = "/api/store/v1";
const LOOPBACK_NAMES = new Set(["127.0.0.1", "localhost", "[::1]"]);
/** Limit of a request's body. Chosen: far above any that the APIs take. */
const BODY_MAX_BYTES = 1024 * 1024;

export type BricklinkOptions = {
  /** 0 chooses a free port. */
  port: number;
  /** The folder that the stores are saved in; absent: they are held in memory only. */
  data?: string;
  /** Seed of every random draw. Default 1. */
  seed?: number;
  /** Mean time between random events in every store; 0 or absent: only /control changes the stores. */
  activityIntervalMs?: number;
  /** The clock, in milliseconds since the epoch, UTC. Default: the real one. */
  now?: () => number;
};

export type Bricklink = {
  url: string;
  simulator: SimulatorState;
  close: () => Promise<void>;
};

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  // A body that is not read to its end must not end the connection, on which its answer is still to be sent.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_MAX_BYTES) throw new ControlError("The body is too large.");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { "Content-Type": "application/json" }).end(body);
}

/** The store that a request's OAuth header belongs to, or the answer that refuses it. */
function authenticate(simulator: SimulatorState, request: IncomingMessage, url: URL): Store | Answer {
  const oauth = parseHeader(request.headers.authorization ?? "");
  const store = simulator.storeWithKey(oauth.get("oauth_consumer_key"));
  if (!store) return errorAnswer(401, "BAD_OAUTH_REQUEST", "CONSUMER_KEY_UNKNOWN");
  const { keys } = store.model.state;
  const error = signatureError(request.method ?? "GET", url, oauth, keys, store.nonces, simulator.now());
  return error === undefined ? store : errorAnswer(401, "BAD_OAUTH_REQUEST", error);
}

async function serveApi(
  simulator: SimulatorState,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const path = url.pathname.slice(API_PATH.length);
  const store = authenticate(simulator, request, url);
  if (!(store instanceof Store)) {
    send(response, store.status, store.body);
    return;
  }
  const { method = "GET" } = request;
  const body = await readBody(request);
  store.calls.push({ at: simulator.now(), method, path });
  const fault = simulator.faults.take(store.name, method, path);
  const query = url.searchParams;
  const isPrevented = method !== "GET" && fault !== undefined && preventsWrite(fault.kind);
  // The fault of a write that does not reach the store holds nothing of the store's answer.
  const answer = isPrevented
    ? { status: 500, body: "" }
    : method === "GET"
      ? answerApi(store, path, query)
      : answerWrite(store, { method, path, query, body });
  if (fault === undefined || (await sendFault(fault, response, answer.body))) {
    send(response, answer.status, answer.body);
  }
}

async function serve(
  simulator: SimulatorState,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Referrer-Policy", "no-referrer");
  const address = `http://${request.headers.host ?? "127.0.0.1"}${request.url ?? "/"}`;
  if (!URL.canParse(address)) throw new ControlError("The request's path or Host is no address.");
  const url = new URL(address);
  // No page has business here, and a foreign site's must not control the stores through the browser.
  if (request.headers.origin !== undefined || !LOOPBACK_NAMES.has(url.hostname)) {
    send(response, 403, JSON.stringify({ error: "Pages in a browser may not call the simulator." }));
    return;
  }
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

/** Performs a random event every `intervalMs` ± 50 %. Returns a function that stops it. */
function startActivity(simulator: SimulatorState, random: Random, intervalMs: number): () => void {
  let timer: NodeJS.Timeout;
  const scheduleNext = () => {
    timer = setTimeout(
      () => {
        simulator.simulateActivity();
        scheduleNext();
      },
      intervalMs * (0.5 + random.next()),
    );
  };
  scheduleNext();
  return () => clearTimeout(timer);
}

/** Opens the simulated BrickLink on 127.0.0.1. Rejects when the port is in use. */
export async function openBricklink(options: BricklinkOptions): Promise<Bricklink> {
  const random = createRandom(options.seed ?? 1);
  const persistence = options.data === undefined ? inMemoryPersistence : openPersistence(options.data);
  const simulator = new SimulatorState(random, options.now ?? Date.now, persistence);
  const server = createServer((request, response) => {
    serve(simulator, request, response)
      .catch((error: unknown) => {
        const message = error instanceof Error ? error.message : String(error);
        send(response, error instanceof ControlError ? 400 : 500, JSON.stringify({ error: message }));
      })
      // The unread part of the body is discarded, so that the connection can carry the next request.
      .finally(() => request.resume());
  });
  const port = await listen(server, options.port);
  const stopActivity = options.activityIntervalMs
    ? startActivity(simulator, random, options.activityIntervalMs)
    : () => undefined;
  return {
    url: `http://127.0.0.1:${port}`,
    simulator,
    close: async () => {
      stopActivity();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await Promise.all(simulator.stores().map((store) => store.callbacks.stop()));
      persistence.close();
    },
  };
}
