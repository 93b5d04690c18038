/** Serves the dashboard, built or from Vite's dev server, and the JSON files that tell the page where Convex is. */
import { createReadStream, statSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import { basename, dirname, extname, join, normalize } from "node:path";
import { createServer as createViteServer, type Plugin } from "vite";
import { builtDashboard } from "./dashboardBuild";
import { listen } from "./host/http/listen";

/** Values that the page fetches as JSON, by path; null answers 404. */
export type PageConfig = Record<string, unknown>;

const contentTypes: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".json": "application/json",
  ".woff2": "font/woff2",
};

/** Allows the page's own scripts and styles only, and data from any origin because Convex is on another port. */
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

function sendConfig(response: ServerResponse, value: unknown): void {
  response.writeHead(value === null ? 404 : 200, {
    "Content-Type": "application/json",
    "Cache-Control": "no-store",
  });
  response.end(JSON.stringify(value));
}

export type Dashboard = { url: string; close: () => Promise<void> };

/** Serves the built page. `config` is read at every request, so that it can be filled later. Throws HostError `portInUse`. */
export async function serveBuiltDashboard(
  root: string,
  port: number,
  config: PageConfig,
): Promise<Dashboard> {
  const folder = await builtDashboard(root);
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? "/", "http://localhost").pathname);
    if (Object.hasOwn(config, path)) {
      sendConfig(response, config[path]);
      return;
    }
    const file = join(folder, normalize(path));
    // Any other path is a route of the page.
    sendFile(response, file.startsWith(folder) && isFile(file) ? file : join(folder, "index.html"));
  });
  const openedPort = await listen(server, port);
  return {
    url: `http://127.0.0.1:${openedPort}`,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** As `serveBuiltDashboard`, from Vite's dev server, which reloads changed files. */
export async function serveDevDashboard(root: string, port: number, config: PageConfig): Promise<Dashboard> {
  const configPlugin: Plugin = {
    name: "page-config",
    configureServer(vite) {
      vite.middlewares.use((request, response, next) => {
        const path = (request.url ?? "").split("?")[0] ?? "";
        if (Object.hasOwn(config, path)) sendConfig(response, config[path]);
        else next();
      });
    },
  };
  const vite = await createViteServer({
    root,
    logLevel: "warn",
    plugins: [configPlugin],
    server: { host: "127.0.0.1", port: port === 0 ? 5173 : port, strictPort: port !== 0 },
  });
  await vite.listen();
  return { url: (vite.resolvedUrls?.local[0] ?? "").replace(/\/$/, ""), close: () => vite.close() };
}
