/**
 * All durable data, in one SQLite file: documents, index entries, the commit clock, handled client requests and the
 * host's metadata. Group commit: commits made in one turn of the event loop share a SQLite transaction and its fsync. A
 * commit is acknowledged after `whenDurable()`, so that an acknowledged commit survives kill -9.
 */
import type Database from "libsql";
import { z } from "zod";
import { afterKey } from "../values/keys";
import { asHostError, closeDatabase, openDatabase } from "./database";
import { GroupCommit, StorageUnavailable } from "./groupCommit";
import { prepareLayout } from "./layout";

/** Rows read at a time while a range is streamed: few at first, because many queries stop early, then more. */
const FIRST_CHUNK = 4;
const CHUNK_MAX = 256;

/** Rows that one statement writes, because a call of SQLite costs more than a row. */
const ENTRIES_PER_INSERT = 16;
const INSERT_ENTRIES = `INSERT OR REPLACE INTO entries VALUES ${Array(ENTRIES_PER_INSERT).fill("(?, ?, ?)").join(", ")}`;
const DOCUMENTS_PER_INSERT = 8;
const INSERT_DOCUMENT = "INSERT OR REPLACE INTO documents VALUES (?, ?, ?, ?)";
const INSERT_DOCUMENTS = `${INSERT_DOCUMENT}${", (?, ?, ?, ?)".repeat(DOCUMENTS_PER_INSERT - 1)}`;

/**
 * `body`: the document as JSON text (`convexToJson`), with `_id` and `_creationTime`; `size`: its bytes as Convex counts
 * them, which are stored because every read counts them and most reads do not parse the text.
 */
export type StoredDocument = { id: string; table: string; body: string; size: number };

/** The keys from `lower` (included) to `upper` (excluded) of one index, which is of `table` (its name in the store). */
export type Range = { indexId: number; table: string; lower: Buffer; upper: Buffer };

/** An entry of an index with the document that it is of. */
export type Entry = Omit<StoredDocument, "table"> & { key: Buffer };

/**
 * A client's request and its answer, stored with its commit so that a retried request is answered and not applied again.
 */
export type HandledRequest = { session: string; request: number; response: string };

export type EntryChange = { indexId: number; key: Buffer; documentId: string };

export type Commit = {
  puts: StoredDocument[];
  deletes: string[];
  entryPuts: EntryChange[];
  entryDeletes: EntryChange[];
  timestamp: bigint;
  /** The highest `_creationTime` assigned so far, in milliseconds since the epoch, UTC. */
  creationTime: number;
  handled?: HandledRequest;
};

/** Rows of documents and entries are what `write` stored, and are read too often to be parsed. */
type DocumentRow = { id: string; table_name: string; body: string; size: number };
type EntryRow = Omit<DocumentRow, "table_name"> & { key: ArrayBuffer };

const metadataRow = z.object({ value: z.string() });
const tableRow = z.object({ name: z.string(), number: z.number() });
const indexRow = z.object({ id: z.number(), table_name: z.string(), name: z.string(), fields: z.string() });
const countRow = z.object({ count: z.number() });
const responseRow = z.object({ response: z.string() });

export class Store {
  private readonly database: Database.Database;
  private readonly statements = new Map<string, Database.Statement>();
  private readonly groups: GroupCommit;
  private lastTimestamp = 0n;
  /** Numbers of documents by table, as of a commit. */
  private readonly counts = new Map<string, { at: bigint; count: number }>();
  private lastCreationTime = 0;

  /**
   * Opens a folder, created when there is none; null opens a store in memory, for tests. Throws HostError `folderInUse`,
   * `folderUnusable`, `fileDamaged`, `diskFull` or `formatNewer`.
   */
  constructor(folder: string | null) {
    this.database = openDatabase(folder);
    this.groups = new GroupCommit(
      this.database,
      () => this.writeClock(),
      () => this.readClock(),
    );
    try {
      prepareLayout(this.database, folder ?? "");
      this.readClock();
    } catch (error) {
      this.close();
      throw asHostError(error, folder ?? "");
    }
  }

  private readClock(): void {
    this.lastTimestamp = BigInt(this.metadata("timestamp") ?? "0");
    this.lastCreationTime = Number(this.metadata("creationTime") ?? 0);
  }

  private writeClock(): void {
    this.putMetadata("timestamp", String(this.lastTimestamp));
    this.putMetadata("creationTime", String(this.lastCreationTime));
  }

  close(): void {
    this.groups.flush();
    this.statements.clear();
    closeDatabase(this.database);
  }

  /** A prepared statement, cached by its text. */
  private sql(source: string): Database.Statement {
    const known = this.statements.get(source);
    if (known) return known;
    const statement = this.database.prepare(source);
    this.statements.set(source, statement);
    return statement;
  }

