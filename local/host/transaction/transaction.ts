/**
 * One transaction. Reads see the store overlaid with the transaction's own writes, and are recorded in its read set;
 * writes are buffered until the commit. A nested mutation rolls back on its own. Transactions run one at a time, so they
 * never conflict.
 */
import { convexToJson, type JSONValue } from "convex/values";
import {
  haveSameKeys,
  indexKeysOf,
  type Catalog,
  type Index,
  type JsonDocument,
  type Table,
} from "../store/catalog";
import { newId } from "../values/documentIds";
import { afterKey, afterPrefix, encodeKey } from "../values/keys";
import { limits, Usage } from "./limits";
import { lowerBound, ReadSet, WrittenKeys, type ReadRange } from "./readSet";
import type { Commit, HandledRequest, Range, Store } from "../store/store";
import { SCHEDULED_FUNCTIONS } from "../store/schema";
import { assertWithinBounds, DOCUMENT_NESTING_MAX } from "../values/bounds";
import { validateJson } from "../values/jsonChecks";

/** The step between creation times of one millisecond: a double can represent it for dates of this century. */
const CREATION_TIME_STEP = 1 / 1024;

/**
 * A written document. `document`: null when it was deleted; `text`: its JSON. `before`: as it is stored, which is null for a document of
 * this transaction.
 */
type Written = { document: JsonDocument | null; text: string; table: Table; before: JsonDocument | null };

type OverlayEntry = { key: Buffer; id: string };

/** A document's JSON text and its key in the index that it was read from. */
export class KeyedDocument {
  constructor(
    readonly key: Buffer,
    readonly text: string,
    private parsed?: JsonDocument,
  ) {}

  /** Parsed only where somebody looks into it: a function gets the text. */
  get document(): JsonDocument {
    this.parsed ??= JSON.parse(this.text) as JsonDocument;
    return this.parsed;
  }
}

function positionOf(entries: readonly OverlayEntry[], key: Buffer): number {
  return lowerBound(entries, key, (entry) => entry.key);
}

/** The state that the views of one transaction share. */
type State = {
  written: Map<string, Written>;
  /** Index entries of written documents, in key order, of the indexes that this transaction has read since it wrote. */
  overlay: Map<number, OverlayEntry[]>;
  lastCreationTime: number;
  isOpen: boolean;
  /** `losses` of the store when the transaction began. */
  losses: number;
};

