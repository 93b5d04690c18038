/** The cost of functions as a table grows, in rows read from SQLite. The benchmark measures the time. */
import Database from "libsql";
import { afterEach, expect, it, vi } from "vitest";
import { join } from "node:path";
import { clientFor, temporaryFolder, open } from "../harness";

const app = join(import.meta.dirname, "../../../bench/app");
const SIZES = [4_000, 40_000];
const FILLED_AT_ONCE = 4_000;

/** The unbound method, which is called with an explicit `this`. */
type Prepare = (this: unknown, sql: string) => Statement;

function originalPrepare(): Prepare {
  return (Database.prototype as unknown as { prepare: Prepare }).prepare;
}

type Statement = { get: (...values: unknown[]) => unknown; all: (...values: unknown[]) => unknown[] };

/** Counts the rows read by statements prepared after this call. */
function countRows(): { rows: () => number } {
  let rows = 0;
  const original = originalPrepare();
  vi.spyOn(Database.prototype, "prepare").mockImplementation(function (this: unknown, sql: string) {
    const statement = original.call(this, sql);
    const get = statement.get.bind(statement);
    const all = statement.all.bind(statement);
    statement.get = (...values) => {
      rows += 1;
      return get(...values);
    };
    statement.all = (...values) => {
      const found = all(...values);
      rows += found.length;
      return found;
    };
    return statement as never;
  });
  return { rows: () => rows };
}

afterEach(() => vi.restoreAllMocks());

it("a look-up, a page and a mutation with 100 look-ups read the same number of rows from a large table as from a small one", async () => {
  const counter = countRows();
  const deployment = await open({ functions: app, data: await temporaryFolder() });
  const call = clientFor(deployment);
  const read = async (work: () => Promise<unknown>) => {
    const before = counter.rows();
    await work();
    return counter.rows() - before;
  };
  const costs: number[][] = [];
  let filled = 0;
  for (const total of SIZES) {
    for (; filled < total; filled += Math.min(FILLED_AT_ONCE, total - filled)) {
      await call.mutation("items:fill", { from: filled, count: Math.min(FILLED_AT_ONCE, total - filled) });
    }
    costs.push([
      await read(() => call.query("items:find", { start: 5, count: 1, total })),
      await read(() => call.query("items:page", { shelf: 3, paginationOpts: { numItems: 5, cursor: null } })),
      await read(() => call.mutation("items:findAndWrite", { start: 7, count: 100, total })),
    ]);
  }
  expect(costs[1]).toEqual(costs[0]);
});

it("every statement that reads documents or index entries searches by key and never scans", async () => {
  const data = await temporaryFolder();
  const statements: string[] = [];
  const original = originalPrepare();
  vi.spyOn(Database.prototype, "prepare").mockImplementation(function (this: unknown, sql: string) {
    statements.push(sql);
    return original.call(this, sql) as never;
  });
  const deployment = await open({ functions: app, data });
  await clientFor(deployment).mutation("items:fill", { from: 0, count: 10 });
  await clientFor(deployment).query("items:page", {
    shelf: 3,
    paginationOpts: { numItems: 5, cursor: null },
  });
  await clientFor(deployment).mutation("items:findAndWrite", { start: 7, count: 2, total: 10 });
  await deployment.close();
  vi.restoreAllMocks();
  const database = new Database(join(data, "deployment.sqlite"));
  const reads = statements.filter(
    (sql) =>
      /FROM (entries|documents)/.test(sql) && sql.startsWith("SELECT") && !sql.includes("table_name = ?"),
  );
  expect(reads.length).toBeGreaterThan(1);
  for (const sql of reads) {
    const values = Array.from(sql.matchAll(/\?/g), () => 1);
    const plan = JSON.stringify(database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(...values));
    expect(plan).toContain("SEARCH");
    expect(plan).not.toContain("SCAN");
  }
  database.close();
});
