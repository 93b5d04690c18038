/**
 * One transaction: reads see the store with its own writes on top, and are recorded; writes are kept aside until the
 * commit. Nested mutations roll back alone, by savepoint. Transactions run one at a time, so there are no conflicts.
 */
import { convexToJson, jsonToConvex, type JSONValue } from "convex/values";
import { keyIn, type Catalog, type Index, type JsonDocument, type Table } from "../store/catalog";
import { newId } from "../values/documentIds";
import { afterKey, afterPrefix, encodeKey } from "../values/keys";
import { limits, Usage } from "./limits";
import { countBefore, ReadSet, type ReadRange, type WrittenKeys } from "./readSet";
import type { Commit, HandledRequest, Range, Store } from "../store/store";
import { validate } from "../values/validators";

/** Creation times are milliseconds with fractions; the smallest step that a double keeps apart in this century. */
const CREATION_TIME_STEP = 1 / 1024;

type Written = { document: JsonDocument | null; table: Table };

type OverlayEntry = { key: Buffer; id: string };

export type DocumentAt = { key: Buffer; document: JsonDocument };

function placeOf(entries: readonly OverlayEntry[], key: Buffer): number {
  return countBefore(entries, key, (entry) => entry.key);
}

/** What all views of one transaction share. */
type State = {
  written: Map<string, Written>;
  /** Entries of written documents by index, in key order. */
  overlay: Map<number, OverlayEntry[]>;
  lastCreationTime: number;
  isOpen: boolean;
};

export class Transaction {
  /** `startedAt`: milliseconds UTC, the time that stands still for the function. */
  constructor(
    private readonly store: Store,
    readonly catalog: Catalog,
    readonly startedAt: number,
    readonly reads = new ReadSet(),
    readonly usage = new Usage(),
    private readonly state: State = {
      written: new Map(),
      overlay: new Map(),
      lastCreationTime: store.creationTime,
      isOpen: true,
    },
  ) {}

  /** The same transaction with the tables of another component. */
  within(catalog: Catalog): Transaction {
    return new Transaction(this.store, catalog, this.startedAt, this.reads, this.usage, this.state);
  }

  /** After this every use throws: a handler that ran past its time must not touch what others see. */
  close(): void {
    this.state.isOpen = false;
  }

  private assertOpen(): void {
    if (!this.state.isOpen) throw new Error("The function has ended: its database can no longer be used.");
  }

  /** The last commit that this transaction sees. */
  get snapshot(): bigint {
    return this.store.timestamp;
  }

  get hasWrites(): boolean {
    return this.state.written.size > 0;
  }

  /** The table of an id, checked against the one named, if any. */
  private tableOf(id: string, named: string | undefined): string {
    const table = this.catalog.tableOfId(id);
    if (table === undefined) throw new Error(`Invalid argument: "${id}" is not a valid document id.`);
    if (named !== undefined && named !== table) {
      throw new Error(`Invalid argument: expected an id of table "${named}", got one of table "${table}".`);
    }
    return table;
  }

  get(id: string, named?: string): JsonDocument | null {
    this.assertOpen();
    const table = this.tableOf(id, named);
    this.usage.add("rangesRead", 1);
    const key = encodeKey([id]);
    this.reads.add(this.catalog.index(table, "by_id").id, { lower: key, upper: afterPrefix(key) });
    return this.current(id);
  }

  private current(id: string): JsonDocument | null {
    const written = this.state.written.get(id);
    if (written) return written.document;
    const stored = this.store.get(id);
    if (!stored) return null;
    this.usage.add("documentsRead", 1);
    this.usage.add("bytesRead", stored.body.length);
    return JSON.parse(stored.body) as JsonDocument;
  }

  /** Documents of a range, in the order asked for. What is consumed is recorded as read, and no more. */
  *stream(range: Range, order: "asc" | "desc"): Generator<DocumentAt> {
    this.assertOpen();
    this.usage.add("rangesRead", 1);
    const isAscending = order === "asc";
    // Nothing is read yet: the range begins empty at the end where reading starts.
    const read: ReadRange = this.reads.add(
      range.indexId,
      isAscending ? { lower: range.lower, upper: range.lower } : { lower: range.upper, upper: range.upper },
    );
    for (const found of this.merged(range, order)) {
      if (isAscending) read.upper = afterKey(found.key);
      else read.lower = found.key;
      yield found;
      this.assertOpen();
    }
    if (isAscending) read.upper = range.upper;
    else read.lower = range.lower;
  }

