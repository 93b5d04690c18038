/** A disk without room: nothing is lost that was acknowledged, nothing is shown that was not stored, and work goes on after. */
import Database from "libsql";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Deployment } from "../../../local/host/deployment";
import {
  clientFor,
  fixturePath,
  liveClient,
  mutationAt,
  open,
  queryAt,
  temporaryFolder,
  waitUntil,
} from "../harness";

type Connection = { exec: (sql: string) => void };
type Exec = (this: Connection, sql: string) => unknown;

let data: string;
let deployment: Deployment;
let connection: Connection;
/** The SQLite errors with which the next COMMITs end. */
let failingCommits: string[];

beforeEach(async () => {
  data = await temporaryFolder();
  failingCommits = [];
  const original = (Database.prototype as unknown as { exec: Exec }).exec;
  vi.spyOn(Database.prototype as unknown as { exec: Exec }, "exec").mockImplementation(function (
    this: Connection,
    sql,
  ) {
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- The host offers no way to its connection.
    connection = this;
    const code = sql === "COMMIT" ? failingCommits.shift() : undefined;
    if (code === undefined) return original.call(this, sql);
    original.call(this, "ROLLBACK");
    throw Object.assign(new Error("simulated"), { code });
  });
  deployment = await open({ functions: fixturePath("basic"), data });
  // The app's cron runs at once, and must not meet the failures that are meant for the tests' own commits.
  await waitUntil(async () => (await textsOf("cron")).length === 1);
  await new Promise((resolve) => setImmediate(resolve));
});
afterEach(() => vi.restoreAllMocks());

const fillDisk = () => connection.exec("PRAGMA max_page_count = 1");
const freeDisk = () => connection.exec("PRAGMA max_page_count = 1000000");

/** Larger than what the file's free pages can take. */
const large = "x".repeat(200_000);
const note = (text: string, owner = "ann") => ({ owner, text, rank: 1 });
const textsOf = async (owner = "ann") => {
  const notes = (await clientFor(deployment).query("notes:of", { owner })) as { text: string }[];
  return notes.map(({ text }) => text.slice(0, 10));
};
const post = (path: string, args: Record<string, unknown>) =>
  fetch(`${deployment.url}/api/mutation`, { method: "POST", body: JSON.stringify({ path, args }) });

describe("a full disk", () => {
  it("a mutation is answered 503 while the disk is full, queries go on, and mutations too once there is room", async () => {
    await clientFor(deployment).mutation("notes:add", note("before"));
    fillDisk();
    const refused = await post("notes:add", note(large));
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([503, "10"]);
    expect(await refused.text()).toContain("The disk is full");
    expect(await textsOf()).toEqual(["before"]);
    freeDisk();
    await clientFor(deployment).mutation("notes:add", note("after"));
    await deployment.close();
    deployment = await open({ functions: fixturePath("basic"), data });
    expect(await textsOf()).toEqual(["before", "after"]);
  });

  it("a live client's mutation fails with the reason while the disk is full, and its live query goes on", async () => {
    const client = liveClient(deployment);
    let seen: unknown[] | undefined;
    client.onUpdate(queryAt("notes:of"), { owner: "ann" }, (notes) => (seen = notes as unknown[]));
    await client.mutation(mutationAt("notes:add"), note("before"));
    fillDisk();
    await expect(client.mutation(mutationAt("notes:add"), note(large))).rejects.toThrow("The disk is full");
    freeDisk();
    await client.mutation(mutationAt("notes:add"), note("after"));
    expect(seen).toHaveLength(2);
  });

  it("an HTTP action whose mutation could not be stored is answered 503", async () => {
    fillDisk();
    const refused = await fetch(`${deployment.siteUrl}/notes/ann`, { method: "POST", body: large });
    expect(refused.status).toBe(503);
    freeDisk();
    expect((await fetch(`${deployment.siteUrl}/notes/ann`, { method: "POST", body: "x" })).status).toBe(201);
  });

  it("a scheduled mutation that falls due while the disk is full runs once when there is room", async () => {
    const id = await clientFor(deployment).mutation("notes:schedule", {
      owner: "ann",
      text: large,
      delayMs: 50,
    });
    fillDisk();
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await textsOf()).toEqual([]);
    freeDisk();
    await waitUntil(async () => (await clientFor(deployment).query("notes:jobState", { id })) === "success");
    expect(await textsOf()).toHaveLength(1);
  });
});

describe("a commit that the disk refuses", () => {
  it("every mutation of a group that does not reach the disk fails, and no query shows what it wrote", async () => {
    failingCommits = ["SQLITE_FULL"];
    const mutations = ["one", "two"].map((text) => post("notes:add", note(text)));
    const statuses = (await Promise.all(mutations)).map(({ status }) => status);
    expect(statuses).toContain(503);
    const stored = await textsOf();
    expect(stored).toHaveLength(statuses.filter((status) => status === 200).length);
    await deployment.close();
    deployment = await open({ functions: fixturePath("basic"), data });
    expect(await textsOf()).toEqual(stored);
  });

  it("after an error other than a full disk nothing more is stored, and the message says to restart", async () => {
    await clientFor(deployment).mutation("notes:add", note("before"));
    failingCommits = ["SQLITE_IOERR_FSYNC"];
    expect((await post("notes:add", note("lost"))).status).toBe(503);
    const later = await post("notes:add", note("later"));
    expect([later.status, await later.text()]).toEqual([503, expect.stringContaining("Restart the host")]);
    expect(await textsOf()).toEqual(["before"]);
  });

  it("a start on a full disk ends with a sentence that says so", async () => {
    await deployment.close();
    failingCommits = ["SQLITE_FULL"];
    await expect(open({ functions: fixturePath("edgeCases"), data })).rejects.toMatchObject({
      code: "diskFull",
      message: expect.stringContaining(join(data)) as string,
    });
  });
});
