/** Opens the SQLite file of a data folder and holds its lock. */
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { HostError } from "../lib/errors";
import { isDiskFull } from "./groupCommit";

const FILE = "deployment.sqlite";

function open(file: string): Database.Database {
  const database = new Database(file, { timeout: 0 });
  database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
  // The first transaction takes the lock. It is a lock of the operating system, which releases it when the process ends.
  database.exec("BEGIN IMMEDIATE; COMMIT;");
  return database;
}

/**
 * Opens a folder's database, created when there is none; null opens one in memory. Throws HostError `folderInUse` when
 * another process holds the lock and `folderUnusable` when the folder or file cannot be written.
 */
export function openDatabase(folder: string | null): Database.Database {
  if (folder === null) return new Database(":memory:");
  const file = join(folder, FILE);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // Created with owner-only permissions before it has content; SQLite gives its log the same permissions.
    closeSync(openSync(file, "a", 0o600));
    return open(file);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (/locked|busy/i.test(reason)) {
      throw new HostError(
        "folderInUse",
        `${folder} is in use by another running host: stop it, or name another folder.`,
      );
    }
    if (isDiskFull(error))
      throw new HostError("diskFull", `The disk of ${folder} is full. Free disk space and start again.`);
    throw new HostError("folderUnusable", `${folder} cannot be written (${reason}). Name another folder.`);
  }
}

/** Closes the database and releases its lock. */
export function closeDatabase(database: Database.Database): void {
  // libsql holds the file open until its statements are garbage-collected. The lock is released before that: leaving WAL
  // and exclusive mode takes effect with the next read.
  try {
    database.exec("PRAGMA journal_mode = DELETE; PRAGMA locking_mode = NORMAL;");
    database.prepare("SELECT name FROM sqlite_master LIMIT 1").all();
  } catch (error) {
    // The log then stays beside the database, and the next start reads both.
    if (!isDiskFull(error)) throw error;
  } finally {
    database.close();
  }
}
