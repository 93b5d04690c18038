/**
 * Multiplies the lots and closed orders of a stopped host, in its file: to receive a million lots through the app takes an
 * hour. Copies of lots are sold out, as most lots of an old store are, so they need no ledger.
 */
import type { JSONValue } from "convex/values";
import type Database from "libsql";
import { indexKeysOf, type JsonDocument } from "../../local/host/store/catalog";
import { closeDatabase, openDatabase } from "../../local/host/store/database";
import { Store } from "../../local/host/store/store";
import { newId } from "../../local/host/values/documentIds";
import { sizeOf } from "../../local/host/values/size";

type Index = ReturnType<Store["indexes"]>[number];

/** A document and the ids of its copies. */
type Group = { original: JsonDocument; ids: string[] };

/** What a table's copies differ in from their original. `copy`: the number of the copy. */
type Change = (original: JsonDocument, copy: number) => JsonDocument;

/** A table with its documents, how they are copied, and its indexes. */
type Table = { name: string; groups: Group[]; change: Change; indexes: Index[] };

/** Rows of one INSERT, because each call of SQLite costs as much as several rows. */
const ROWS_PER_INSERT = 200;

/** Collects the rows of a table and inserts many at a time. */
class Inserts {
  private waiting: unknown[] = [];
  private readonly statement: Database.Statement;

  constructor(
    private readonly database: Database.Database,
    private readonly table: string,
    private readonly columns: number,
  ) {
    this.statement = this.prepare(ROWS_PER_INSERT);
  }

  private prepare(rows: number): Database.Statement {
    const row = `(${Array<string>(this.columns).fill("?").join()})`;
    return this.database.prepare(`INSERT INTO ${this.table} VALUES ${Array<string>(rows).fill(row).join()}`);
  }

  add(...row: unknown[]): void {
    this.waiting.push(...row);
    if (this.waiting.length < ROWS_PER_INSERT * this.columns) return;
    this.statement.run(...this.waiting);
    this.waiting = [];
  }

  end(): void {
    if (this.waiting.length > 0) this.prepare(this.waiting.length / this.columns).run(...this.waiting);
  }
}

function textOf(value: JSONValue | undefined): string {
  return typeof value === "string" ? value : "";
}

/** A number of BrickLink's that no other copy has. */
function numberOf(original: JSONValue | undefined, copy: number): number {
  return Number(original) * 10_000 + copy;
}

/** A part of which there is no other lot. */
function partNumberOf(partNumber: JSONValue | undefined, copy: number): string {
  return `${textOf(partNumber)}v${String(copy).padStart(4, "0")}`;
}

/** The tables of which copies are made, from a closed store. */
function readTables(folder: string, copies: number): Table[] {
  const store = new Store(folder);
  const numbers = store.tableNumbers();
  const indexes = store.indexes().sort((a, b) => a.id - b.id);
  const read = (name: string, change: Change): Table => {
    const originals = store.documentsOf(name).map(({ body }) => JSON.parse(body) as JsonDocument);
    // In the order of their groups, so that they are inserted in their order.
    const ids = Array.from({ length: originals.length * copies }, () => newId(numbers.get(name) ?? 0)).sort();
    const groups = originals.map((original, at) => ({
      original,
      ids: ids.slice(at * copies, (at + 1) * copies),
    }));
    return { name, groups, change, indexes: indexes.filter(({ table }) => table === name) };
  };
  const copyIds = ({ groups }: Table) => new Map(groups.map(({ original, ids }) => [original._id, ids]));

  const lots = read("inventoryItems", (lot, copy) => {
    const [marketplace, number] = textOf(lot.sourceLotId).split(":");
    return {
      partNumber: partNumberOf(lot.partNumber, copy),
      sourceLotId: `${marketplace}:${numberOf(number, copy)}`,
      quantityOnHand: 0,
      quantityReserved: 0,
    };
  });
  const orders = read("bricklinkOrders", ({ orderNumber }, copy) => {
    return { orderNumber: numberOf(orderNumber, copy) };
  });
  const [lotIds, orderIds] = [copyIds(lots), copyIds(orders)];
  const lines = read("bricklinkOrderItems", (line, copy) => ({
    orderId: orderIds.get(line.orderId)?.[copy] ?? null,
    partNumber: partNumberOf(line.partNumber, copy),
    lotId: numberOf(line.lotId, copy),
    ...(line.inventoryItemId !== undefined && {
      inventoryItemId: lotIds.get(line.inventoryItemId)?.[copy] ?? null,
    }),
  }));
  store.close();
  return [lots, orders, lines].sort((a, b) => (a.indexes[0]?.id ?? 0) - (b.indexes[0]?.id ?? 0));
}

/** All copies of each original, which are made once because each index needs them. */
function copiesOf({ groups, change }: Table): JsonDocument[][] {
  return groups.map(({ original, ids }) =>
    ids.map((id, copy) => ({ ...original, ...change(original, copy), _id: id })),
  );
}

function insertDocuments(database: Database.Database, table: string, copies: JsonDocument[][]): void {
  const rows = new Inserts(database, "documents", 4);
  for (const document of copies.flat()) {
    rows.add(document._id, table, JSON.stringify(document), sizeOf(document));
  }
  rows.end();
}

/** Inserts the entries of one index in the order of their keys, as far as copies of one original lie together in it. */
function insertEntries(database: Database.Database, index: Index, copies: JsonDocument[][]): void {
  const rows = new Inserts(database, "entries", 3);
  const sorted = copies.flatMap((group) => {
    const [first] = group;
    return first ? [{ group, key: Buffer.concat(indexKeysOf(index, first)) }] : [];
  });
  sorted.sort((a, b) => Buffer.compare(a.key, b.key));
  for (const document of sorted.flatMap(({ group }) => group)) {
    for (const key of indexKeysOf(index, document)) rows.add(index.id, key, document._id);
  }
  rows.end();
}

/** The stored counts of orders by status, `times` as high. */
function multiplyCounts(database: Database.Database, times: number): void {
  const update = database.prepare("UPDATE documents SET body = ? WHERE id = ?");
  const rows = database.prepare("SELECT id, body FROM documents WHERE table_name = 'orderCounts'").all();
  for (const { id, body } of rows as { id: string; body: string }[]) {
    const counts = JSON.parse(body) as { byStatus: { count: number }[] };
    const byStatus = counts.byStatus.map((entry) => ({ ...entry, count: entry.count * times }));
    update.run(JSON.stringify({ ...counts, byStatus }), id);
  }
}

/** Copies the lots, orders and lines of a stopped host until there are `times` as many. The orders must be closed. */
export function enlarge(folder: string, times: number): void {
  const tables = readTables(folder, times - 1);
  const database = openDatabase(folder);
  // A crash would leave a file that nobody needs.
  database.exec("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -2000000; BEGIN");
  // Put back at the end, so that the many entries are appended.
  database.exec("CREATE TEMP TABLE originals AS SELECT * FROM entries; DELETE FROM entries");
  for (const table of tables) {
    const copies = copiesOf(table);
    insertDocuments(database, table.name, copies);
    for (const index of table.indexes) insertEntries(database, index, copies);
  }
  database.exec("INSERT INTO entries SELECT * FROM originals; DROP TABLE originals");
  multiplyCounts(database, times);
  database.exec("COMMIT");
  closeDatabase(database);
}
