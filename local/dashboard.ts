/** Serves the dashboard, built or from Vite's dev server, and the JSON files that tell the page where Convex is. */
import type { Plugin } from "vite";
import { builtDashboard } from "./dashboardBuild";
import { closeServer, listen } from "./host/http/listen";
import { createPageServer, sendConfig, type Page } from "./pageServer";

export type Dashboard = { url: string; close: () => Promise<void> };

/** Serves the built page. Throws HostError `portInUse`. */
export async function serveBuiltDashboard(root: string, port: number, page: Page): Promise<Dashboard> {
  const server = createPageServer(await builtDashboard(root), page);
  const openedPort = await listen(server, port);
  return {
    url: `http://127.0.0.1:${openedPort}`,
    close: () => closeServer(server),
  };
}

/**
 * The page asks the server that it came from where the backend is. `npx convex dev` writes another's address into .env.local, where
 * Vite would take it from.
 */
export const ownBackend = { "import.meta.env.VITE_CONVEX_URL": "undefined" };

/** As `serveBuiltDashboard`, from Vite's dev server, which reloads changed files. */
export async function serveDevDashboard(root: string, port: number, page: Page): Promise<Dashboard> {
  const configPlugin: Plugin = {
    name: "page-config",
    configureServer(vite) {
      vite.middlewares.use((request, response, next) => {
        const path = (request.url ?? "").split("?")[0] ?? "";
        if (!sendConfig(page, path, response)) next();
      });
    },
  };
  const { createServer } = await import("vite");
  const vite = await createServer({
    root,
    logLevel: "warn",
    define: ownBackend,
    plugins: [configPlugin],
    server: {
      host: "127.0.0.1",
      port: port === 0 ? 5173 : port,
      strictPort: port !== 0,
      allowedHosts: [...page.names],
    },
  });
  await vite.listen();
  return { url: (vite.resolvedUrls?.local[0] ?? "").replace(/\/$/, ""), close: () => vite.close() };
}