  /** Runs `work` in one durable SQLite transaction, which is rolled back when it throws. */
  atomically(work: () => void): void {
    this.groups.flush();
    this.database.exec("BEGIN IMMEDIATE");
    try {
      work();
      this.database.exec("COMMIT");
    } catch (error) {
      // A full disk makes SQLite roll back by itself.
      if (this.database.inTransaction) this.database.exec("ROLLBACK");
      throw error;
    }
  }

  /** Resolves when every commit made so far is on disk. Rejects with StorageUnavailable when they were lost. */
  whenDurable(): Promise<void> {
    return this.groups.whenDurable();
  }

  /** How often commits were lost. What was read before a loss may never have been stored. */
  get losses(): number {
    return this.groups.losses;
  }

  /** Throws StorageUnavailable when commits were lost since `losses` was read. */
  assertNoneLostSince(losses: number): void {
    if (this.losses === losses) return;
    throw (
      this.failure ?? new StorageUnavailable("A commit that this work may have read was lost. Try again.")
    );
  }

  /** Why nothing can be stored; undefined when the last commit reached the disk. */
  get failure(): StorageUnavailable | undefined {
    return this.groups.failure;
  }

  metadata(name: string): string | undefined {
    const row = this.sql("SELECT value FROM notes WHERE name = ?").get(name);
    return row === undefined ? undefined : metadataRow.parse(row).value;
  }

  /** Stores a value with the commits of this turn. */
  setMetadata(name: string, value: string): void {
    this.groups.write(() => this.putMetadata(name, value));
  }

  private putMetadata(name: string, value: string): void {
    this.sql("INSERT OR REPLACE INTO notes VALUES (?, ?)").run(name, value);
  }

  /** The numbers of all tables that ever existed. They never change, because document ids contain them. */
  tableNumbers(): Map<string, number> {
    const rows = z.array(tableRow).parse(this.sql("SELECT name, number FROM tables").all());
    return new Map(rows.map(({ name, number }) => [name, number]));
  }

  addTable(name: string, number: number): void {
    this.sql("INSERT INTO tables VALUES (?, ?)").run(name, number);
  }

  indexes(): { id: number; table: string; name: string; fields: string[] }[] {
    const rows = z.array(indexRow).parse(this.sql("SELECT * FROM indexes").all());
    return rows.map(({ id, table_name, name, fields }) => ({
      id,
      table: table_name,
      name,
      fields: z.array(z.string()).parse(JSON.parse(fields)),
    }));
  }

  /** Returns the new index's id. */
  addIndex(table: string, name: string, fields: string[]): number {
    const { lastInsertRowid } = this.sql(
      "INSERT INTO indexes (table_name, name, fields) VALUES (?, ?, ?)",
    ).run(table, name, JSON.stringify(fields));
    return Number(lastInsertRowid);
  }

  dropIndex(id: number): void {
    this.sql("DELETE FROM entries WHERE index_id = ?").run(id);
    this.sql("DELETE FROM indexes WHERE id = ?").run(id);
  }

  addEntry({ indexId, key, documentId }: EntryChange): void {
    this.sql("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)").run(indexId, key, documentId);
  }

  private addEntries(entries: readonly EntryChange[]): void {
    const grouped = entries.length - (entries.length % ENTRIES_PER_INSERT);
    for (let at = 0; at < grouped; at += ENTRIES_PER_INSERT) {
      const group = entries.slice(at, at + ENTRIES_PER_INSERT);
      this.sql(INSERT_ENTRIES).run(
        group.flatMap(({ indexId, key, documentId }) => [indexId, key, documentId]),
      );
    }
    for (const entry of entries.slice(grouped)) this.addEntry(entry);
  }

  private putDocuments(documents: readonly StoredDocument[]): void {
    const row = ({ id, table, body, size }: StoredDocument) => [id, table, body, size];
    const grouped = documents.length - (documents.length % DOCUMENTS_PER_INSERT);
    for (let at = 0; at < grouped; at += DOCUMENTS_PER_INSERT) {
      this.sql(INSERT_DOCUMENTS).run(documents.slice(at, at + DOCUMENTS_PER_INSERT).flatMap(row));
    }
    for (const document of documents.slice(grouped)) this.sql(INSERT_DOCUMENT).run(row(document));
  }

  get(id: string): Pick<StoredDocument, "body" | "size"> | undefined {
    return this.sql("SELECT body, size FROM documents WHERE id = ?").get(id) as
      Pick<DocumentRow, "body" | "size"> | undefined;
  }

