/** Serves the built page: its files, the page itself for every other path, and JSON values that the page fetches. */
import {
  createServer,
  STATUS_CODES,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { basename, dirname } from "node:path";
import send from "send";
import { urlOf } from "./host/http/request";
import { discardRest } from "./host/http/unreadBody";

/** Values that the page fetches as JSON, by path; null answers 404. */
export type PageConfig = Record<string, unknown>;

/** Allows the page's own scripts and styles only, and data from any origin because Convex is on another port. */
const CONTENT_SECURITY_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https://img.bricklink.com; connect-src *; frame-ancestors 'none'; base-uri 'none'";

function setSecurityHeaders(response: ServerResponse): void {
  response.setHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY);
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Referrer-Policy", "no-referrer");
}

function refuse(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { ...headers, "Content-Type": "text/plain; charset=utf-8" });
  response.end(STATUS_CODES[status]);
}

export function sendConfig(response: ServerResponse, value: unknown): void {
  response.writeHead(value === null ? 404 : 200, {
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
  });
  response.end(JSON.stringify(value));
}

/** An error of `send`, with the headers that its status calls for, e.g. those of an unsatisfiable range. */
type SendError = Error & { status: number; headers?: Record<string, string> };

/** Sends a file of the folder. `instead` answers when there is no file of that path. */
function sendFile(
  request: IncomingMessage,
  response: ServerResponse,
  folder: string,
  path: string,
  instead: () => void,
): void {
  send(request, path, { root: folder, index: false, dotfiles: "ignore", cacheControl: false })
    .on("headers", (_: ServerResponse, file: string) => {
      // The build puts a hash of the content into the names of the files in this folder.
      const isHashed = basename(dirname(file)) === "assets";
      response.setHeader("Cache-Control", isHashed ? "public, max-age=31536000, immutable" : "no-cache");
    })
    .on("directory", instead)
    .on("error", ({ status, headers }: SendError) => {
      if (status === 404) instead();
      else refuse(response, status, headers);
    })
    .pipe(response);
}

/** The server of the page in a folder. `config` is read at every request, so that it can be filled later. */
export function createPageServer(folder: string, config: PageConfig): Server {
  return createServer((request, response) => {
    setSecurityHeaders(response);
    if (request.method !== "GET" && request.method !== "HEAD") {
      refuse(response, 405, { Allow: "GET, HEAD" });
      discardRest(request);
      return;
    }
    const path = urlOf(request)?.pathname;
    if (path === undefined) {
      refuse(response, 400);
      return;
    }
    if (Object.hasOwn(config, path)) {
      sendConfig(response, config[path]);
      return;
    }
    // Any other path is a route of the page.
    sendFile(request, response, folder, path, () =>
      sendFile(request, response, folder, "/index.html", () => refuse(response, 404)),
    );
  });
}
