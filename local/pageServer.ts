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
import { isServedName, setSecurityHeaders } from "./host/http/access";
import { urlOf } from "./host/http/request";
import { discardRest } from "./host/http/unreadBody";

/** What the page is told, and who may fetch it. Read at every request, so that it can be completed after the start. */
export type Page = {
  /** The address of Convex; null until it is known. */
  convexUrl: string | null;
  /** The account of the demo store. */
  demo: { email: string; password: string } | null;
  /** The names under which the page may be reached besides localhost. */
  names: readonly string[];
};

/** What the page fetches as JSON at a path: null is answered 404. Undefined: nothing of that kind is there. */
function configAt({ convexUrl, demo }: Page, path: string): unknown {
  if (path === "/config.json") return convexUrl === null ? null : { convexUrl };
  return path === "/demo.json" ? demo : undefined;
}

/**
 * Allows the page its own scripts, its own Convex, and the pictures of BrickLink's catalogue. Mantine sets styles in
 * attributes and in elements that it creates, so inline styles must be allowed; the page has no inline scripts.
 */
function contentSecurityPolicy({ convexUrl }: Page): string {
  const convex = convexUrl === null ? "" : ` ${convexUrl} ${convexUrl.replace(/^http/, "ws")}`;
  return [
    "default-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: https://img.bricklink.com",
    `connect-src 'self'${convex}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function refuse(response: ServerResponse, status: number, headers: Record<string, string> = {}): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  response.writeHead(status, { ...headers, "Content-Type": "text/plain; charset=utf-8" });
  response.end(STATUS_CODES[status]);
}

/** Answers a path at which the page fetches JSON; false for any other. */
export function sendConfig(page: Page, path: string, response: ServerResponse): boolean {
  const value = configAt(page, path);
  if (value === undefined) return false;
  response.writeHead(value === null ? 404 : 200, {
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
  });
  response.end(JSON.stringify(value));
  return true;
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

/** The server of the page in a folder. */
export function createPageServer(folder: string, page: Page): Server {
  return createServer((request, response) => {
    setSecurityHeaders(response);
    response.setHeader("Content-Security-Policy", contentSecurityPolicy(page));
    // For browsers that do not know `frame-ancestors`.
    response.setHeader("X-Frame-Options", "DENY");
    if (request.method !== "GET" && request.method !== "HEAD") {
      refuse(response, 405, { Allow: "GET, HEAD" });
      discardRest(request);
      return;
    }
    const url = urlOf(request);
    if (!url || !isServedName(url, page.names)) {
      refuse(response, url ? 421 : 400);
      return;
    }
    if (sendConfig(page, url.pathname, response)) return;
    // Any other path is a route of the page.
    sendFile(request, response, folder, url.pathname, () =>
      sendFile(request, response, folder, "/index.html", () => refuse(response, 404)),
    );
  });
}
