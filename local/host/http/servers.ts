/** The host's two HTTP servers. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Log } from "../lib/log";
import { answerAdmin } from "./adminApi";
import { answerApi } from "./functionApi";
import { answerHttpAction } from "./httpActions";
import { sendJson, type ServerContext } from "./request";

type Answer = (context: ServerContext, request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A server whose requests wait until `ready`, and whose unexpected errors are logged and answered with status 500. */
function createGuardedServer(ready: Promise<ServerContext>, log: Log, answer: Answer): Server {
  return createServer((request, response) => {
    ready
      .then((context) => answer(context, request, response))
      .catch((error: unknown) => {
        log.error([`${request.method} ${request.url} failed.`, error]);
        if (!response.headersSent)
          sendJson(response, 500, { code: "InternalServerError", message: "Server Error" });
        else response.end();
      })
      // The unread part of the body is discarded, so that the connection can be reused.
      .finally(() => request.resume());
  });
}

function urlOf(request: IncomingMessage): URL {
  return new URL(request.url ?? "/", `http://${request.headers.host ?? "127.0.0.1"}`);
}

/** The server of clients: functions under /api, the app's HTTP actions under /http, and the sync protocol's socket. */
export function createApiServer(ready: Promise<ServerContext>, log: Log): Server {
  return createGuardedServer(ready, log, async (context, request, response) => {
    const url = urlOf(request);
    if (url.pathname === "/version") {
      response.end("local-host");
    } else if (url.pathname === "/http" || url.pathname.startsWith("/http/")) {
      url.pathname = url.pathname.slice("/http".length) || "/";
      await answerHttpAction(context, request, response, url);
    } else if (url.pathname === "/api/admin/data" || url.pathname === "/api/admin/export") {
      await answerAdmin(context, request, response, url);
    } else {
      await answerApi(context, request, response, url);
    }
  });
}

/** The server of the app's HTTP actions. */
export function createSiteServer(ready: Promise<ServerContext>, log: Log): Server {
  return createGuardedServer(ready, log, (context, request, response) =>
    answerHttpAction(context, request, response, urlOf(request)),
  );
}
