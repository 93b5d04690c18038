/** `npm run local -- <command>`: operates a data folder, modelled on `npx convex run`, `data`, `export` and `import`. */
import {
  createReadStream,
  createWriteStream,
  existsSync,
  fchmodSync,
  openSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { getFunctionName } from "convex/server";
import { z } from "zod";
import { internal } from "../convex/_generated/api";
import { defaultFolders } from "./folderKind";
import { HostError } from "./host/lib/errors";
import { RUNNING_FILE, runningHost } from "./host/runningHost";
import { exportLines, importLines, newestDocuments } from "./host/store/exportImport";
import { Store } from "./host/store/store";
import { requireNode } from "./node";
import { UsageError } from "./options";
import { rotateCredentialsKey, secretsFileOf } from "./secrets";

requireNode();

const usage = `npm run local -- <command> [--data <folder>] (default ${defaultFolders.simulated}, with --real ${defaultFolders.real})
  run <function> [json]      calls a public or internal function, e.g. marketplaces/bricklink/queue/sweep:sweep
  data <table> [--limit n]   prints the newest documents of a table
  export <file>              writes every document, one per line
  import <file>              reads an export into an empty folder
  rotate-key [--secrets f]   changes the key that encrypts stores' BrickLink keys, while the system runs
  reset [--yes]              deletes the folder`;

/** How many documents `data` prints without --limit. Chosen: one screen. */
const DEFAULT_LIMIT = 20;

type RunningHost = z.output<typeof runningHost>;

/**
 * The host that runs on a folder; undefined when none does. A crash leaves the file behind, so the host is contacted.
 */
async function findRunningHost(folder: string): Promise<RunningHost | undefined> {
  const file = join(folder, RUNNING_FILE);
  if (!existsSync(file)) return undefined;
  const host = runningHost.parse(JSON.parse(readFileSync(file, "utf8")));
  const isReachable = await fetch(`${host.url}/version`).then(
    ({ ok }) => ok,
    () => false,
  );
  return isReachable ? host : undefined;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** The body of the host's answer to a request with the admin key. Throws UsageError with the host's error message. */
async function request({ url, adminKey }: RunningHost, path: string, body?: unknown): Promise<string> {
  const response = await fetch(`${url}${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { Authorization: `Convex ${adminKey}`, "Content-Type": "application/json" },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (response.ok) return text;
  const { message } = z.object({ message: z.string() }).parse(JSON.parse(text));
  throw new UsageError(message);
}

function withStore<T>(folder: string, work: (store: Store) => T): T {
  const store = new Store(folder);
  try {
    return work(store);
  } finally {
    store.close();
  }
}

/** Throws UsageError when no host runs on the folder. */
async function requireRunningHost(folder: string): Promise<RunningHost> {
  const host = await findRunningHost(folder);
  if (!host) throw new UsageError("No host runs on this folder. Start it first: npm start");
  return host;
}

/** Calls a function. Throws UsageError with its error message. */
async function call(host: RunningHost, path: string, args: unknown): Promise<unknown> {
  const answer = z
    .object({ status: z.string(), value: z.unknown().optional(), errorMessage: z.string().optional() })
    .parse(JSON.parse(await request(host, "/api/function", { path, args })));
  if (answer.status !== "success") throw new UsageError(answer.errorMessage ?? `${path} failed.`);
  return answer.value ?? null;
}

async function run(folder: string, name: string, json = "{}"): Promise<void> {
  const host = await requireRunningHost(folder);
  print(JSON.stringify(await call(host, name, JSON.parse(json)), null, 2));
}

async function rotateKey(folder: string, file: string): Promise<void> {
  const host = await requireRunningHost(folder);
  const setKeys = async (present: string, previous?: string) => {
    const changes = [
      { name: "CREDENTIALS_KEY", value: present },
      { name: "CREDENTIALS_KEY_PREVIOUS", value: previous },
    ];
    await request(host, "/api/update_environment_variables", { changes });
  };
  await rotateCredentialsKey(file, async ({ CREDENTIALS_KEY, CREDENTIALS_KEY_PREVIOUS }) => {
    await setKeys(CREDENTIALS_KEY, CREDENTIALS_KEY_PREVIOUS);
    const reencryptAll = getFunctionName(internal.marketplaces.bricklink.connection.keyRotation.reencryptAll);
    const { stores } = z.object({ stores: z.number() }).parse(await call(host, reencryptAll, {}));
    await setKeys(CREDENTIALS_KEY);
    print(`The keys of ${stores} ${stores === 1 ? "store" : "stores"} are encrypted with a new key now.`);
  });
  print(
    `${file} has it. Back up that file and the data again: an old backup of one needs the old one of the other.`,
  );
}

async function printTable(folder: string, table: string, limit: number): Promise<void> {
  const host = await findRunningHost(folder);
  const query = new URLSearchParams({ table, limit: String(limit) });
  const text = host
    ? await request(host, `/api/admin/data?${query.toString()}`)
    : withStore(folder, (store) => [...newestDocuments(store, table, limit)].join("\n"));
  print(text === "" ? `${table} is empty.` : text);
}

/** A file that only its owner can read, also when it existed before with other permissions. */
function privateFile(file: string): Writable {
  const descriptor = openSync(file, "w", 0o600);
  fchmodSync(descriptor, 0o600);
  return createWriteStream(file, { fd: descriptor });
}

async function exportTo(folder: string, file: string): Promise<void> {
  const host = await findRunningHost(folder);
  if (host) {
    await pipeline(Readable.from([await request(host, "/api/admin/export")]), privateFile(file));
  } else {
    const store = new Store(folder);
    try {
      await pipeline(Readable.from(exportLines(store)), privateFile(file));
    } finally {
      store.close();
    }
  }
  print(
    `Exported to ${file}. It contains buyers' addresses, encrypted keys and open sessions: protect it as you protect the folder.`,
  );
}

async function importFrom(folder: string, file: string): Promise<void> {
  const store = new Store(folder);
  try {
    const count = await importLines(store, createInterface({ input: createReadStream(file) }));
    print(`${count} documents imported.`);
  } finally {
    store.close();
  }
}

async function reset(folder: string, isConfirmed: boolean): Promise<void> {
  if (await findRunningHost(folder)) throw new UsageError("A host runs on this folder. Stop it first.");
  if (!existsSync(folder)) throw new UsageError(`There is no folder ${folder}.`);
  if (!isConfirmed) {
    const prompt = createInterface({ input: process.stdin, output: process.stdout });
    const answer = await prompt.question(`Delete ${folder} with all keys and orders? Type yes: `);
    prompt.close();
    if (answer.trim() !== "yes") return print("Nothing was deleted.");
  }
  // Opening the store throws when another process holds the folder's lock.
  withStore(folder, () => undefined);
  rmSync(folder, { recursive: true });
  print(`${folder} was deleted.`);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: "string" },
      real: { type: "boolean", default: false },
      secrets: { type: "string" },
      limit: { type: "string", default: String(DEFAULT_LIMIT) },
      yes: { type: "boolean", default: false },
    },
  });
  const [command, first, second] = positionals;
  const folder = resolve(values.data ?? defaultFolders[values.real ? "real" : "simulated"]);
  if (command === "run" && first !== undefined) return await run(folder, first, second);
  if (command === "data" && first !== undefined) return await printTable(folder, first, Number(values.limit));
  if (command === "export" && first !== undefined) return await exportTo(folder, first);
  if (command === "import" && first !== undefined) return await importFrom(folder, first);
  if (command === "rotate-key")
    return await rotateKey(folder, resolve(values.secrets ?? secretsFileOf(folder)));
  if (command === "reset") return await reset(folder, values.yes);
  throw new UsageError(usage);
}

main().catch((error: unknown) => {
  // The stack trace is for unexpected errors only; these two say what to do.
  const isExpected = error instanceof HostError || error instanceof UsageError;
  const message = error instanceof Error ? (isExpected ? error.message : error.stack) : String(error);
  process.stderr.write(`${message}\n`);
  process.exit(1);
});
