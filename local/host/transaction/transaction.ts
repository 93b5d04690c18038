/**
 * One transaction. Reads see the store overlaid with the transaction's own writes, and are recorded in its read set;
 * writes are buffered until the commit. A nested mutation rolls back on its own. Transactions run one at a time, so they
 * never conflict.
 *
 * What it reads and writes counts towards Convex's limits as on Convex: every time that a document is read, also one of
 * this transaction, and before it is changed; ranges once for those that overlap or touch; documents of system tables not
 * at all (convex-backend, crates/database/src/{reads,writes,transaction}.rs).
 */
import { isDeepStrictEqual } from "node:util";
import type { JSONValue } from "convex/values";
import type { Catalog, JsonDocument } from "../store/catalog";
import { SCHEDULED_FUNCTIONS } from "../store/schema";
import type { HandledRequest, Range, Store } from "../store/store";
import { assertWithinBounds, DOCUMENT_NESTING_MAX } from "../values/bounds";
import { newId } from "../values/documentIds";
import { validateJson } from "../values/jsonChecks";
import { afterKey, afterPrefix, encodeKey } from "../values/keys";
import { inMebibytes, sizeOf } from "../values/size";
import { prepareCommit } from "./commits";
import { isUndefinedMarker, KeyedDocument, userFields, type DocumentText } from "./documents";
import { limits, Usage } from "./limits";
import { Overlay, type OwnEntry } from "./overlay";
import { ReadSet, type WrittenKeys } from "./readSet";

/** The step between creation times of one millisecond: a double can represent it for dates of this century. */
const CREATION_TIME_STEP = 1 / 1024;

