/** Stores, lots and orders on disk: rows of JSON in one SQLite file. */
import { chmodSync, closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import Database from "libsql";
import type { Lot, Order, StoreState } from "./model";

type Kind = "store" | "lot" | "order";
type Row = { kind: Kind; store: string; body: string };

export type Saved = { state: StoreState; lots: Lot[]; orders: Order[] };

export type Persistence = {
  load: () => Saved[];
  /** Writes what has changed since the store was last saved or loaded. What a full disk refuses is written next time. */
  save: (saved: Saved) => void;
  close: () => void;
};

/** Stores nothing on disk, for tests. */
export const inMemoryPersistence: Persistence = {
  load: () => [],
  save: () => undefined,
  close: () => undefined,
};

export function openPersistence(folder: string): Persistence {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, "bricklink.sqlite");
  // It contains API keys. SQLite gives its log the same permissions.
  closeSync(openSync(file, "a", 0o600));
  chmodSync(file, 0o600);
  const database = new Database(file);
  database.exec(
    "PRAGMA journal_mode = WAL; CREATE TABLE IF NOT EXISTS rows (kind TEXT, store TEXT, id TEXT, body TEXT NOT NULL, PRIMARY KEY (kind, store, id)) WITHOUT ROWID",
  );
  const put = database.prepare("INSERT OR REPLACE INTO rows VALUES (?, ?, ?, ?)");
  const remove = database.prepare("DELETE FROM rows WHERE kind = ? AND store = ? AND id = ?");
  const written = new Map<string, string>();

  function changes({ state, lots, orders }: Saved): Map<string, [Kind, string, string]> {
    return new Map<string, [Kind, string, string]>([
      [`store\0${state.name}\0`, ["store", "", JSON.stringify(state)]],
      ...lots.map((lot): [string, [Kind, string, string]] => [
        `lot\0${state.name}\0${lot.inventoryId}`,
        ["lot", String(lot.inventoryId), JSON.stringify(lot)],
      ]),
      ...orders.map((order): [string, [Kind, string, string]] => [
        `order\0${state.name}\0${order.id}`,
        ["order", String(order.id), JSON.stringify(order)],
      ]),
    ]);
  }

  return {
    load: () => {
      const rows = database
        .prepare("SELECT kind, store, body FROM rows ORDER BY kind, store, id")
        .all() as Row[];
      const ofKind = (kind: Kind, store: string) =>
        rows
          .filter((row) => row.kind === kind && row.store === store)
          .map(({ body }) => JSON.parse(body) as unknown);
      const saved = rows
        .filter(({ kind }) => kind === "store")
        .map(({ store, body }) => ({
          state: JSON.parse(body) as StoreState,
          lots: ofKind("lot", store) as Lot[],
          orders: ofKind("order", store) as Order[],
        }));
      for (const each of saved) for (const [key, [, , body]] of changes(each)) written.set(key, body);
      return saved;
    },
    save: (saved) => {
      const { name } = saved.state;
      const current = changes(saved);
      const changed = [...current].filter(([key, [, , body]]) => written.get(key) !== body);
      const removed = [...written.keys()].filter((key) => key.split("\0")[1] === name && !current.has(key));
      try {
        database.exec("BEGIN");
        for (const [, [kind, id, body]] of changed) put.run(kind, name, id, body);
        for (const key of removed) remove.run(...key.split("\0"));
        database.exec("COMMIT");
      } catch (error) {
        if (database.inTransaction) database.exec("ROLLBACK");
        if ((error as { code?: unknown }).code !== "SQLITE_FULL") throw error;
        return;
      }
      for (const [key, [, , body]] of changed) written.set(key, body);
      for (const key of removed) written.delete(key);
    },
    close: () => database.close(),
  };
}
