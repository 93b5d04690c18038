/** The routes under /api with which clients call functions. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { JSONValue } from "convex/values";
import { z } from "zod";
import type { Caller } from "../functions/caller";
import type { Outcome } from "../functions/functions";
import type { FunctionKind } from "../modules/registeredFunctions";
import { encodeTimestamp, failureFields, MESSAGE_BYTES_MAX, QUERIES_MAX } from "../sync/protocol";
import { BodyTooLarge, callerOf, readBody, sendJson, Unauthorized, type ServerContext } from "./request";

/** Lets the page read the answer. Pages of origins that may not call have been refused before. */
function allowOrigin(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader("Access-Control-Allow-Origin", request.headers.origin ?? "*");
  response.setHeader("Vary", "Origin");
  response.setHeader("Access-Control-Allow-Methods", "GET, POST, OPTIONS");
  response.setHeader("Access-Control-Allow-Headers", "authorization, content-type, convex-client");
  response.setHeader("Access-Control-Max-Age", "86400");
}

/** The arguments, as a list of one object or as the object itself; missing arguments are an empty object. */
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

async function runFunction(
  { functions }: ServerContext,
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

/** The function that `/api/run/<folder>/<module>/<function>` names: `<folder>/<module>:<function>`. */
function pathOfRun(pathname: string): string {
  return pathname.slice(RUN_ROUTE.length).replace(/\/([^/]*)$/, ":$1");
}

async function answerCall(context: ServerContext, request: IncomingMessage, url: URL): Promise<unknown> {
  const caller = await callerOf(request, context);
  const text =
    request.method === "GET"
      ? JSON.stringify(Object.fromEntries(url.searchParams))
      : await readBody(request, MESSAGE_BYTES_MAX);
  const body: unknown = JSON.parse(text);
  const call = url.pathname.startsWith(RUN_ROUTE)
    ? { path: pathOfRun(url.pathname), args: z.object({ args: callArgs }).parse(body).args }
    : callBody.parse(body);
  const args = typeof call.args === "string" ? (JSON.parse(call.args) as JSONValue) : call.args;
  const routeKind = kindOfRoute[url.pathname] ?? "any";
  const kind = routeKind === "any" ? ((await context.functions.kindOf(call.path)) ?? "query") : routeKind;
  return outcomeBody(await runFunction(context, kind, call.path, args, caller));
}

/** The batch has more than QUERIES_MAX queries. */
class BatchTooLarge extends Error {}

const batchBody = z.object({ queries: z.array(callBody) });

async function answerBatch(context: ServerContext, request: IncomingMessage): Promise<unknown> {
  const caller = await callerOf(request, context);
  const { queries } = batchBody.parse(JSON.parse(await readBody(request, MESSAGE_BYTES_MAX)));
  if (queries.length > QUERIES_MAX) throw new BatchTooLarge();
  const { functions } = context;
  const results = await functions.runExclusively(async () => {
    const outcomes: unknown[] = [];
    for (const { path, args } of queries) {
      outcomes.push(outcomeBody(await functions.runQueryWithinLock(path, args, caller, { endCursor: null })));
    }
    return outcomes;
  });
  await functions.whenDurable();
  return { results };
}

/** Answers a request under /api. */
export async function answerApi(
  context: ServerContext,
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
      const { timestamp } = context.functions;
      await context.functions.whenDurable();
      sendJson(response, 200, { ts: encodeTimestamp(timestamp) });
    } else if (url.pathname === "/api/query_batch") {
      sendJson(response, 200, await answerBatch(context, request));
    } else if (Object.hasOwn(kindOfRoute, url.pathname) || url.pathname.startsWith(RUN_ROUTE)) {
      sendJson(response, 200, await answerCall(context, request, url));
    } else {
      // Without the address: a callback that was sent to this port holds its token there.
      sendJson(response, 404, { code: "NotFound", message: "This host has no such route." });
    }
  } catch (error) {
    if (error instanceof Unauthorized)
      sendJson(response, 401, { code: "Unauthenticated", message: error.message });
    else if (error instanceof BodyTooLarge)
      sendJson(response, 413, { code: "BodyTooLarge", message: "The body is larger than 4 MiB." });
    else if (error instanceof BatchTooLarge) {
      sendJson(response, 400, {
        code: "BatchTooLarge",
        message: `A batch can have ${QUERIES_MAX.toLocaleString("en")} queries, and not more.`,
      });
    } else if (error instanceof SyntaxError || error instanceof z.ZodError) {
      sendJson(response, 400, {
        code: "BadRequest",
        message: "The body must be JSON of the form {path, args}.",
      });
    } else throw error;
  }
}
