/** Opens a Convex app on this machine: its functions, its data, its clients. See README.md beside this file. */
import { randomBytes } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { join } from "node:path";
import { WebSocketServer } from "ws";
import { RUNNING_FILE } from "./store/exportImport";
import { loadApp, schemaOf } from "./modules/app";
import { Auth } from "./functions/auth";
import { Catalog } from "./store/catalog";
import { Crons } from "./scheduler/crons";
import { Functions, type Components } from "./functions/functions";
import { createApiServer, createSiteServer, listen } from "./http/servers";
import { createLog, type Log } from "./lib/log";
import { originOf, type HttpParts } from "./http/request";
import { Scheduler } from "./scheduler/scheduler";
import { Session } from "./sync/session";
import { Store } from "./store/store";

export type DeploymentOptions = {
  /** The folder of a Convex app's functions. */
  functions: string;
  /** Where its data is kept; made if need be. One process at a time. */
  data: string;
  /** The functions' environment variables. */
  env: Record<string, string>;
  /** For clients; 0 takes a free one. */
  port: number;
  /** For the app's HTTP actions; 0 takes a free one. */
  sitePort: number;
  log?: Log;
};

export type Deployment = {
  url: string;
  siteUrl: string;
  /** Lets its holder call internal functions: `Authorization: Convex <key>`. */
  adminKey: string;
  /** Loads the functions anew and runs every live query again. Throws HostError, and changes nothing, if they fail. */
  reload: () => Promise<void>;
  close: () => Promise<void>;
};

/** How long a closing host waits for actions under way; a longer one counts as cut off by a crash. */
const CLOSING_GRACE_MS = 3_000;

/** Convex keeps clients' handled requests two weeks. */
const REQUESTS_KEPT_MS = 14 * 24 * 60 * 60_000;

/** As the body of an HTTP request. */
const SOCKET_PAYLOAD_MAX = 20 * 1024 * 1024;

const SOCKET_PATH = /^\/api(\/[^/]+)?\/sync$/;

function adminKeyOf(store: Store): string {
  const kept = store.note("adminKey");
  if (kept !== undefined) return kept;
  const made = randomBytes(32).toString("base64url");
  store.setNote("adminKey", made);
  return made;
}

function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** Serves the sync protocol on an HTTP server; the sessions that are open are in the set returned. */
function serveSockets(server: Server, ready: Promise<HttpParts>): Set<Session> {
  const sessions = new Set<Session>();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: SOCKET_PAYLOAD_MAX });
  server.on("upgrade", (request, socket, head) => {
    if (!SOCKET_PATH.test(request.url?.split("?")[0] ?? "")) {
      socket.destroy();
      return;
    }
    void ready.then((parts) => {
      sockets.handleUpgrade(request, socket, head, (client) => {
        const session = new Session({ socket: client, origin: originOf(request), ...parts });
        sessions.add(session);
        client.on("close", () => sessions.delete(session));
      });
    });
  });
  return sessions;
}

/** Opens a deployment. Throws HostError with a sentence that says what to do. */
export async function openDeployment(options: DeploymentOptions): Promise<Deployment> {
  const log = options.log ?? createLog();
  const store = new Store(options.data);
  const servers: Server[] = [];
  try {
    let announce: (parts: HttpParts) => void = () => undefined;
    const ready = new Promise<HttpParts>((resolve) => (announce = resolve));
    const api = createApiServer(ready, log);
    const site = createSiteServer(ready, log);
    servers.push(api, site);
    const sessions = serveSockets(api, ready);
    const url = `http://127.0.0.1:${await listen(api, options.port)}`;
    const siteUrl = `http://127.0.0.1:${await listen(site, options.sitePort)}`;
    const env = { ...options.env, CONVEX_CLOUD_URL: url, CONVEX_SITE_URL: siteUrl };

    const load = async () => {
      const loaded = await loadApp(options.functions, env, log);
      const parsed = [...loaded].map(([path, modules]) => ({ path, modules, schema: schemaOf(modules) }));
      return (): Components =>
        new Map(
          parsed.map(({ path, modules, schema }) => [
            path,
            { modules, catalog: new Catalog(store, schema, path === "" ? "" : `${path}/`) },
          ]),
        );
    };
    const functions = new Functions({ store, log, components: (await load())() });
    const auth = new Auth();
    const scheduler = new Scheduler(functions);
    const crons = new Crons(functions, store);
    const adminKey = adminKeyOf(store);
    const begin = () => {
      auth.configure(functions.modules.action.get("auth.config"));
      crons.start(functions.components);
    };

    store.forgetRequestsBefore(Date.now() - REQUESTS_KEPT_MS);
    functions.onCommit((committed) => {
      for (const session of sessions) session.noticeCommit(committed);
    });
    begin();
    await scheduler.start();
    const announcement = join(options.data, RUNNING_FILE);
    writeFileSync(announcement, JSON.stringify({ url, adminKey }), { mode: 0o600 });
    announce({ functions, auth, adminKey, store });

    return {
      url,
      siteUrl,
      adminKey,
      reload: async () => {
        await functions.replace(await load());
        begin();
        for (const session of sessions) session.refresh();
      },
      close: async () => {
        for (const session of sessions) session.close();
        await Promise.all([crons.stop(CLOSING_GRACE_MS), scheduler.stop(CLOSING_GRACE_MS)]);
        await Promise.all(servers.map(closeServer));
        rmSync(announcement, { force: true });
        await functions.exclusively(() => Promise.resolve(store.close()));
      },
    };
  } catch (error) {
    await Promise.all(servers.filter((server) => server.listening).map(closeServer));
    store.close();
    throw error;
  }
}
