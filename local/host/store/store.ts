/**
 * Everything durable, in one SQLite file: documents, index entries, the commit clock, handled client requests and
 * the host's own notes. Commits that are made in one turn of the event loop share a SQLite transaction and its fsync;
 * whoever acknowledges one waits for `durable()`, so what was acknowledged survives kill -9.
 */
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { z } from "zod";
import { HostError } from "../lib/errors";
import { afterKey } from "../values/keys";

/** The number of the layout below; a file with a higher one was written by a newer host. */
const FORMAT = 1;

const FILE = "deployment.sqlite";

/** Rows asked of SQLite at a time while a range is streamed: few at first, for `first()`, then more and more. */
const FIRST_CHUNK = 4;
const CHUNK_MAX = 256;

/** In every format, for it holds the format's number. */
const NOTES = "CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;";

const LAYOUT = `
  CREATE TABLE IF NOT EXISTS tables (name TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS indexes (
    id INTEGER PRIMARY KEY, table_name TEXT NOT NULL, name TEXT NOT NULL, fields TEXT NOT NULL,
    UNIQUE (table_name, name)
  );
  CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY, table_name TEXT NOT NULL, body TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS entries (
    index_id INTEGER NOT NULL, key BLOB NOT NULL, document_id TEXT NOT NULL, PRIMARY KEY (index_id, key)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS requests (
    session TEXT NOT NULL, request INTEGER NOT NULL, response TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (session, request)
  ) WITHOUT ROWID;
`;

/** A document as JSON text: `convexToJson` of it, with `_id` and `_creationTime`. */
export type StoredDocument = { id: string; table: string; body: string };

/** [lower, upper) in key order. */
export type Range = { indexId: number; lower: Buffer; upper: Buffer };

export type Entry = { key: Buffer; document: StoredDocument };

/** A client's request that a commit answers, so that its repeat is answered and not applied again. */
export type HandledRequest = { session: string; request: number; response: string };

export type EntryChange = { indexId: number; key: Buffer; documentId: string };

export type Commit = {
  puts: StoredDocument[];
  deletes: string[];
  entryPuts: EntryChange[];
  entryDeletes: EntryChange[];
  timestamp: bigint;
  /** The highest `_creationTime` given out. */
  creationTime: number;
  handled?: HandledRequest;
};

const documentRow = z.object({ id: z.string(), table_name: z.string(), body: z.string() });
const entryRow = documentRow.extend({ key: z.instanceof(ArrayBuffer) });
const noteRow = z.object({ value: z.string() });
const tableRow = z.object({ name: z.string(), number: z.number() });
const indexRow = z.object({ id: z.number(), table_name: z.string(), name: z.string(), fields: z.string() });
const responseRow = z.object({ response: z.string() });

function toDocument({ id, table_name, body }: z.output<typeof documentRow>): StoredDocument {
  return { id, table: table_name, body };
}

function open(file: string): Database.Database {
  const database = new Database(file, { timeout: 0 });
  database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
  // Takes the lock now and keeps it; it is the operating system's, so it ends with the process, however that ends.
  database.exec("BEGIN IMMEDIATE; COMMIT;");
  return database;
}

function openOrExplain(folder: string): Database.Database {
  const file = join(folder, FILE);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Made for its owner alone before anything is in it; SQLite makes the log beside it likewise.
    closeSync(openSync(file, "a", 0o600));
    return open(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (/locked|busy/i.test(reason)) {
      throw new HostError(
        "folderInUse",
        `${folder} is in use by another running host. Stop it, or name another folder.`,
      );
    }
    throw new HostError("folderUnusable", `${folder} cannot be written (${reason}). Name another folder.`);
  }
}

/** Taken now, so that a test's fake clock does not keep commits from the disk. */
const afterThisTurn = setImmediate;

export class Store {
  private readonly database: Database.Database;
  private readonly statements = new Map<string, Database.Statement>();
  private lastTimestamp: bigint;
  private lastCreationTime: number;
  /** Commits written and not yet on disk. */
  private group: { flushed: Promise<void>; end: (error?: Error) => void } | undefined;
  private broken: Error | undefined;

