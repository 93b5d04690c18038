/**
 * Kills the host repeatedly while clients write. Every acknowledged write must be stored exactly once, and index entries
 * must agree with documents.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { ConvexHttpClient } from "convex/browser";
import { makeFunctionReference } from "convex/server";
import Database from "libsql";
import { z } from "zod";
import { createRandom } from "../../local/bricklink/random";
import { freshFolder, removeFolder } from "../support/system";

const child = join(import.meta.dirname, "../host/hostProcess.ts");
const app = join(import.meta.dirname, "../host/fixtures/edgeCases");
const WRITERS = 4;
/** For how long each host runs. Chosen: kills fall into the start, into writes and into group commits. */
const LIFETIME_MS_MIN = 30;
const LIFETIME_MS_MAX = 600;

export type HostCrashResult = {
  kills: number;
  acknowledged: number;
  /** Acknowledged writes that are not stored. */
  lost: number;
  /** Writes that are stored more than once. */
  duplicated: number;
  /** Index entries without a document, and documents without all their entries. */
  inconsistentEntries: number;
};

const insert = makeFunctionReference<"mutation", { owner: string; text: string }, unknown>("tasks:insert");

async function startHost(data: string): Promise<{ process: ChildProcess; url: string }> {
  const process_ = spawn(process.execPath, ["--import", "tsx", child, app, data], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [url] = (await once(createInterface(process_.stdout), "line")) as [string];
  return { process: process_, url };
}

async function writeUntilKilled(url: string, name: string, acknowledged: Set<string>): Promise<void> {
  const client = new ConvexHttpClient(url, { logger: false });
  for (let count = 0; ; count += 1) {
    const text = `${name}-${count}`;
    try {
      await client.mutation(insert, { owner: `owner ${count % 3}`, text });
    } catch {
      return;
    }
    acknowledged.add(text);
  }
}

const row = z.object({ id: z.string(), body: z.string(), entries: z.number() });

/** Reads the database file directly: the documents, and how many index entries each has. */
function inspect(data: string, acknowledged: ReadonlySet<string>): Omit<HostCrashResult, "kills"> {
  const database = new Database(join(data, "deployment.sqlite"));
  const rows = z.array(row).parse(
    database
      .prepare(
        `SELECT d.id, d.body, (SELECT count(*) FROM entries e WHERE e.document_id = d.id) AS entries
         FROM documents d WHERE d.table_name = 'tasks'`,
      )
      .all(),
  );
  const indexes = z
    .object({ count: z.number() })
    .parse(database.prepare("SELECT count(*) AS count FROM indexes WHERE table_name = 'tasks'").get()).count;
  const orphans = z
    .object({ count: z.number() })
    .parse(
      database
        .prepare("SELECT count(*) AS count FROM entries WHERE document_id NOT IN (SELECT id FROM documents)")
        .get(),
    ).count;
  database.close();
  const texts = rows.map(({ body }) => z.object({ text: z.string() }).parse(JSON.parse(body)).text);
  const stored = new Set(texts);
  return {
    acknowledged: acknowledged.size,
    lost: [...acknowledged].filter((text) => !stored.has(text)).length,
    duplicated: texts.length - stored.size,
    inconsistentEntries: orphans + rows.filter(({ entries }) => entries !== indexes).length,
  };
}

/** Starts and kills a host `kills` times on one folder, after random lifetimes drawn from `seed`. */
export async function hostCrash(kills: number, seed: number): Promise<HostCrashResult> {
  const random = createRandom(seed);
  const data = await freshFolder();
  const acknowledged = new Set<string>();
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      const host = await startHost(data);
      const writers = Array.from({ length: WRITERS }, (_, writer) =>
        writeUntilKilled(host.url, `${kill}.${writer}`, acknowledged),
      );
      await wait(random.between(LIFETIME_MS_MIN, LIFETIME_MS_MAX));
      host.process.kill("SIGKILL");
      await once(host.process, "exit");
      await Promise.all(writers);
    }
    return { kills, ...inspect(data, acknowledged) };
  } finally {
    await removeFolder(data);
  }
}
