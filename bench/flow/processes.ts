/** The processes of a measurement: the host with the app, a simulated BrickLink, and a bare server to compare with. */
import { fork, type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import Database from "libsql";
import { openBricklink } from "../../local/bricklink/simulator";
import { openDeployment } from "../../local/host/deployment";
import { makeSecrets, type Secrets } from "../../local/secrets";

const kinds = ["host", "simulator", "bare"] as const;
type Kind = (typeof kinds)[number];

/** `folder`: for the process's data. For the host: the simulator's URL, and secrets if it is to be started again. */
type Options = { folder: string; bricklink?: string; secrets?: Secrets };

/** What a process sends to its parent: where it listens, and when asked, how long its processor worked. */
type Message = { url: string; siteUrl: string } | { cpuMs: number };

export type Running = {
  url: string;
  /** Of the app's HTTP actions; the same as `url` for the others. */
  siteUrl: string;
  /** Milliseconds of processor time so far. */
  cpuMs: () => Promise<number>;
  stop: () => Promise<void>;
};

function next<Key extends "url" | "cpuMs">(
  child: ChildProcess,
  key: Key,
): Promise<Extract<Message, Record<Key, unknown>>> {
  return new Promise((done) => {
    const listen = (message: Message) => {
      if (!(key in message)) return;
      child.off("message", listen);
      done(message as Extract<Message, Record<Key, unknown>>);
    };
    child.on("message", listen);
  });
}

/** Starts a process of the given kind. */
export async function start(kind: Kind, options: Options): Promise<Running> {
  const child = fork(import.meta.filename, [kind, JSON.stringify(options)], {
    execArgv: ["--import", "tsx"],
  });
  const { url, siteUrl } = await next(child, "url");
  return {
    url,
    siteUrl,
    cpuMs: async () => {
      const answer = next(child, "cpuMs");
      child.send("cpuMs");
      return (await answer).cpuMs;
    },
    stop: async () => {
      const ended = new Promise((done) => child.once("exit", done));
      child.disconnect();
      await ended;
    },
  };
}

async function serveHost({ folder, bricklink = "", secrets }: Options) {
  return await openDeployment({
    functions: resolve(import.meta.dirname, "../../convex"),
    data: folder,
    env: {
      ...(secrets ?? (await makeSecrets())),
      SITE_URL: "http://bench.test",
      BRICKLINK_API_URL: `${bricklink}/api/store/v1`,
      BRICKLINK_CALLS_PER_DAY: "1000000",
      WEBHOOK_REQUESTS_PER_MINUTE: "1000000",
    },
    port: 0,
    sitePort: 0,
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: console.error },
  });
}

/** As little as a webhook can do: it looks up the hash of the token, and stores the body durably with the others of its turn. */
async function serveBare({ folder }: Options) {
  const database = new Database(join(folder, "bare.sqlite"));
  database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
  database.exec("CREATE TABLE tokens (hash TEXT PRIMARY KEY); CREATE TABLE callbacks (body TEXT)");
  const known = database.prepare("SELECT hash FROM tokens WHERE hash = ?");
  const insert = database.prepare("INSERT INTO callbacks VALUES (?)");
  const hashOf = (token: string) => createHash("sha256").update(token).digest("hex");
  database.prepare("INSERT INTO tokens VALUES (?)").run(hashOf("token"));
  let waiting: (() => void)[] = [];
  const store = (body: string, answer: () => void) => {
    if (waiting.length === 0) {
      database.exec("BEGIN IMMEDIATE");
      setImmediate(() => {
        database.exec("COMMIT");
        for (const done of waiting) done();
        waiting = [];
      });
    }
    insert.run(body);
    waiting.push(answer);
  };
  const server = createServer((request, response) => {
    const token = request.url?.split("/").at(-1) ?? "";
    if (known.get(hashOf(token)) === undefined) return void response.writeHead(401).end();
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => store(body, () => response.end(`{"accepted":1}`)));
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    close: () => {
      server.closeAllConnections();
      server.close();
      database.close();
      return Promise.resolve();
    },
  };
}

async function serve(kind: Kind, options: Options): Promise<void> {
  const served =
    kind === "host"
      ? await serveHost(options)
      : kind === "simulator"
        ? await openBricklink({ port: 0 })
        : await serveBare(options);
  const siteUrl = "siteUrl" in served ? String(served.siteUrl) : served.url;
  process.on("message", () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ cpuMs: (user + system) / 1_000 } satisfies Message);
  });
  process.on("disconnect", () => void served.close().then(() => process.exit(0)));
  process.send?.({ url: served.url, siteUrl } satisfies Message);
}

const [, script, kind, options] = process.argv;
const known = kinds.find((each) => each === kind);
if (script === import.meta.filename && known && options !== undefined) {
  void serve(known, JSON.parse(options) as Options);
}