  /**
   * Opens a folder, made if need be; null keeps everything in memory, for tests. Throws HostError `folderInUse`,
   * `folderUnusable` or `formatNewer`.
   */
  constructor(folder: string | null) {
    this.database = folder === null ? new Database(":memory:") : openOrExplain(folder);
    this.database.exec(NOTES);
    if (Number(this.note("format") ?? FORMAT) > FORMAT) {
      this.close();
      throw new HostError(
        "formatNewer",
        `${folder} was written by a newer version. Update this one to open it.`,
      );
    }
    this.database.exec(LAYOUT);
    this.setNote("format", String(FORMAT));
    this.lastTimestamp = BigInt(this.note("timestamp") ?? "0");
    this.lastCreationTime = Number(this.note("creationTime") ?? 0);
  }

  close(): void {
    this.flush();
    this.statements.clear();
    // libsql keeps the file open until its statements are collected, and the lock must go now: it goes with the first
    // read after WAL is left.
    this.database.exec("PRAGMA journal_mode = DELETE; PRAGMA locking_mode = NORMAL;");
    this.database.prepare("SELECT name FROM notes LIMIT 1").all();
    this.database.close();
  }

  private sql(source: string): Database.Statement {
    const known = this.statements.get(source);
    if (known) return known;
    const statement = this.database.prepare(source);
    this.statements.set(source, statement);
    return statement;
  }

  /** Runs `work` as one durable SQLite transaction; nothing of it stays when it throws. */
  atomically(work: () => void): void {
    this.flush();
    this.database.exec("BEGIN IMMEDIATE");
    try {
      work();
      this.database.exec("COMMIT");
    } catch (error) {
      this.database.exec("ROLLBACK");
      throw error;
    }
  }

  /** Resolves when every commit made so far is on disk. Rejects when the disk did not take them. */
  durable(): Promise<void> {
    return this.group?.flushed ?? Promise.resolve();
  }

  /** Opens the group that the commits of this turn join. */
  private openGroup(): void {
    if (this.broken) throw this.broken;
    if (this.group) return;
    this.sql("BEGIN IMMEDIATE").run();
    let end: (error?: Error) => void = () => undefined;
    const flushed = new Promise<void>((resolve, reject) => {
      end = (error) => (error ? reject(error) : resolve());
    });
    // Whoever waits for it hears of a failure; a group that nobody waits for must not end the process.
    flushed.catch(() => undefined);
    this.group = { flushed, end };
    afterThisTurn(() => this.flush());
  }

  /** Puts the group on disk. Where that fails, what later transactions have read never was: nothing runs any more. */
  private flush(): void {
    const { group } = this;
    if (!group) return;
    this.group = undefined;
    try {
      this.setNote("timestamp", String(this.lastTimestamp));
      this.setNote("creationTime", String(this.lastCreationTime));
      this.sql("COMMIT").run();
      group.end();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      this.broken = new Error(
        `The disk did not take a commit (${reason}). Make room and start the host again.`,
      );
      this.database.exec("ROLLBACK");
      group.end(this.broken);
    }
  }

  note(name: string): string | undefined {
    const row = this.sql("SELECT value FROM notes WHERE name = ?").get(name);
    return row === undefined ? undefined : noteRow.parse(row).value;
  }

  setNote(name: string, value: string): void {
    this.sql("INSERT OR REPLACE INTO notes VALUES (?, ?)").run(name, value);
  }

  /** Numbers of all tables ever seen; ids carry them, so they never change. */
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

  get(id: string): StoredDocument | undefined {
    const row = this.sql("SELECT id, table_name, body FROM documents WHERE id = ?").get(id);
    return row === undefined ? undefined : toDocument(documentRow.parse(row));
  }

  /** All documents of a table, for filling a new index: a walk over everything, at deployment only. */
  documentsOf(table: string): StoredDocument[] {
    const rows = this.sql("SELECT id, table_name, body FROM documents WHERE table_name = ?").all(table);
    return rows.map((row) => toDocument(documentRow.parse(row)));
  }

