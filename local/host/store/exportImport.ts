/** The operator's access to stored data: list a table, export all documents, import them into an empty folder. */
import { z } from "zod";
import { HostError } from "../lib/errors";
import { tableNumberOf } from "../values/documentIds";
import { afterPrefix, encodeKey } from "../values/keys";
import { sizeOf } from "../values/size";
import type { JsonDocument } from "./catalog";
import type { Store } from "./store";

const document = z.looseObject({ _id: z.string(), _creationTime: z.number() });
const line = z.object({ table: z.string(), document });

/** The newest documents of a table as JSON text, newest first. Throws HostError `unknownTable`. */
export function* newestDocuments(store: Store, table: string, limit: number): Generator<string> {
  const index = store.indexes().find((other) => other.table === table && other.name === "by_creation_time");
  if (!index) {
    const known = [...store.tableNumbers().keys()].sort().join(", ");
    throw new HostError("unknownTable", `There is no table ${table}. There are: ${known}.`);
  }
  const all = { indexId: index.id, table, lower: encodeKey([]), upper: afterPrefix(encodeKey([])) };
  let left = limit;
  for (const entry of store.entries(all, "desc")) {
    if (left-- <= 0) return;
    yield entry.body;
  }
}

/** Every document of every table, one line of JSON `{ table, document }` each. */
export function* exportLines(store: Store): Generator<string> {
  for (const table of [...store.tableNumbers().keys()].sort()) {
    for (const { body } of store.documentsOf(table)) {
      yield `{"table":${JSON.stringify(table)},"document":${body}}\n`;
    }
  }
}

/**
 * Imports exported lines into an empty store. Document ids stay the same, and with them the numbers of their tables.
 * Indexes are filled when the host opens the folder. Returns the number of documents. Throws HostError `notEmpty` or
 * `notAnExport`.
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
      throw new HostError("notAnExport", `Line ${number} is not a line that an export wrote.`);
    }
    read.push(parsed.data);
  }
  store.restore(
    read.map(({ table, document }) => ({
      id: document._id,
      table,
      tableNumber: tableNumberOf(document._id) ?? 0,
      body: JSON.stringify(document),
      size: sizeOf(document as JsonDocument),
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