  /** The store's entries with this transaction's own among them. */
  private *merged(range: Range, order: "asc" | "desc"): Generator<DocumentAt> {
    const own = this.ownEntries(range);
    if (order === "desc") own.reverse();
    const comesFirst = (a: Buffer, b: Buffer) => (order === "asc" ? 1 : -1) * Buffer.compare(a, b) < 0;
    let next = 0;
    for (const { key, document } of this.store.entries(range, order)) {
      if (this.state.written.has(document.id)) continue;
      for (let entry = own[next]; entry && comesFirst(entry.key, key); entry = own[next]) {
        next += 1;
        yield this.ownDocument(entry);
      }
      this.usage.add("documentsRead", 1);
      this.usage.add("bytesRead", document.body.length);
      yield { key, document: JSON.parse(document.body) as JsonDocument };
    }
    for (const entry of own.slice(next)) yield this.ownDocument(entry);
  }

  private ownEntries({ indexId, lower, upper }: Range): OverlayEntry[] {
    const entries = this.state.overlay.get(indexId) ?? [];
    return entries.slice(placeOf(entries, lower), placeOf(entries, upper));
  }

  private ownDocument({ key, id }: OverlayEntry): DocumentAt {
    const document = this.state.written.get(id)?.document;
    if (!document) throw new Error("An entry of this transaction has no document.");
    return { key, document };
  }

  insert(tableName: string, value: JSONValue): string {
    this.assertOpen();
    const table = this.catalog.table(tableName);
    this.state.lastCreationTime = Math.max(this.startedAt, this.state.lastCreationTime + CREATION_TIME_STEP);
    const id = newId(table.number);
    this.write(tableName, { ...ownFields(value), _id: id, _creationTime: this.state.lastCreationTime });
    return id;
  }

  replace(id: string, value: JSONValue, named?: string): void {
    const { table, document } = this.existing(id, named, "replace");
    const { _id, _creationTime } = document;
    this.write(table, { ...ownFields(value, document), _id: _id ?? id, _creationTime: _creationTime ?? 0 });
  }

  /** Sets the fields given; one that is `{$undefined: null}`, as `db.patch` sends undefined, is removed. */
  patch(id: string, value: JSONValue, named?: string): void {
    const { table, document } = this.existing(id, named, "patch");
    const merged = { ...document, ...ownFields(value, document) };
    const kept = Object.entries(merged).filter(([, field]) => !isUndefinedMarker(field));
    this.write(table, Object.fromEntries(kept));
  }

  remove(id: string, named?: string): void {
    const { table } = this.existing(id, named, "delete");
    this.unindex(id);
    this.state.written.set(id, { document: null, table: this.catalog.table(table) });
    this.usage.add("documentsWritten", 1);
  }

  private existing(id: string, named: string | undefined, operation: string) {
    this.assertOpen();
    const table = this.tableOf(id, named);
    const document = this.current(id);
    if (document === null) throw new Error(`${operation} on nonexistent document ID ${id}`);
    return { table, document };
  }

  private write(tableName: string, document: JsonDocument): void {
    const table = this.catalog.table(tableName);
    const { _id, _creationTime, ...fields } = document;
    if (typeof _id !== "string") throw new Error("A document without an id cannot be written.");
    const bytes = JSON.stringify(document).length;
    if (bytes > limits.documentBytes) {
      throw new Error(
        `DocumentTooLarge: a document of table "${tableName}" has ${bytes} bytes (limit: 1 MiB).`,
      );
    }
    if (table.definition.documentType && this.catalog.schema.validates) {
      const what = `Failed to insert or update a document in table "${tableName}"`;
      validate(table.definition.documentType, jsonToConvex(fields), what, this.catalog.isId);
    }
    this.usage.add("documentsWritten", 1);
    this.usage.add("bytesWritten", bytes);
    this.unindex(_id);
    this.state.written.set(_id, { document, table });
    for (const index of table.indexes.values()) {
      const key = keyIn(index, document);
      const entries = this.state.overlay.get(index.id) ?? [];
      if (entries.length === 0) this.state.overlay.set(index.id, entries);
      entries.splice(placeOf(entries, key), 0, { key, id: _id });
    }
  }

