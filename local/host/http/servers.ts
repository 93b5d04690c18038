/** The host's two HTTP servers. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Log } from "../lib/log";
import { isAllowedOrigin, isServedName, NAME_REFUSED, setSecurityHeaders } from "./access";
import { answerAdmin, isAdminPath } from "./adminApi";
import { answerApi } from "./functionApi";
import { answerHttpAction } from "./httpActions";
import { sendJson, urlOf, type ServerContext } from "./request";
import { StorageUnavailable } from "../store/groupCommit";
import { discardRest } from "./unreadBody";

type Answer = (
  context: ServerContext,
  request: IncomingMessage,
  response: ServerResponse,
  url: URL,
) => Promise<void>;

/** For clients that try again by themselves. Chosen: short, since the operator frees space while they wait. In seconds. */
const RETRY_AFTER_S = 10;

function sendUnavailable(response: ServerResponse, { message }: Error): void {
  response.setHeader("Retry-After", RETRY_AFTER_S);
  sendJson(response, 503, { code: "StorageUnavailable", message });
}

export type ServerOptions = {
  log: Log;
  /** The names under which the servers may be reached besides localhost. */
  names: readonly string[];
  /** The origins whose pages may call functions; undefined: any. */
  origins: readonly string[] | undefined;
};

/** A server whose requests wait until `ready`, and whose unexpected errors are logged and answered with status 500. */
function createGuardedServer(
  ready: Promise<ServerContext>,
  { log, names }: ServerOptions,
  answer: Answer,
): Server {
  return createServer((request, response) => {
    setSecurityHeaders(response);
    const url = urlOf(request);
    if (!url) {
      sendJson(response, 400, { code: "BadRequest", message: "The request's target or Host is no address." });
      return;
    }
    if (!isServedName(url, names)) {
      sendJson(response, 421, { code: "MisdirectedRequest", message: NAME_REFUSED });
      return;
    }
    ready
      .then((context) => answer(context, request, response, url))
      .catch(async (error: unknown) => {
        // The client broke off its request: there is nobody to answer, and nothing that an operator could mend.
        if (request.destroyed && !request.complete) return;
        // Without the address, which can hold arguments and the secret tokens of callbacks.
        log.error([`A ${request.method} request failed.`, error]);
        // An HTTP action that lets the failure of its mutation pass throws an error of its own.
        const unavailable = error instanceof StorageUnavailable ? error : (await ready).store.failure;
        if (response.headersSent) response.end();
        else if (unavailable) sendUnavailable(response, unavailable);
        else sendJson(response, 500, { code: "InternalServerError", message: "Server Error" });
      })
      .finally(() => discardRest(request));
  });
}

/** The server of clients: functions under /api, the app's HTTP actions under /http, and the sync protocol's socket. */
export function createApiServer(ready: Promise<ServerContext>, options: ServerOptions): Server {
  return createGuardedServer(ready, options, async (context, request, response, url) => {
    if (url.pathname === "/version") {
      response.end("local-host");
    } else if (url.pathname === "/http" || url.pathname.startsWith("/http/")) {
      url.pathname = url.pathname.slice("/http".length) || "/";
      await answerHttpAction(context, request, response, url);
    } else if (!isAllowedOrigin(request.headers.origin, options.origins)) {
      sendJson(response, 403, {
        code: "OriginRefused",
        message: "Pages of this origin may not call this host.",
      });
    } else if (isAdminPath(url.pathname)) {
      await answerAdmin(context, request, response, url);
    } else {
      await answerApi(context, request, response, url);
    }
  });
}

/** The server of the app's HTTP actions. */
export function createSiteServer(ready: Promise<ServerContext>, options: ServerOptions): Server {
  return createGuardedServer(ready, options, answerHttpAction);
}
