/** Opens the SQLite file of a data folder and holds its lock. */
import { closeSync, mkdirSync, openSync, statSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import { HostError } from "../lib/errors";
import { isDiskFull, StorageUnavailable } from "./groupCommit";

const FILE = "deployment.sqlite";

/**
 * Memory for pages of the file, which SQLite takes as it needs it. Of its default, 2 MiB, the pages that one commit writes
 * drive out those that the next one needs, because the keys of an index are spread over the file.
 */
const CACHE_KIB = 32 * 1_024;

function open(file: string): Database.Database {
  const database = new Database(file, { timeout: 0 });
  database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
  database.exec(`PRAGMA cache_size = -${CACHE_KIB}`);
  // The first transaction takes the lock. It is a lock of the operating system, which releases it when the process ends.
  database.exec("BEGIN IMMEDIATE; COMMIT;");
  return database;
}

/** SQLite's errors for a file whose content is not, or no longer, a database. */
function isDamaged(error: unknown): boolean {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  return /^SQLITE_(NOTADB|CORRUPT)/.test(code);
}

const WHAT_TO_DO =
  "Restore it from a backup, import an export into another folder, or delete it to start without data.";

/** An error of SQLite as a HostError that says what to do; any other error as it is. */
export function asHostError(error: unknown, folder: string): unknown {
  const cause = error instanceof StorageUnavailable ? error.cause : error;
  if (isDamaged(cause)) {
    const file = join(folder, FILE);
    return new HostError("fileDamaged", `${file} is damaged and cannot be read. ${WHAT_TO_DO}`);
  }
  if (isDiskFull(cause)) {
    return new HostError("diskFull", `The disk of ${folder} is full. Free disk space and start again.`);
  }
  return error;
}

/**
 * Opens a folder's database, created when there is none; null opens one in memory. Throws HostError `folderInUse` when
 * another process holds the lock, `fileDamaged` when the file is no database, `diskFull`, and `folderUnusable` when the
 * folder or file cannot be written.
 */
export function openDatabase(folder: string | null): Database.Database {
  if (folder === null) return new Database(":memory:");
  const file = join(folder, FILE);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    // A database is never empty once it was opened, so an empty file has lost its content.
    if (statSync(file, { throwIfNoEntry: false })?.size === 0) {
      throw new HostError("fileDamaged", `${file} is empty: what it contained is lost. ${WHAT_TO_DO}`);
    }
    // Created with owner-only permissions before it has content; SQLite gives its log the same permissions.
    closeSync(openSync(file, "a", 0o600));
    return open(file);
  } catch (error) {
    const expected = asHostError(error, folder);
    if (expected instanceof HostError) throw expected;
    const reason = error instanceof Error ? error.message : String(error);
    if (/locked|busy/i.test(reason)) {
      throw new HostError(
        "folderInUse",
        `${folder} is in use by another running host: stop it, or name another folder.`,
      );
    }
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
    if (!isDiskFull(error) && !isDamaged(error)) throw error;
  } finally {
    database.close();
  }
}
