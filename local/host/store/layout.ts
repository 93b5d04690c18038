/** The tables of the SQLite file, and the version of their layout. */
import type Database from "libsql";
import type { JSONValue } from "convex/values";
import { HostError } from "../lib/errors";
import { sizeOf } from "../values/size";

/** The version of the layout below; a file with a higher one was written by a newer host. 2: documents have sizes. */
const FORMAT = 2;
const WITHOUT_SIZES = 1;

/** The host's metadata, the format's version among it. Part of every format, so the table's name cannot change. */
const METADATA =
  "CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;";

const LAYOUT = `
  CREATE TABLE IF NOT EXISTS tables (name TEXT PRIMARY KEY, number INTEGER NOT NULL UNIQUE) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS indexes (
    id INTEGER PRIMARY KEY, table_name TEXT NOT NULL, name TEXT NOT NULL, fields TEXT NOT NULL,
    UNIQUE (table_name, name)
  );
  CREATE TABLE IF NOT EXISTS documents (
    id TEXT PRIMARY KEY, table_name TEXT NOT NULL, body TEXT NOT NULL, size INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS entries (
    index_id INTEGER NOT NULL, key BLOB NOT NULL, document_id TEXT NOT NULL, PRIMARY KEY (index_id, key)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS requests (
    session TEXT NOT NULL, request INTEGER NOT NULL, response TEXT NOT NULL, at INTEGER NOT NULL,
    PRIMARY KEY (session, request)
  ) WITHOUT ROWID;
`;

/** The format's version; undefined for a new file. */
function formatOf(database: Database.Database): number | undefined {
  const row = database.prepare("SELECT value FROM notes WHERE name = 'format'").get() as
    { value: string } | undefined;
  return row && Number(row.value);
}

/** Measures the documents of a file that was written before their sizes were stored. */
function addSizes(database: Database.Database): void {
  database.exec("ALTER TABLE documents ADD COLUMN size INTEGER NOT NULL DEFAULT 0");
  const update = database.prepare("UPDATE documents SET size = ? WHERE id = ?");
  const documents = database.prepare("SELECT id, body FROM documents").all() as {
    id: string;
    body: string;
  }[];
  for (const { id, body } of documents) update.run(sizeOf(JSON.parse(body) as JSONValue), id);
}

/** Creates the tables of a new file, and brings those of an older one up to date. Throws HostError `formatNewer`. */
export function prepareLayout(database: Database.Database, folder: string): void {
  database.exec(METADATA);
  const format = formatOf(database);
  if (format !== undefined && format > FORMAT) {
    throw new HostError(
      "formatNewer",
      `${folder} was written by a newer version. Update this one to open it.`,
    );
  }
  database.exec("BEGIN IMMEDIATE");
  try {
    if (format === WITHOUT_SIZES) addSizes(database);
    database.exec(LAYOUT);
    database.prepare("INSERT OR REPLACE INTO notes VALUES ('format', ?)").run(String(FORMAT));
    database.exec("COMMIT");
  } catch (error) {
    // A full disk makes SQLite roll back by itself.
    if (database.inTransaction) database.exec("ROLLBACK");
    throw error;
  }
}
