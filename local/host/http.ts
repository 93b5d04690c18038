/** The HTTP faces: functions under /api, the app's own routes on the site port and under /http, and the sync socket. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { JSONValue } from "convex/values";
import { z } from "zod";
import { HostError } from "./errors";
import type { Auth } from "./auth";
import { administrator, anonymous, nowhere, type Caller, type Origin } from "./caller";
import type { Functions, Outcome } from "./functions";
import type { Log } from "./log";
import type { FunctionKind } from "./registered";
import { encodeTimestamp, failureFields } from "./wire";

/** Convex's limit for the body of a request (HTTP_ACTION_BODY_LIMIT). */
const BODY_LIMIT_BYTES = 20 * 1024 * 1024;

const PORTS_MAX = 65_535;

export type HttpParts = { functions: Functions; auth: Auth; adminKey: string };

/** Listens on this machine only. Throws HostError `portInUse`. Returns the port, which `port` 0 leaves to chance. */
export async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const isTaken = error.code === "EADDRINUSE";
      const message = isTaken
        ? `Port ${port} is in use. Stop what uses it, or choose another with --port (0 takes free ones).`
        : `Port ${port} cannot be opened (${error.message}). Choose one from 1024 to ${PORTS_MAX}, or 0.`;
      reject(new HostError("portInUse", message));
    });
    server.listen(port, "127.0.0.1", resolve);
  });
  return (server.address() as AddressInfo).port;
}

class BodyTooLarge extends Error {}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_LIMIT_BYTES) throw new BodyTooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

function sendJson(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json" });
  response.end(JSON.stringify(body));
}

