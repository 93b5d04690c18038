/** Opens a deployment of a Convex app on this machine. See README.md beside this file. */
import { randomBytes } from "node:crypto";
import { rmSync, writeFileSync } from "node:fs";
import type { Server } from "node:http";
import { join } from "node:path";
import { WebSocketServer } from "ws";
import { loadApp, schemaOf } from "./modules/app";
import { assertAuthConfig, Auth } from "./functions/auth";
import { Catalog } from "./store/catalog";
import { assertDocumentsMatch } from "./store/documentChecks";
import { assertCronsRunnable, Crons } from "./scheduler/crons";
import type { Components } from "./functions/componentRegistry";
import { Functions } from "./functions/functions";
import { closeServer, listen } from "./http/listen";
import { createLog, type Log } from "./lib/log";
import { isAllowedOrigin, isServedName } from "./http/access";
import {
  BODY_LIMIT_BYTES,
  originOf,
  urlOf,
  type EnvironmentChange,
  type ServerContext,
} from "./http/request";
import { createApiServer, createSiteServer, type ServerOptions } from "./http/servers";
import { RUNNING_FILE } from "./runningHost";
import { Scheduler } from "./scheduler/scheduler";
import { Session } from "./sync/session";
import { asHostError } from "./store/database";
import { Store } from "./store/store";

export type DeploymentOptions = {
  /** The folder of the app's functions. */
  functions: string;
  /** The data folder, created when there is none. One process at a time can open it. */
  data: string;
  /** The folder's store, of a caller that has opened it before to hold the folder's lock, and closes it after. */
  store?: Store;
  /** The functions' environment variables, until the admin API changes them. */
  env: Record<string, string>;
  /** The port for clients; 0 chooses a free one. */
  port: number;
  /** The port for the app's HTTP actions; 0 chooses a free one. */
  sitePort: number;
  /** Names under which clients may reach it besides localhost, e.g. that of a tunnel. */
  names?: readonly string[];
  /** The origins whose pages may call functions, e.g. the dashboard's; undefined: any, since callers need a token. */
  origins?: readonly string[];
  log?: Log;
  /** A folder in which bundles of functions are kept, so that the next start takes less; undefined: none are. */
  bundles?: string;
};

export type Deployment = {
  url: string;
  siteUrl: string;
  /** Allows calls of internal functions, in a header `Authorization: Convex <key>`. */
  adminKey: string;
  /**
   * Reloads the functions and runs every live query again. Throws HostError and changes nothing when they cannot be
   * loaded.
   */
  reload: () => Promise<void>;
  /** Runs a transaction of the host itself, outside of the functions. */
  transact: Functions["transact"];
  close: () => Promise<void>;
};

/** How long closing waits for running functions. A longer action fails at the next start, as after a crash. Chosen. */
const CLOSE_TIMEOUT_MS = 3_000;

/** How long answers to client requests are retained: two weeks, as on Convex. */
const REQUEST_RETENTION_MS = 14 * 24 * 60 * 60_000;

/** Longer messages are not even received. A session refuses shorter ones already, with a reason. In bytes. */
const SOCKET_BYTES_MAX = BODY_LIMIT_BYTES;

const SOCKET_PATH = /^\/api(\/[^/]+)?\/sync$/;

/** The data folder's admin key, created at the first start. */
function adminKeyOf(store: Store): string {
  const stored = store.metadata("adminKey");
  if (stored !== undefined) return stored;
  const created = randomBytes(32).toString("base64url");
  store.setMetadata("adminKey", created);
  return created;
}

/** Serves the sync protocol on an HTTP server. Returns the set of open sessions, which it updates. */
function serveSockets(
  server: Server,
  ready: Promise<ServerContext>,
  { names, origins }: ServerOptions,
): Set<Session> {
  const sessions = new Set<Session>();
  const sockets = new WebSocketServer({ noServer: true, maxPayload: SOCKET_BYTES_MAX });
  server.on("upgrade", (request, socket, head) => {
    // Node hands the connection over: without this listener, a client that resets it would end the process.
    socket.on("error", () => socket.destroy());
    const url = urlOf(request);
    const isAllowed = url && isServedName(url, names) && isAllowedOrigin(request.headers.origin, origins);
    if (!isAllowed || !SOCKET_PATH.test(url.pathname)) {
      // A client that keeps its side open would otherwise keep the connection, and the host from closing.
      socket.once("finish", () => socket.destroy());
      socket.end("HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    void ready.then((context) => {
      sockets.handleUpgrade(request, socket, head, (client) => {
        const session = new Session({ socket: client, origin: originOf(request), ...context });
        sessions.add(session);
        client.on("close", () => sessions.delete(session));
      });
    });
  });
  return sessions;
}