export class Transaction {
  /** `startedAt`: milliseconds since the epoch, UTC; the function's clock shows this time throughout. */
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
      losses: store.losses,
    },
  ) {}

  /** A view of the same transaction on the tables of another component. */
  within(catalog: Catalog): Transaction {
    return new Transaction(this.store, catalog, this.startedAt, this.reads, this.usage, this.state);
  }

  /** Makes every later use throw, so that a handler that exceeded its time limit can no longer read or write. */
  close(): void {
    this.state.isOpen = false;
  }

  private assertOpen(): void {
    if (!this.state.isOpen) throw new Error("The function has ended: its database can no longer be used.");
  }

  /** The time of the last commit that this transaction sees, in nanoseconds since the epoch, UTC. */
  get snapshot(): bigint {
    return this.store.timestamp;
  }

  get hasWrites(): boolean {
    return this.state.written.size > 0;
  }

  /** The table of an id. Throws when the id is invalid or belongs to a table other than `expected`. */
  private tableOf(id: string, expected: string | undefined): string {
    const table = this.catalog.tableOfId(id);
    if (table === undefined) throw new Error(`Invalid argument: "${id}" is not a valid document id.`);
    if (expected !== undefined && expected !== table) {
      throw new Error(
        `Invalid argument: expected an id of table "${expected}", got one of table "${table}".`,
      );
    }
    return table;
  }

  /**
   * The document's JSON text; null when there is no document. Throws for an invalid id, or one of a table other than
   * `expectedTable`.
   */
  getText(id: string, expectedTable?: string): string | null {
    this.assertOpen();
    const table = this.tableOf(id, expectedTable);
    this.usage.add("rangesRead", 1);
    this.recordRead(table, id);
    const written = this.state.written.get(id);
    if (written) return written.document && written.text;
    return this.storedText(id);
  }

  /** As `getText`, parsed. */
  get(id: string, expectedTable?: string): JsonDocument | null {
    const text = this.getText(id, expectedTable);
    return text === null ? null : (JSON.parse(text) as JsonDocument);
  }

  private recordRead(table: string, id: string): void {
    const key = encodeKey([id]);
    this.reads.add(this.catalog.index(table, "by_id").id, { lower: key, upper: afterPrefix(key) });
  }

  /** The document as this transaction sees it, without an entry in the read set. */
  private current(id: string): JsonDocument | null {
    const written = this.state.written.get(id);
    if (written) return written.document;
    const text = this.storedText(id);
    return text === null ? null : (JSON.parse(text) as JsonDocument);
  }

  private storedText(id: string): string | null {
    const stored = this.store.get(id);
    if (!stored) return null;
    this.usage.add("documentsRead", 1);
    this.usage.add("bytesRead", stored.body.length);
    return stored.body;
  }

  /** Streams the documents of a range. Only the part of the range that is consumed enters the read set. */
  *stream(range: Range, order: "asc" | "desc"): Generator<KeyedDocument> {
    this.assertOpen();
    this.usage.add("rangesRead", 1);
    const isAscending = order === "asc";
    // Nothing is read yet: the recorded range is empty, at the end where reading starts.
    const read: ReadRange = this.reads.add(
      range.indexId,
      isAscending ? { lower: range.lower, upper: range.lower } : { lower: range.upper, upper: range.upper },
    );
    for (const keyed of this.merged(range, order)) {
      if (isAscending) read.upper = afterKey(keyed.key);
      else read.lower = keyed.key;
      yield keyed;
      this.assertOpen();
    }
    if (isAscending) read.upper = range.upper;
    else read.lower = range.lower;
  }

  /**
   * The documents of a range, which enters the read set as a whole. For search, where only results count as read, and not
   * every document that has a term.
   */
  scan(range: Range): Iterable<KeyedDocument> {
    this.assertOpen();
    this.reads.add(range.indexId, { lower: range.lower, upper: range.upper });
    return this.merged(range, "asc", false);
  }

  /** Counts a result of a search as read. */
  countSearchResult({ text }: KeyedDocument): void {
    this.usage.add("rangesRead", 1);
    this.usage.add("documentsRead", 1);
    this.usage.add("bytesRead", text.length);
  }

  /** The number of committed documents of a table, by its name in the store. */
  countDocuments(storedTable: string): number {
    return this.store.countDocuments(storedTable);
  }

  /** Merges the store's entries with those of this transaction, in key order. */
  private *merged(range: Range, order: "asc" | "desc", isCounted = true): Generator<KeyedDocument> {
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
      if (isCounted) {
        this.usage.add("documentsRead", 1);
        this.usage.add("bytesRead", document.body.length);
      }
      yield new KeyedDocument(key, document.body);
    }
    for (const entry of own.slice(next)) yield this.ownDocument(entry);
  }

  private ownEntries({ indexId, lower, upper }: Range): OverlayEntry[] {
    if (!this.hasWrites) return [];
    const entries = this.state.overlay.get(indexId) ?? this.buildOverlay(indexId);
    return entries.slice(positionOf(entries, lower), positionOf(entries, upper));
  }

  private buildOverlay(indexId: number): OverlayEntry[] {
    const entries: OverlayEntry[] = [];
    for (const [id, { document, table }] of this.state.written) {
      const index = document && [...table.indexes.values()].find((each) => each.id === indexId);
      if (index) for (const key of indexKeysOf(index, document)) entries.push({ key, id });
    }
    entries.sort((a, b) => Buffer.compare(a.key, b.key));
    this.state.overlay.set(indexId, entries);
    return entries;
  }

  private ownDocument({ key, id }: OverlayEntry): KeyedDocument {
    const written = this.state.written.get(id);
    if (!written?.document) throw new Error("An entry of this transaction has no document.");
    return new KeyedDocument(key, written.text, written.document);
  }

  /** Returns the new document's id. Throws when the document does not match the schema or exceeds a limit. */
  insert(tableName: string, value: JSONValue): string {
    this.assertOpen();
    const table = this.catalog.table(tableName);
    this.state.lastCreationTime = Math.max(this.startedAt, this.state.lastCreationTime + CREATION_TIME_STEP);
    const id = newId(table.number);
    this.write(
      tableName,
      { ...userFields(value), _id: id, _creationTime: this.state.lastCreationTime },
      null,
    );
    return id;
  }

  /** Throws as `insert` does, and when there is no document. */
  replace(id: string, value: JSONValue, expectedTable?: string): void {
    const { table, document } = this.requireDocument(id, expectedTable, "replace");
    const { _id, _creationTime } = document;
    const replaced = { ...userFields(value, document), _id: _id ?? id, _creationTime: _creationTime ?? 0 };
    this.write(table, replaced, document);
  }

  /** Sets the given fields. A field that is `{$undefined: null}`, which `db.patch` sends for undefined, is removed. */
  patch(id: string, value: JSONValue, expectedTable?: string): void {
    const { table, document } = this.requireDocument(id, expectedTable, "patch");
    const merged = { ...document, ...userFields(value, document) };
    const defined = Object.entries(merged).filter(([, field]) => !isUndefinedMarker(field));
    this.write(table, Object.fromEntries(defined), document);
  }

  remove(id: string, expectedTable?: string): void {
    const { table, document } = this.requireDocument(id, expectedTable, "delete");
    if (table !== SCHEDULED_FUNCTIONS) this.usage.add("documentsWritten", 1);
    this.put(id, { document: null, text: "", table: this.catalog.table(table) }, document);
  }

  private requireDocument(id: string, expectedTable: string | undefined, operation: string) {
    this.assertOpen();
    const table = this.tableOf(id, expectedTable);
    // As on Convex, where a change of a document depends on the document as it was.
    this.recordRead(table, id);
    const document = this.current(id);
    if (document === null) throw new Error(`${operation} on nonexistent document ID ${id}`);
    return { table, document };
  }

  /** `seen`: the document as this transaction saw it before. */
  private write(tableName: string, document: JsonDocument, seen: JsonDocument | null): void {
    const table = this.catalog.table(tableName);
    const { _id, _creationTime, ...fields } = document;
    if (typeof _id !== "string") throw new Error("A document without an id cannot be written.");
    const text = JSON.stringify(document);
    const bytes = text.length;
    if (bytes > limits.documentBytes) {
      throw new Error(
        `DocumentTooLarge: a document of table "${tableName}" has ${bytes} bytes (limit: 1 MiB).`,
      );
    }
    if (tableName !== SCHEDULED_FUNCTIONS) {
      assertWithinBounds(document, DOCUMENT_NESTING_MAX);
      this.usage.add("documentsWritten", 1);
      this.usage.add("bytesWritten", bytes);
    }
    if (table.definition.documentType && this.catalog.schema.validates) {
      const what = `Failed to insert or update a document in table "${tableName}"`;
      validateJson(table.definition.documentType, fields, what, this.catalog.isId);
    }
    this.put(_id, { document, text, table }, seen);
  }

  /** Notes a write, and the change of its entries in the indexes that this transaction has read. */
  private put(id: string, written: Omit<Written, "before">, seen: JsonDocument | null): void {
    const earlier = this.state.written.get(id);
    this.state.written.set(id, { ...written, before: earlier ? earlier.before : seen });
    for (const index of written.table.indexes.values()) {
      const entries = this.state.overlay.get(index.id);
      if (!entries) continue;
      for (const key of earlier?.document ? indexKeysOf(index, earlier.document) : []) {
        const position = positionOf(entries, key);
        if (entries[position]?.id === id) entries.splice(position, 1);
      }
      for (const key of written.document ? indexKeysOf(index, written.document) : []) {
        entries.splice(positionOf(entries, key), 0, { key, id });
      }
    }
  }

  /** Runs a nested mutation. When it throws, its writes are rolled back and those of the outer mutation stay. */
  async nested<T>(work: () => Promise<T>): Promise<T> {
    const written = new Map(this.state.written);
    const overlay = new Map([...this.state.overlay].map(([index, entries]) => [index, [...entries]]));
    const giveBackWrites = this.usage.writesSavepoint();
    try {
      return await work();
    } catch (error) {
      this.state.written = written;
      this.state.overlay = overlay;
      giveBackWrites();
      throw error;
    }
  }

  /**
   * Commits the writes as of `timestamp` (nanoseconds since the epoch, UTC). Returns the keys that they added or
   * removed. Throws StorageUnavailable when the disk refuses them, or refused a commit that they may depend on.
   */
  commit(timestamp: bigint, handled?: HandledRequest): WrittenKeys {
    this.store.assertNoneLostSince(this.state.losses);
    const { commit, keys } = this.prepareCommit(timestamp, handled);
    this.store.commit(commit);
    return keys;
  }

  /** The keys that a commit would add or remove, in key order for each index. */
  get writtenKeys(): WrittenKeys {
    return this.prepareCommit(this.store.timestamp).keys;
  }

  private prepareCommit(timestamp: bigint, handled?: HandledRequest): { commit: Commit; keys: WrittenKeys } {
    this.assertOpen();
    const keys = new WrittenKeys();
    const commit: Commit = {
      puts: [],
      deletes: [],
      entryPuts: [],
      entryDeletes: [],
      timestamp,
      creationTime: this.state.lastCreationTime,
      ...(handled && { handled }),
    };
    for (const [id, written] of this.state.written) {
      const { table, before } = written;
      const { document, text } = withCommitTime(written, timestamp);
      if (document) commit.puts.push({ id, table: table.storedName, body: text });
      else if (before) commit.deletes.push(id);
      for (const index of table.indexes.values()) addEntries(commit, keys, index, id, before, document);
    }
    return { commit, keys };
  }
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

/**
 * The fields that the app writes. System fields (`_id`, `_creationTime`) may be repeated with their current value only.
 */
function userFields(value: JSONValue, current: JsonDocument = {}): JsonDocument {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error("A document must be an object.");
  }
  const changed = Object.keys(value).find((name) => name.startsWith("_") && value[name] !== current[name]);
  if (changed !== undefined) {
    throw new Error(`Field "${changed}" cannot be written: names that begin with "_" are system fields.`);
  }
  return value;
}

function isUndefinedMarker(value: JSONValue | undefined): boolean {
  return typeof value === "object" && value !== null && "$undefined" in value;
}