/** The state that the views of one transaction share. */
type State = {
  overlay: Overlay;
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
      overlay: new Overlay(),
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
    return !this.state.overlay.isEmpty;
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
    return this.read(this.tableOf(id, expectedTable), id)?.text ?? null;
  }

  /** As `getText`, parsed. */
  get(id: string, expectedTable?: string): JsonDocument | null {
    const text = this.getText(id, expectedTable);
    return text === null ? null : (JSON.parse(text) as JsonDocument);
  }

  private read(table: string, id: string): DocumentText | null {
    this.assertOpen();
    this.recordRange(this.rangeOfId(table, id));
    const found = this.find(id);
    if (found) this.countRead(table, found);
    return found;
  }

  private rangeOfId(table: string, id: string): Range {
    const index = this.catalog.index(table, "by_id");
    const lower = encodeKey([id]);
    return { indexId: index.id, table: index.table, lower, upper: afterPrefix(lower) };
  }

  private recordRange({ indexId, lower, upper }: Range): void {
    this.reads.add(indexId, lower, upper);
    this.usage.set("rangesRead", this.reads.count);
  }

  private countRead(table: string, { size }: DocumentText): void {
    if (table === SCHEDULED_FUNCTIONS) return;
    this.usage.add("documentsRead", 1);
    this.usage.add("bytesRead", size);
  }

  /** The document as this transaction sees it. */
  private find(id: string): DocumentText | null {
    const written = this.state.overlay.get(id);
    if (written) return written.document && written;
    const stored = this.store.get(id);
    return stored ? { text: stored.body, size: stored.size } : null;
  }

  /** Streams the documents of a range. Only the part of the range that is consumed enters the read set. */
  *stream(range: Range, order: "asc" | "desc"): Generator<KeyedDocument> {
    this.assertOpen();
    for (const keyed of this.merged(range, order)) {
      this.countRead(range.table, keyed.stored);
      this.recordRange(
        order === "asc" ? { ...range, upper: afterKey(keyed.key) } : { ...range, lower: keyed.key },
      );
      yield keyed;
      this.assertOpen();
    }
    this.recordRange(range);
  }

  /**
   * The documents of a range, which must stay as it is. For search, where only results count as read, and not every
   * document that has a term.
   */
  scan(range: Range): Iterable<KeyedDocument> {
    this.assertOpen();
    this.reads.addUnread(range.indexId, range.lower, range.upper);
    return this.merged(range, "asc");
  }

  /** Counts a result of a search as read. Convex gets it by its id (crates/database/src/query/search_query.rs). */
  countSearchResult({ document: { _id: id }, stored }: KeyedDocument): void {
    if (typeof id !== "string") throw new Error("A document has no id.");
    const table = this.tableOf(id, undefined);
    this.recordRange(this.rangeOfId(table, id));
    this.countRead(table, stored);
  }

  /** The number of committed documents of a table, by its name in the store. */
  countDocuments(storedTable: string): number {
    return this.store.countDocuments(storedTable);
  }

  /** Merges the store's entries with those of this transaction, in key order. */
  private *merged(range: Range, order: "asc" | "desc"): Generator<KeyedDocument> {
    const { overlay } = this.state;
    const own = overlay.entriesIn(range);
    if (order === "desc") own.reverse();
    const comesFirst = (a: Buffer, b: Buffer) => (order === "asc" ? 1 : -1) * Buffer.compare(a, b) < 0;
    let next = 0;
    for (const { key, id, body, size } of this.store.entries(range, order)) {
      if (overlay.get(id)) continue;
      for (let entry = own[next]; entry && comesFirst(entry.key, key); entry = own[next]) {
        next += 1;
        yield this.ownDocument(entry);
      }
      yield new KeyedDocument(key, { text: body, size });
    }
    for (const entry of own.slice(next)) yield this.ownDocument(entry);
  }

  private ownDocument({ key, id }: OwnEntry): KeyedDocument {
    const written = this.state.overlay.get(id);
    if (!written?.document) throw new Error("An entry of this transaction has no document.");
    return new KeyedDocument(key, written, written.document);
  }

  /** Returns the new document's id. Throws when the document does not match the schema or exceeds a limit. */
  insert(tableName: string, value: JSONValue): string {
    this.assertOpen();
    const table = this.catalog.table(tableName);
    this.state.lastCreationTime = Math.max(this.startedAt, this.state.lastCreationTime + CREATION_TIME_STEP);
    const id = newId(table.number);
    const fields = userFields(value);
    this.write(tableName, { ...fields, _id: id, _creationTime: this.state.lastCreationTime }, null);
    // On Convex, no other transaction may have made a document of this id meanwhile (`register_new_id`).
    const { indexId, lower, upper } = this.rangeOfId(tableName, id);
    this.reads.addUnread(indexId, lower, upper);
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
    const removed = { document: null, text: "", size: 0, table: this.catalog.table(table) };
    this.state.overlay.put(id, removed, document);
  }

  private requireDocument(id: string, expectedTable: string | undefined, operation: string) {
    const table = this.tableOf(id, expectedTable);
    const found = this.read(table, id);
    if (found === null) throw new Error(`${operation} on nonexistent document ID ${id}`);
    return { table, document: JSON.parse(found.text) as JsonDocument };
  }

  /** `seen`: the document as this transaction saw it before. */
  private write(tableName: string, document: JsonDocument, seen: JsonDocument | null): void {
    // Neither a write nor a conflict on Convex (crates/database/src/transaction.rs, `patch_inner`, `replace_inner`).
    if (isDeepStrictEqual(document, seen)) return;
    const table = this.catalog.table(tableName);
    const { _id, _creationTime, ...fields } = document;
    if (typeof _id !== "string") throw new Error("A document without an id cannot be written.");
    const size = sizeOf(document);
    if (tableName !== SCHEDULED_FUNCTIONS) {
      if (size > limits.documentBytes) {
        const [actual, limit] = [inMebibytes(size), inMebibytes(limits.documentBytes)];
        throw new Error(
          `ValueTooLargeError: Value is too large (${actual} > maximum size ${limit}): a document of table "${tableName}".`,
        );
      }
      assertWithinBounds(document, DOCUMENT_NESTING_MAX);
      this.usage.add("documentsWritten", 1);
      this.usage.add("bytesWritten", size);
    }
    if (table.definition.documentType && this.catalog.schema.validates) {
      const what = `Failed to insert or update a document in table "${tableName}"`;
      validateJson(table.definition.documentType, fields, what, this.catalog.isId);
    }
    this.state.overlay.put(_id, { document, text: JSON.stringify(document), size, table }, seen);
  }

  /** Runs a nested mutation. When it throws, its writes are rolled back and those of the outer mutation stay. */
  async nested<T>(work: () => Promise<T>): Promise<T> {
    const undoWrites = this.state.overlay.savepoint();
    const giveBackWrites = this.usage.writesSavepoint();
    try {
      return await work();
    } catch (error) {
      undoWrites();
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
    const { commit, keys } = this.prepare(timestamp, handled);
    this.store.commit(commit);
    return keys;
  }

  /** The keys that a commit would add or remove, in key order for each index. */
  get writtenKeys(): WrittenKeys {
    return this.prepare(this.store.timestamp).keys;
  }

  private prepare(timestamp: bigint, handled?: HandledRequest) {
    this.assertOpen();
    const { overlay, lastCreationTime: creationTime } = this.state;
    return prepareCommit(overlay, { timestamp, creationTime }, handled);
  }
}
