/** Turns what a transaction wrote into the commit that the store applies, and the keys of indexes that it changes. */
import { convexToJson } from "convex/values";
import { haveSameKeys, indexKeysOf, type Index, type JsonDocument } from "../store/catalog";
import type { Commit, HandledRequest } from "../store/store";
import type { Overlay, Written } from "./overlay";
import { WrittenKeys } from "./readSet";

/** `timestamp`: nanoseconds since the epoch, UTC; `creationTime`: the highest assigned so far, in milliseconds. */
type CommitTimes = { timestamp: bigint; creationTime: number };

export function prepareCommit(
  { documents }: Overlay,
  times: CommitTimes,
  handled?: HandledRequest,
): { commit: Commit; keys: WrittenKeys } {
  const keys = new WrittenKeys();
  const commit: Commit = {
    puts: [],
    deletes: [],
    entryPuts: [],
    entryDeletes: [],
    ...times,
    ...(handled && { handled }),
  };
  for (const [id, written] of documents) {
    const { table, before, size } = written;
    const { document, text } = withCommitTime(written, times.timestamp);
    if (document) commit.puts.push({ id, table: table.storedName, body: text, size });
    else if (before) commit.deletes.push(id);
    for (const index of table.indexes.values()) addEntries(commit, keys, index, id, before, document);
  }
  return { commit, keys };
}

/** Adds what a document's change does to an index. `before`, `after`: null where there is no document. */
function addEntries(
  { entryDeletes, entryPuts }: Commit,
  keys: WrittenKeys,
  index: Index,
  documentId: string,
  before: JsonDocument | null,
  after: JsonDocument | null,
): void {
  if (before && after && haveSameKeys(index, before, after)) {
    keys.add(index.id, () => indexKeysOf(index, after));
    return;
  }
  const oldKeys = before ? indexKeysOf(index, before) : [];
  const newKeys = after ? indexKeysOf(index, after) : [];
  keys.add(index.id, () => [...oldKeys, ...newKeys]);
  for (const key of without(oldKeys, newKeys)) entryDeletes.push({ indexId: index.id, key, documentId });
  for (const key of without(newKeys, oldKeys)) entryPuts.push({ indexId: index.id, key, documentId });
}

/** The keys that are not among others. */
function without(keys: readonly Buffer[], others: readonly Buffer[]): readonly Buffer[] {
  const [only] = keys;
  const [other] = others;
  if (only === undefined || other === undefined) return keys;
  if (keys.length === 1 && others.length === 1) return only.equals(other) ? [] : keys;
  const known = new Set(others.map((key) => key.toString("latin1")));
  return keys.filter((key) => !known.has(key.toString("latin1")));
}

/** The placeholder that convex/server sends for `db.vars.commitTs`. In the app's own strings its quotes are escaped. */
const COMMIT_TIME = '{"$commitTs":null}';

/** A written document with the commit's time in place of placeholders. */
function withCommitTime(written: Written, timestamp: bigint): Pick<Written, "document" | "text"> {
  if (!written.text.includes(COMMIT_TIME)) return written;
  const time = JSON.stringify(convexToJson(timestamp));
  const text = written.text.replaceAll(COMMIT_TIME, time);
  return { document: JSON.parse(text) as JsonDocument, text };
}
