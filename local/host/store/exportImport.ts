/** What the host's operator does with its data: look at a table, write everything out, and read it into an empty folder. */
import { z } from "zod";
import { HostError } from "../lib/errors";
import { tableNumberOf } from "../values/documentIds";
import { afterPrefix, encodeKey } from "../values/keys";
import type { Store } from "./store";

/** Written beside the data while a host runs on it, for its owner alone: how the command line reaches it. */
export const RUNNING_FILE = "running.json";

export const runningFile = z.object({ url: z.string(), adminKey: z.string() });

const document = z.looseObject({ _id: z.string(), _creationTime: z.number() });
const line = z.object({ table: z.string(), document });

/** The newest documents of a table as JSON, newest first. Throws HostError `unknownTable`. */
export function* newestOf(store: Store, table: string, limit: number): Generator<string> {
  const index = store.indexes().find((other) => other.table === table && other.name === "by_creation_time");
  if (!index) {
    const known = [...store.tableNumbers().keys()].sort().join(", ");
    throw new HostError("unknownTable", `There is no table ${table}. There are: ${known}.`);
  }
  const all = { indexId: index.id, lower: encodeKey([]), upper: afterPrefix(encodeKey([])) };
  let left = limit;
  for (const entry of store.entries(all, "desc")) {
    if (left-- <= 0) return;
    yield entry.document.body;
  }
}

/** Every document of every table, one `{ table, document }` a line. */
export function* exportedLines(store: Store): Generator<string> {
  for (const table of [...store.tableNumbers().keys()].sort()) {
    for (const { body } of store.documentsOf(table)) {
      yield `{"table":${JSON.stringify(table)},"document":${body}}\n`;
    }
  }
}

/**
 * Reads exported lines into an empty folder's store; ids, and so the numbers of their tables, stay. Indexes are filled when
 * the host opens it. Returns how many documents. Throws HostError `notEmpty` or `notAnExport`.
 */
export async function importLines(store: Store, lines: AsyncIterable<string>): Promise<number> {
  for (const table of store.tableNumbers().keys()) {
    if (store.documentsOf(table).length > 0) {
      throw new HostError("notEmpty", "Data is imported into an empty folder only: reset it first.");
    }
  }
  const read: z.output<typeof line>[] = [];
  let number = 0;
  for await (const text of lines) {
    number += 1;
    if (text === "") continue;
    const parsed = line.safeParse(parseJson(text));
    if (!parsed.success || tableNumberOf(parsed.data.document._id) === undefined) {
      throw new HostError("notAnExport", `Line ${number} is not a document that an export wrote.`);
    }
    read.push(parsed.data);
  }
  store.restore(
    read.map(({ table, document: { _id, ...fields } }) => ({
      id: _id,
      table,
      tableNumber: tableNumberOf(_id) ?? 0,
      body: JSON.stringify({ _id, ...fields }),
    })),
    Math.max(0, ...read.map(({ document }) => document._creationTime)),
  );
  return read.length;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