/** Opens a deployment. Throws HostError, whose message says what to do, after closing what was already open. */
export async function openDeployment(options: DeploymentOptions): Promise<Deployment> {
  const log = options.log ?? createLog();
  const store = options.store ?? new Store(options.data);
  const closeStore = () => {
    if (!options.store) store.close();
  };
  const servers: Server[] = [];
  let stopWork = (): Promise<unknown> => Promise.resolve();
  try {
    let becomeReady: (context: ServerContext) => void = () => undefined;
    const ready = new Promise<ServerContext>((resolve) => (becomeReady = resolve));
    const serverOptions = { log, names: options.names ?? [], origins: options.origins };
    const api = createApiServer(ready, serverOptions);
    const site = createSiteServer(ready, serverOptions);
    servers.push(api, site);
    const sessions = serveSockets(api, ready, serverOptions);
    const url = `http://127.0.0.1:${await listen(api, options.port)}`;
    const siteUrl = `http://127.0.0.1:${await listen(site, options.sitePort)}`;
    let env: Record<string, string> = { ...options.env, CONVEX_CLOUD_URL: url, CONVEX_SITE_URL: siteUrl };

    const load = async (changed: Record<string, string> = env) => {
      const loaded = await loadApp(options.functions, changed, log, options.bundles);
      const parsed = [...loaded].map(([path, modules]) => ({ path, modules, schema: schemaOf(modules) }));
      for (const { modules } of parsed) assertCronsRunnable(modules);
      assertAuthConfig(loaded.get("")?.action.get("auth.config"));
      const prefixOf = (path: string) => (path === "" ? "" : `${path}/`);
      return (): Components => {
        // All of them first, because creating a catalog changes the indexes that the old functions use.
        for (const { path, schema } of parsed) assertDocumentsMatch(store, schema, prefixOf(path));
        return new Map(
          parsed.map(({ path, modules, schema }) => [
            path,
            { modules, catalog: new Catalog(store, schema, prefixOf(path)) },
          ]),
        );
      };
    };
    const functions = new Functions({ store, log, components: (await load())() });
    const auth = new Auth();
    const scheduler = new Scheduler(functions);
    const crons = new Crons(functions, store);
    stopWork = () => Promise.all([crons.stop(CLOSE_TIMEOUT_MS), scheduler.stop(CLOSE_TIMEOUT_MS)]);
    const adminKey = adminKeyOf(store);
    const startModules = () => {
      auth.configure(functions.modules.action.get("auth.config"));
      crons.start(functions.components);
    };

    store.deleteRequestsBefore(Date.now() - REQUEST_RETENTION_MS);
    functions.onCommit((committed) => {
      for (const session of sessions) session.onCommit(committed);
    });
    startModules();
    await scheduler.start();
    const runningFile = join(options.data, RUNNING_FILE);
    writeFileSync(runningFile, JSON.stringify({ url, adminKey }), { mode: 0o600 });
    const reload = async (changed = env) => {
      await functions.replace(await load(changed));
      env = changed;
      startModules();
      for (const session of sessions) session.invalidateAll();
    };
    const changeEnvironment = async (changes: readonly EnvironmentChange[]) => {
      const changed = { ...env };
      for (const { name, value } of changes) {
        if (value === undefined) Reflect.deleteProperty(changed, name);
        else changed[name] = value;
      }
      await reload(changed);
    };
    becomeReady({ functions, auth, adminKey, store, changeEnvironment });

    return {
      url,
      siteUrl,
      adminKey,
      reload: async () => await reload(),
      transact: (work) => functions.transact(work),
      close: async () => {
        for (const session of sessions) session.close();
        await Promise.all([stopWork(), ...servers.map(closeServer)]);
        rmSync(runningFile, { force: true });
        await functions.runExclusively(() => Promise.resolve(closeStore()));
      },
    };
  } catch (error) {
    await Promise.all([stopWork(), ...servers.filter((server) => server.listening).map(closeServer)]);
    closeStore();
    throw asHostError(error, options.data);
  }
}