  /** The number of documents of a table. Takes longer the more there are. */
  countDocuments(table: string): number {
    const known = this.counts.get(table);
    if (known?.at === this.lastTimestamp) return known.count;
    const row = this.sql(
      `SELECT count(*) AS count FROM entries WHERE index_id =
         (SELECT id FROM indexes WHERE table_name = ? AND name = 'by_id')`,
    ).get(table);
    const { count } = countRow.parse(row);
    this.counts.set(table, { at: this.lastTimestamp, count });
    return count;
  }

  /** All documents of a table. Reads the whole table: for deployment, export and import only. */
  documentsOf(table: string): StoredDocument[] {
    const rows = this.sql("SELECT id, table_name, body, size FROM documents WHERE table_name = ?").all(table);
    return (rows as DocumentRow[]).map(({ table_name, ...row }) => ({ ...row, table: table_name }));
  }

  /**
   * Replaces all tables by the documents of an export. Indexes are filled at the next start. `creationTime`: the highest
   * of the documents.
   */
  restore(documents: readonly (StoredDocument & { tableNumber: number })[], creationTime: number): void {
    this.atomically(() => {
      for (const table of ["entries", "indexes", "documents", "tables"])
        this.sql(`DELETE FROM ${table}`).run();
      // The new documents were not checked against any schema.
      this.sql("DELETE FROM notes WHERE name LIKE 'enforced:%'").run();
      const known = new Set<string>();
      for (const { id, table, tableNumber, body, size } of documents) {
        if (!known.has(table)) this.addTable(table, tableNumber);
        known.add(table);
        this.sql("INSERT INTO documents VALUES (?, ?, ?, ?)").run(id, table, body, size);
      }
      this.putMetadata("creationTime", String(creationTime));
    });
    this.lastCreationTime = creationTime;
  }

  /** Streams the entries of a range, read from SQLite in chunks. */
  *entries({ indexId, lower, upper }: Range, order: "asc" | "desc"): Generator<Entry> {
    const statement = this.sql(
      `SELECT e.key, d.id, d.body, d.size FROM entries e JOIN documents d ON d.id = e.document_id
       WHERE e.index_id = ? AND e.key >= ? AND e.key < ? ORDER BY e.key ${order} LIMIT ?`,
    );
    let [from, to] = [lower, upper];
    for (let chunk = FIRST_CHUNK; ; chunk = Math.min(chunk * 4, CHUNK_MAX)) {
      const rows = statement.all(indexId, from, to, chunk) as EntryRow[];
      for (const row of rows) {
        const key = Buffer.from(row.key);
        if (order === "asc") from = afterKey(key);
        else to = key;
        yield { key, id: row.id, body: row.body, size: row.size };
      }
      if (rows.length < chunk) return;
    }
  }

  /** The last commit's time, in nanoseconds since the epoch, UTC. It never decreases, not even across restarts. */
  get timestamp(): bigint {
    return this.lastTimestamp;
  }

  /** The time for the next commit: the clock's, or the last commit's plus one when the clock is behind. */
  nextTimestamp(): bigint {
    const clock = BigInt(Date.now()) * 1_000_000n;
    return clock > this.lastTimestamp ? clock : this.lastTimestamp + 1n;
  }

  /** The highest `_creationTime` assigned so far, in milliseconds since the epoch, UTC. */
  get creationTime(): number {
    return this.lastCreationTime;
  }

  /** Writes a commit atomically into the group of this turn; `whenDurable()` resolves when it is on disk. */
  commit(commit: Commit): void {
    this.groups.write(() => this.write(commit));
    this.lastTimestamp = commit.timestamp;
    this.lastCreationTime = commit.creationTime;
  }

  private write(commit: Commit): void {
    for (const { indexId, key } of commit.entryDeletes) {
      this.sql("DELETE FROM entries WHERE index_id = ? AND key = ?").run(indexId, key);
    }
    for (const id of commit.deletes) this.sql("DELETE FROM documents WHERE id = ?").run(id);
    this.putDocuments(commit.puts);
    this.addEntries(commit.entryPuts);
    if (commit.handled) {
      const { session, request, response } = commit.handled;
      this.sql("INSERT INTO requests VALUES (?, ?, ?, ?)").run(session, request, response, Date.now());
    }
  }

  /** The stored answer to a client's request; undefined when it was not handled yet. */
  handledResponse(session: string, request: number): string | undefined {
    const row = this.sql("SELECT response FROM requests WHERE session = ? AND request = ?").get(
      session,
      request,
    );
    return row === undefined ? undefined : responseRow.parse(row).response;
  }

  /** Deletes the answers to requests handled before `at` (milliseconds since the epoch, UTC). */
  deleteRequestsBefore(at: number): void {
    this.sql("DELETE FROM requests WHERE at < ?").run(at);
  }
}