  private unindex(id: string): void {
    const written = this.state.written.get(id);
    if (!written?.document) return;
    for (const index of written.table.indexes.values()) {
      const entries = this.state.overlay.get(index.id) ?? [];
      const place = placeOf(entries, keyIn(index, written.document));
      if (entries[place]?.id === id) entries.splice(place, 1);
    }
  }

  /** Runs a nested mutation: when it throws, its writes are undone and the outer one goes on. */
  async nested<T>(work: () => Promise<T>): Promise<T> {
    const written = new Map(this.state.written);
    const overlay = new Map([...this.state.overlay].map(([index, entries]) => [index, [...entries]]));
    try {
      return await work();
    } catch (error) {
      this.state.written = written;
      this.state.overlay = overlay;
      throw error;
    }
  }

  /** Makes the writes durable as of `timestamp`. Returns the keys they touched, old and new. */
  commit(timestamp: bigint, handled?: HandledRequest): WrittenKeys {
    this.assertOpen();
    const keys: WrittenKeys = new Map();
    const touch = (index: Index, key: Buffer) => {
      const list = keys.get(index.id);
      if (list) list.push(key);
      else keys.set(index.id, [key]);
    };
    const commit: Commit = {
      puts: [],
      deletes: [],
      entryPuts: [],
      entryDeletes: [],
      timestamp,
      creationTime: this.state.lastCreationTime,
      ...(handled && { handled }),
    };
    for (const [id, { document: made, table }] of this.state.written) {
      const document = made && withCommitTime(made, timestamp);
      const before = this.store.get(id);
      const old = before && (JSON.parse(before.body) as JsonDocument);
      if (document) commit.puts.push({ id, table: table.stored, body: JSON.stringify(document) });
      else if (old) commit.deletes.push(id);
      for (const index of table.indexes.values()) {
        const oldKey = old && keyIn(index, old);
        const newKey = document && keyIn(index, document);
        if (oldKey) touch(index, oldKey);
        if (newKey) touch(index, newKey);
        if (oldKey && newKey?.equals(oldKey)) continue;
        if (oldKey) commit.entryDeletes.push({ indexId: index.id, key: oldKey, documentId: id });
        if (newKey) commit.entryPuts.push({ indexId: index.id, key: newKey, documentId: id });
      }
    }
    this.store.commit(commit);
    for (const list of keys.values()) list.sort((a, b) => Buffer.compare(a, b));
    return keys;
  }
}

/** `db.vars.commitTs` as convex/server sends it. Inside a string of the app's own it would stand escaped. */
const COMMIT_TIME = '{"$commitTs":null}';

/** The document with the commit's time where the app asked for it. */
function withCommitTime(document: JsonDocument, timestamp: bigint): JsonDocument {
  const text = JSON.stringify(document);
  if (!text.includes(COMMIT_TIME)) return document;
  const time = JSON.stringify(convexToJson(timestamp));
  return JSON.parse(text.replaceAll(COMMIT_TIME, time)) as JsonDocument;
}

/** The fields the app writes. Those the system keeps (`_id`, `_creationTime`) may be repeated, never changed. */
function ownFields(value: JSONValue, kept: JsonDocument = {}): JsonDocument {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error("A document must be an object.");
  }
  const changed = Object.keys(value).find((name) => name.startsWith("_") && value[name] !== kept[name]);
  if (changed !== undefined) {
    throw new Error(`Field "${changed}" cannot be written: names that begin with "_" are the system's.`);
  }
  return value;
}

function isUndefinedMarker(value: JSONValue | undefined): boolean {
  return typeof value === "object" && value !== null && "$undefined" in value;
}
