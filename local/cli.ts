/** `npm run local -- <command>`: operating the data folder, in the spirit of `npx convex run, data, export, import`. */
import { createReadStream, createWriteStream, existsSync, readFileSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { parseArgs } from "node:util";
import { z } from "zod";
import { exportedLines, importLines, newestOf, RUNNING_FILE, runningFile } from "./host/store/exportImport";
import { HostError } from "./host/lib/errors";
import { Store } from "./host/store/store";
import { requireNode } from "./node";
import { UsageError } from "./options";

requireNode();

const usage = `npm run local -- <command> [--data <folder>]
  run <function> [json]      calls a function, internal ones too, e.g. marketplaces/bricklink/sweep:sweep
  data <table> [--limit n]   the newest documents of a table
  export <file>              every document, one a line
  import <file>              into an empty folder
  reset [--yes]              forgets everything in the folder`;

const ROWS_SHOWN = 20;

type Running = z.output<typeof runningFile>;

/** The host that runs on a folder; undefined when none does. A crash leaves its file behind, so it is asked. */
async function runningOn(folder: string): Promise<Running | undefined> {
  const file = join(folder, RUNNING_FILE);
  if (!existsSync(file)) return undefined;
  const running = runningFile.parse(JSON.parse(readFileSync(file, "utf8")));
  const isThere = await fetch(`${running.url}/version`).then(
    ({ ok }) => ok,
    () => false,
  );
  return isThere ? running : undefined;
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function ask({ url, adminKey }: Running, path: string, body?: unknown): Promise<string> {
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

async function run(folder: string, name: string, json = "{}"): Promise<void> {
  const running = await runningOn(folder);
  if (!running) throw new UsageError("No host runs on this folder. Start it first: npm start");
  const args: unknown = JSON.parse(json);
  const answer = z
    .object({ status: z.string(), value: z.unknown().optional(), errorMessage: z.string().optional() })
    .parse(JSON.parse(await ask(running, "/api/function", { path: name, args })));
  if (answer.status !== "success") throw new UsageError(answer.errorMessage ?? "It failed.");
  say(JSON.stringify(answer.value ?? null, null, 2));
}

async function data(folder: string, table: string, limit: number): Promise<void> {
  const running = await runningOn(folder);
  const query = new URLSearchParams({ table, limit: String(limit) });
  const text = running
    ? await ask(running, `/api/admin/data?${query.toString()}`)
    : withStore(folder, (store) => [...newestOf(store, table, limit)].join("\n"));
  say(text === "" ? `${table} is empty.` : text);
}

async function exportTo(folder: string, file: string): Promise<void> {
  const running = await runningOn(folder);
  if (running) {
    await pipeline(Readable.from([await ask(running, "/api/admin/export")]), createWriteStream(file));
  } else {
    const store = new Store(folder);
    try {
      await pipeline(Readable.from(exportedLines(store)), createWriteStream(file, { mode: 0o600 }));
    } finally {
      store.close();
    }
  }
  say(`Exported to ${file}. It holds buyers' addresses and sealed keys: keep it like the folder itself.`);
}

async function importFrom(folder: string, file: string): Promise<void> {
  const store = new Store(folder);
  try {
    const count = await importLines(store, createInterface({ input: createReadStream(file) }));
    say(`${count} documents imported.`);
  } finally {
    store.close();
  }
}

async function reset(folder: string, isSure: boolean): Promise<void> {
  if (await runningOn(folder)) throw new UsageError("A host runs on this folder. Stop it first.");
  if (!existsSync(folder)) throw new UsageError(`There is no folder ${folder}.`);
  if (!isSure) {
    const prompt = createInterface({ input: process.stdin, output: process.stdout });
    const answer = await prompt.question(`Forget everything in ${folder}, keys and orders? Type yes: `);
    prompt.close();
    if (answer.trim() !== "yes") return say("Nothing was changed.");
  }
  // Opened once more, so that no other process is on it.
  withStore(folder, () => undefined);
  rmSync(folder, { recursive: true });
  say(`${folder} is gone.`);
}

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      data: { type: "string", default: ".local" },
      limit: { type: "string", default: String(ROWS_SHOWN) },
      yes: { type: "boolean", default: false },
    },
  });
  const [command, first, second] = positionals;
  const folder = resolve(values.data);
  if (command === "run" && first !== undefined) return await run(folder, first, second);
  if (command === "data" && first !== undefined) return await data(folder, first, Number(values.limit));
  if (command === "export" && first !== undefined) return await exportTo(folder, first);
  if (command === "import" && first !== undefined) return await importFrom(folder, first);
  if (command === "reset") return await reset(folder, values.yes);
  throw new UsageError(usage);
}

main().catch((error: unknown) => {
  const isExplained = error instanceof HostError || error instanceof UsageError;
  const message = error instanceof Error ? (isExplained ? error.message : error.stack) : String(error);
  process.stderr.write(`${message}\n`);
  process.exit(1);
});
