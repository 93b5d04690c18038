/** Serves the dashboard: the built one, or Vite's dev server. Both tell the page where Convex is. */
import { createReadStream, statSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import { basename, dirname, extname, join, normalize } from "node:path";
import { build, createServer as createViteServer, type Plugin } from "vite";
import { listen } from "./host/http/servers";

/** JSON the page fetches at start, by path; null answers 404. */
export type PageFacts = Record<string, unknown>;

const contentTypes: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".json": "application/json",
  ".woff2": "font/woff2",
};

/** Scripts and styles of the page only; data from anywhere, since Convex is on another port. */
const CONTENT_SECURITY_POLICY =
  "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: https://img.bricklink.com; connect-src *; frame-ancestors 'none'; base-uri 'none'";

function sendFile(response: ServerResponse, file: string): void {
  const isHashed = basename(dirname(file)) === "assets";
  response.writeHead(200, {
    "Content-Type": contentTypes[extname(file)] ?? "application/octet-stream",
    "Cache-Control": isHashed ? "public, max-age=31536000, immutable" : "no-cache",
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
  });
  createReadStream(file).pipe(response);
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false;
}

function sendFacts(response: ServerResponse, fact: unknown): void {
  response.writeHead(fact === null ? 404 : 200, {
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
  });
  response.end(JSON.stringify(fact));
}

export type Dashboard = { url: string; close: () => Promise<void> };

/** Builds the page into a folder and serves it. `facts` is read at every request, so that it may be filled later. */
export async function serveBuiltDashboard(
  root: string,
  folder: string,
  port: number,
  facts: PageFacts,
): Promise<Dashboard> {
  await build({ root, logLevel: "warn", build: { outDir: folder, emptyOutDir: true } });
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    if (Object.hasOwn(facts, path)) {
      sendFacts(response, facts[path]);
      return;
    }
    const file = join(folder, normalize(path));
    // Any other path is a route of the page's own.
    sendFile(response, file.startsWith(folder) && isFile(file) ? file : join(folder, "index.html"));
  });
  const taken = await listen(server, port);
  return {
    url: `http://127.0.0.1:${taken}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** The same with Vite's dev server, which reloads what changes. */
export async function serveDevDashboard(root: string, port: number, facts: PageFacts): Promise<Dashboard> {
  const factsPlugin: Plugin = {
    name: "page-facts",
    configureServer(vite) {
      vite.middlewares.use((request, response, next) => {
        const path = (request.url ?? "").split("?")[0] ?? "";
        if (Object.hasOwn(facts, path)) sendFacts(response, facts[path]);
        else next();
      });
    },
  };
  const vite = await createViteServer({
    root,
    logLevel: "warn",
    plugins: [factsPlugin],
    server: { host: "127.0.0.1", port: port === 0 ? 5173 : port, strictPort: port !== 0 },
  });
  await vite.listen();
  return { url: (vite.resolvedUrls?.local[0] ?? "").replace(/\/$/, ""), close: () => vite.close() };
}
