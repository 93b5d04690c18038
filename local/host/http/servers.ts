/** The HTTP faces: functions under /api, the app's own routes on the site port and under /http, and the sync socket. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { JSONValue } from "convex/values";
import { z } from "zod";
import { exportedLines, newestOf } from "../store/exportImport";
import { HostError } from "../lib/errors";
import type { Caller } from "../functions/caller";
import type { Outcome } from "../functions/functions";
import type { Log } from "../lib/log";
import type { FunctionKind } from "../modules/registeredFunctions";
import { BodyTooLarge, callerOf, readBody, Unauthorized, type HttpParts } from "./request";
import { answerSite } from "./httpActions";
import { encodeTimestamp, failureFields } from "../sync/protocol";

const PORTS_MAX = 65_535;

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

const callArgs = z
  .union([z.array(z.custom<JSONValue>()).transform(([first = {}]) => first), z.custom<JSONValue>()])
  .optional()
  .transform((args) => args ?? {});

const callBody = z.object({ path: z.string(), args: callArgs });

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

const RUN_ROUTE = "/api/run/";

/** `/api/run/<folder>/<module>/<function>` names the function `<folder>/<module>:<function>`. */
function pathOfRun(pathname: string): string {
  return pathname.slice(RUN_ROUTE.length).replace(/\/([^/]*)$/, ":$1");
}

async function answerCall(parts: HttpParts, request: IncomingMessage, url: URL): Promise<unknown> {
  const caller = await callerOf(request, parts);
  const text =
    request.method === "GET" ? JSON.stringify(Object.fromEntries(url.searchParams)) : await readBody(request);
  const body: unknown = JSON.parse(text);
  const sent = url.pathname.startsWith(RUN_ROUTE)
    ? { path: pathOfRun(url.pathname), args: z.object({ args: callArgs }).parse(body).args }
    : callBody.parse(body);
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
  await functions.durable();
  return { results };
}

const ROWS_SHOWN = 100;

/** The operator's routes: what the command line asks of a running host. Admin key only. */
async function answerAdmin(
  parts: HttpParts,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  if (request.headers.authorization !== `Convex ${parts.adminKey}`) {
    sendJson(response, 401, { code: "Unauthenticated", message: "This needs the deployment's admin key." });
    return;
  }
  const { functions, store } = parts;
  const limit = Number(url.searchParams.get("limit") ?? ROWS_SHOWN);
  const lines =
    url.pathname === "/api/admin/export"
      ? exportedLines(store)
      : newestOf(store, url.searchParams.get("table") ?? "", limit);
  try {
    // All at one moment; what is not on disk yet is not told of.
    const text = await functions.exclusively(() => Promise.resolve([...lines].join("\n")));
    await functions.durable();
    response.writeHead(200, { "Content-Type": "application/x-ndjson" }).end(text);
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    sendJson(response, 404, { code: error.code, message: error.message });
  }
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
      const { timestamp } = parts.functions;
      await parts.functions.durable();
      sendJson(response, 200, { ts: encodeTimestamp(timestamp) });
    } else if (url.pathname === "/api/query_batch") {
      sendJson(response, 200, await answerBatch(parts, request));
    } else if (Object.hasOwn(kindOfRoute, url.pathname) || url.pathname.startsWith(RUN_ROUTE)) {
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
    } else if (url.pathname === "/api/admin/data" || url.pathname === "/api/admin/export") {
      await answerAdmin(parts, request, response, url);
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