  /** Puts documents of an export in, in place of whatever tables there are. Their indexes are filled at the next start. */
  restore(documents: readonly (StoredDocument & { tableNumber: number })[], creationTime: number): void {
    this.atomically(() => {
      for (const table of ["entries", "indexes", "documents", "tables"])
        this.sql(`DELETE FROM ${table}`).run();
      const known = new Set<string>();
      for (const { id, table, tableNumber, body } of documents) {
        if (!known.has(table)) this.addTable(table, tableNumber);
        known.add(table);
        this.sql("INSERT INTO documents VALUES (?, ?, ?)").run(id, table, body);
      }
      this.setNote("creationTime", String(creationTime));
    });
    this.lastCreationTime = creationTime;
  }

  /** Entries of a range in the order asked for, read from SQLite a few at a time as they are wanted. */
  *entries({ indexId, lower, upper }: Range, order: "asc" | "desc"): Generator<Entry> {
    const statement = this.sql(
      `SELECT e.key, d.id, d.table_name, d.body FROM entries e JOIN documents d ON d.id = e.document_id
       WHERE e.index_id = ? AND e.key >= ? AND e.key < ? ORDER BY e.key ${order} LIMIT ?`,
    );
    let [from, to] = [lower, upper];
    for (let chunk = FIRST_CHUNK; ; chunk = Math.min(chunk * 4, CHUNK_MAX)) {
      const rows = statement.all(indexId, from, to, chunk);
      for (const row of rows) {
        const parsed = entryRow.parse(row);
        const key = Buffer.from(parsed.key);
        if (order === "asc") from = afterKey(key);
        else to = key;
        yield { key, document: toDocument(parsed) };
      }
      if (rows.length < chunk) return;
    }
  }

  /** The last commit's time; it never goes back, across restarts too. */
  get timestamp(): bigint {
    return this.lastTimestamp;
  }

  /** A time for the next commit: nanoseconds since 1970, above every earlier one. */
  nextTimestamp(): bigint {
    const clock = BigInt(Date.now()) * 1_000_000n;
    return clock > this.lastTimestamp ? clock : this.lastTimestamp + 1n;
  }

  get creationTime(): number {
    return this.lastCreationTime;
  }

  /** Writes a commit into the group of this turn; `durable()` tells when it is on disk. All of it or nothing. */
  commit(commit: Commit): void {
    this.openGroup();
    this.sql("SAVEPOINT one").run();
    try {
      this.write(commit);
    } catch (error) {
      this.database.exec("ROLLBACK TO one; RELEASE one");
      throw error;
    }
    this.sql("RELEASE one").run();
    this.lastTimestamp = commit.timestamp;
    this.lastCreationTime = commit.creationTime;
  }

  private write(commit: Commit): void {
    for (const { indexId, key } of commit.entryDeletes) {
      this.sql("DELETE FROM entries WHERE index_id = ? AND key = ?").run(indexId, key);
    }
    for (const id of commit.deletes) this.sql("DELETE FROM documents WHERE id = ?").run(id);
    for (const { id, table, body } of commit.puts) {
      this.sql("INSERT OR REPLACE INTO documents VALUES (?, ?, ?)").run(id, table, body);
    }
    for (const entry of commit.entryPuts) this.addEntry(entry);
    if (commit.handled) {
      const { session, request, response } = commit.handled;
      this.sql("INSERT INTO requests VALUES (?, ?, ?, ?)").run(session, request, response, Date.now());
    }
  }

  /** How a client's request was answered, if it was handled already. */
  handledResponse(session: string, request: number): string | undefined {
    const row = this.sql("SELECT response FROM requests WHERE session = ? AND request = ?").get(
      session,
      request,
    );
    return row === undefined ? undefined : responseRow.parse(row).response;
  }

  /** Forgets requests handled before `at` (milliseconds UTC): their clients are long gone. */
  forgetRequestsBefore(at: number): void {
    this.sql("DELETE FROM requests WHERE at < ?").run(at);
  }
}
