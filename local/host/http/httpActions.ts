/** The app's HTTP actions, as its http.ts routes them. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { anonymousCaller, type Caller } from "../functions/caller";
import type { Functions } from "../functions/functions";
import { runInvocation } from "../modules/invocation";
import { RealmModules } from "../modules/modules";
import { BODY_LIMIT_BYTES, BodyTooLarge, callerOf, originOf, type ServerContext } from "./request";

type Endpoint = { invokeHttpAction: (request: Request) => Promise<Response> };
type Router = { lookup: (path: string, method: string) => [Endpoint, string, string] | null };
const router = z.custom<Router>((value) => typeof value === "object" && value !== null && "lookup" in value);

const METHODS_WITHOUT_BODY = new Set(["GET", "HEAD"]);

/**
 * The body as a stream. When a handler stops reading, the rest is discarded instead of closing the connection, because
 * the response is still to be sent on it.
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
      request.on("close", () =>
        end(() =>
          controller.error(new Error("The client closed the connection before the end of the request.")),
        ),
      );
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

/** Runs the app's HTTP action for a method and path; undefined when the app has no such route. */
export function httpActionFor(
  functions: Functions,
  method: string,
  path: string,
): ((caller: Caller, request: () => Request) => Promise<Response>) | undefined {
  const modules = functions.modules.action;
  // Convex answers HEAD by the GET route.
  const routed = method === "HEAD" ? "GET" : method;
  const routes = router.safeParse(modules.get("http")?.default);
  const match = routes.success ? routes.data.lookup(path, routed) : null;
  if (!match) return undefined;
  const [endpoint, routedMethod, route] = match;
  return (caller, request) =>
    functions.runAsAction(`http:${routedMethod} ${route}`, caller, async (invocation) => {
      if (!(modules instanceof RealmModules))
        return await runInvocation(invocation, () => endpoint.invokeHttpAction(request()));
      const response = await modules.run(invocation, (load, toOwn) => {
        const found = (load("http").default as Router).lookup(path, routed);
        if (!found) throw new Error(`${route} is not a route of http.ts any more.`);
        return found[0].invokeHttpAction(toOwn(request()) as Request);
      });
      return response as Response;
    });
}

/** Answers a request with the app's HTTP action, or with status 404. An invalid token counts as no token. */
export async function answerHttpAction(
  context: ServerContext,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
): Promise<void> {
  const run = httpActionFor(context.functions, request.method ?? "GET", url.pathname);
  if (!run) {
    response.writeHead(404).end("No matching routes found");
    return;
  }
  const caller = await callerOf(request, context).catch(() => anonymousCaller(originOf(request)));
  await sendResponse(await run(caller, () => toRequest(request, url)), response);
}