/** Browsers of any origin may call: a call proves who it is by its token, never by a cookie. */
function allowOrigin(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader("Access-Control-Allow-Origin", request.headers.origin ?? "*");
  response.setHeader("Vary", "Origin");
  response.setHeader("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
  response.setHeader("Access-Control-Allow-Headers", "authorization, content-type, convex-client");
  response.setHeader("Access-Control-Max-Age", "86400");
}

class Unauthorized extends Error {}

/** Where a request, or the socket that it opens, comes from. */
export function originOf(request: IncomingMessage): Origin {
  return {
    ...nowhere,
    ip: request.socket.remoteAddress ?? null,
    userAgent: request.headers["user-agent"] ?? null,
  };
}

async function callerOf(request: IncomingMessage, { auth, adminKey }: HttpParts): Promise<Caller> {
  const origin = originOf(request);
  const [scheme = "", token = ""] = (request.headers.authorization ?? "").split(" ");
  if (scheme === "Convex") {
    if (token === adminKey) return administrator(origin);
    throw new Unauthorized("The admin key is not this deployment's.");
  }
  if (scheme !== "Bearer") return anonymous(origin);
  try {
    const { identity } = await auth.verify(token);
    return { identity, isTrusted: false, origin: { ...origin, authToken: token } };
  } catch (error) {
    throw new Unauthorized(error instanceof Error ? error.message : "The token cannot be verified.");
  }
}

const callBody = z.object({
  path: z.string(),
  args: z
    .union([z.array(z.custom<JSONValue>()).transform(([first = {}]) => first), z.custom<JSONValue>()])
    .optional()
    .transform((args) => args ?? {}),
});

function outcomeBody(outcome: Outcome): Record<string, unknown> {
  return outcome.ok
    ? { status: "success", value: outcome.value, logLines: [] }
    : {
        status: "error",
        errorMessage: outcome.failure.message,
        ...failureFields(outcome.failure),
        logLines: [],
      };
}

async function call(
  { functions }: HttpParts,
  kind: FunctionKind,
  path: string,
  args: JSONValue,
  caller: Caller,
): Promise<Outcome> {
  if (kind === "query") return await functions.runQuery(path, args, caller);
  if (kind === "mutation") return await functions.runMutation(path, args, caller);
  return await functions.runAction(path, args, caller);
}

const kindOfRoute: Record<string, FunctionKind | "any"> = {
  "/api/query": "query",
  "/api/query_at_ts": "query",
  "/api/mutation": "mutation",
  "/api/action": "action",
  "/api/function": "any",
};

async function answerCall(parts: HttpParts, request: IncomingMessage, url: URL): Promise<unknown> {
  const caller = await callerOf(request, parts);
  const text =
    request.method === "GET" ? JSON.stringify(Object.fromEntries(url.searchParams)) : await readBody(request);
  const sent = callBody.parse(JSON.parse(text));
  const args = typeof sent.args === "string" ? (JSON.parse(sent.args) as JSONValue) : sent.args;
  const wanted = kindOfRoute[url.pathname] ?? "any";
  const kind = wanted === "any" ? (parts.functions.kindOf(sent.path) ?? "query") : wanted;
  return outcomeBody(await call(parts, kind, sent.path, args, caller));
}

const batchBody = z.object({ queries: z.array(callBody) });

async function answerBatch(parts: HttpParts, request: IncomingMessage): Promise<unknown> {
  const caller = await callerOf(request, parts);
  const { queries } = batchBody.parse(JSON.parse(await readBody(request)));
  const { functions } = parts;
  const results = await functions.exclusively(async () => {
    const outcomes: unknown[] = [];
    for (const { path, args } of queries) {
      outcomes.push(outcomeBody(await functions.runQueryUnlocked(path, args, caller, { endCursor: null })));
    }
    return outcomes;
  });
  return { results };
}

async function answerApi(
  parts: HttpParts,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  allowOrigin(request, response);
  if (request.method === "OPTIONS") {
    response.writeHead(204).end();
    return;
  }
  try {
    if (url.pathname === "/api/query_ts") {
      sendJson(response, 200, { ts: encodeTimestamp(parts.functions.timestamp) });
    } else if (url.pathname === "/api/query_batch") {
      sendJson(response, 200, await answerBatch(parts, request));
    } else if (Object.hasOwn(kindOfRoute, url.pathname)) {
      sendJson(response, 200, await answerCall(parts, request, url));
    } else {
      sendJson(response, 404, { code: "NotFound", message: `This host has no ${url.pathname}.` });
    }
  } catch (error) {
    if (error instanceof Unauthorized)
      sendJson(response, 401, { code: "Unauthenticated", message: error.message });
    else if (error instanceof BodyTooLarge)
      sendJson(response, 413, { code: "BodyTooLarge", message: "Over 20 MiB." });
    else if (error instanceof SyntaxError || error instanceof z.ZodError) {
      sendJson(response, 400, { code: "BadRequest", message: "The body is not {path, args} as JSON." });
    } else throw error;
  }
}

type Endpoint = { invokeHttpAction: (request: Request) => Promise<Response> };
type Router = { lookup: (path: string, method: string) => [Endpoint, string, string] | null };
const router = z.custom<Router>((value) => typeof value === "object" && value !== null && "lookup" in value);

const METHODS_WITHOUT_BODY = new Set(["GET", "HEAD"]);

/**
 * The body as it arrives. A handler that stops reading must not break the connection, on which its answer is still to
 * be sent: what is left is let through unread.
 */
function bodyOf(request: IncomingMessage): ReadableStream<Uint8Array> {
  let size = 0;
  return new ReadableStream<Uint8Array>({
    start: (controller) => {
      let isOpen = true;
      const end = (finish: () => void) => {
        if (isOpen) finish();
        isOpen = false;
      };
      request.on("data", (chunk: Buffer) => {
        size += chunk.length;
        if (!isOpen) return;
        if (size > BODY_LIMIT_BYTES) end(() => controller.error(new BodyTooLarge()));
        else controller.enqueue(new Uint8Array(chunk));
        if (isOpen && (controller.desiredSize ?? 0) <= 0) request.pause();
      });
      request.on("end", () => end(() => controller.close()));
      request.on("error", (error) => end(() => controller.error(error)));
      request.on("close", () => end(() => controller.error(new Error("The request was cut off."))));
      request.pause();
    },
    pull: () => void request.resume(),
    cancel: () => {
      request.removeAllListeners("data").removeAllListeners("end").removeAllListeners("close");
      request.resume();
    },
  });
}

function toRequest(request: IncomingMessage, url: URL): Request {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  const method = request.method ?? "GET";
  if (METHODS_WITHOUT_BODY.has(method)) return new Request(url, { method, headers });
  return new Request(url, { method, headers, body: bodyOf(request), duplex: "half" } as RequestInit);
}

async function sendResponse(from: Response, to: ServerResponse): Promise<void> {
  const headers: Record<string, string | string[]> = Object.fromEntries(from.headers);
  const cookies = from.headers.getSetCookie();
  if (cookies.length > 0) headers["set-cookie"] = cookies;
  to.writeHead(from.status, headers);
  if (from.body === null) {
    to.end();
    return;
  }
  for await (const chunk of from.body as unknown as AsyncIterable<Uint8Array>) to.write(chunk);
  to.end();
}

/** Runs the app's HTTP action for a path, as `http.ts` of the app routes it. */
async function answerSite(
  parts: HttpParts,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const routes = router.safeParse(parts.functions.modules.action.get("http")?.default);
  // Convex answers HEAD by the GET route.
  const method = request.method === "HEAD" ? "GET" : (request.method ?? "GET");
  const match = routes.success ? routes.data.lookup(url.pathname, method) : null;
  if (!match) {
    response.writeHead(404).end("No matching routes found");
    return;
  }
  const caller = await callerOf(request, parts).catch(() => anonymous(originOf(request)));
  const [endpoint, , route] = match;
  const answer = await parts.functions.runAsAction(`http:${method} ${route}`, caller, () =>
    endpoint.invokeHttpAction(toRequest(request, url)),
  );
  await sendResponse(answer, response);
}

type Answer = (parts: HttpParts, request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A request that comes before the functions are loaded waits for them. */
function guarded(ready: Promise<HttpParts>, log: Log, answer: Answer): Server {
  return createServer((request, response) => {
    ready
      .then((parts) => answer(parts, request, response))
      .catch((error: unknown) => {
        log.error([`${request.method} ${request.url} failed.`, error]);
        if (!response.headersSent)
          sendJson(response, 500, { code: "InternalServerError", message: "Server Error" });
        else response.end();
      })
      // What the answer left unread is thrown away, so that the connection can be used again.
      .finally(() => request.resume());
  });
}

function urlOf(request: IncomingMessage): URL {
  return new URL(request.url ?? "/", `http://${request.headers.host ?? "127.0.0.1"}`);
}

export function createApiServer(ready: Promise<HttpParts>, log: Log): Server {
  return guarded(ready, log, async (parts, request, response) => {
    const url = urlOf(request);
    if (url.pathname === "/version") {
      response.end("local-host");
    } else if (url.pathname === "/http" || url.pathname.startsWith("/http/")) {
      url.pathname = url.pathname.slice("/http".length) || "/";
      await answerSite(parts, request, response, url);
    } else {
      await answerApi(parts, request, response, url);
    }
  });
}

export function createSiteServer(ready: Promise<HttpParts>, log: Log): Server {
  return guarded(ready, log, (parts, request, response) =>
    answerSite(parts, request, response, urlOf(request)),
  );
}
