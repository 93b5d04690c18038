// @vitest-environment node
import { open as openFile, stat, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import Database from "libsql";
import { WebSocket } from "ws";
import { describe, expect, it } from "vitest";
import { onTestEnd, clientFor, temporaryFolder, fixturePath, open } from "./harness";

describe("opening", () => {
  it("a deployment opens only with the environment that the app declares, and functions see no other variables", async () => {
    const functions = fixturePath("env");
    const missing = { code: "environmentMissing", message: expect.stringContaining("SECRET") as string };
    await expect(open({ functions })).rejects.toMatchObject(missing);
    const wrong = open({ functions, env: { SECRET: "s", MODE: "ajar" } });
    await expect(wrong).rejects.toMatchObject({ message: expect.stringContaining("MODE") as string });
    const deployment = await open({ functions, env: { SECRET: "s", MODE: "open" } });
    const seen = await clientFor(deployment).query("settings:all");
    expect(seen).toEqual({ secret: "s", mode: "open", path: null });
  });

  it("a deployment with a vector index is refused with an error that names its table", async () => {
    const named = (what: string) => ({
      code: "unsupported",
      message: expect.stringContaining(what) as string,
    });
    await expect(open({ functions: fixturePath("vectorIndex") })).rejects.toMatchObject(named("tasks"));
  });

  it("a folder written by a newer host is refused, unchanged and unlocked", async () => {
    const data = await temporaryFolder();
    const file = join(data, "deployment.sqlite");
    const newer = new Database(file);
    newer.exec("CREATE TABLE notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID");
    newer.exec("INSERT INTO notes VALUES ('format', '99')");
    newer.close();
    const opening = () => open({ functions: fixturePath("basic"), data });
    await expect(opening()).rejects.toMatchObject({ code: "formatNewer" });
    await expect(opening()).rejects.toMatchObject({ code: "formatNewer" });
    const tables = new Database(file).prepare("SELECT name FROM sqlite_master WHERE type = 'table'").all();
    expect(tables).toEqual([expect.objectContaining({ name: "notes" })]);
  });

  it("a folder whose database file is not SQLite is refused with what is wrong and what to do", async () => {
    const data = await temporaryFolder();
    await writeFile(
      join(data, "deployment.sqlite"),
      "text that is not a database, long enough to be read as one",
    );
    await expect(open({ functions: fixturePath("basic"), data })).rejects.toMatchObject({
      code: "fileDamaged",
      message: expect.stringContaining("is damaged") as string,
    });
  });

  it("a folder whose database lost a part of its pages is refused with what is wrong and what to do", async () => {
    const data = await temporaryFolder();
    const file = join(data, "deployment.sqlite");
    const { close, ...deployment } = await open({ functions: fixturePath("edgeCases"), data });
    await clientFor(deployment).mutation("tasks:insert", { owner: "ann", text: "x".repeat(100_000) });
    await close();
    const handle = await openFile(file, "r+");
    await handle.write(Buffer.alloc(12 * 4096, 0xff), 0, 12 * 4096, 4096);
    await handle.close();
    await expect(open({ functions: fixturePath("edgeCases"), data })).rejects.toMatchObject({
      code: "fileDamaged",
      message: expect.stringContaining(file) as string,
    });
  });

  it("a database file that has become empty is refused, instead of being taken for a new one", async () => {
    const data = await temporaryFolder();
    const file = join(data, "deployment.sqlite");
    const { close } = await open({ functions: fixturePath("edgeCases"), data });
    await close();
    await truncate(file);
    const refused = { code: "fileDamaged", message: expect.stringContaining(`${file} is empty`) as string };
    for (const _ of ["first", "second"]) {
      await expect(open({ functions: fixturePath("edgeCases"), data })).rejects.toMatchObject(refused);
    }
  });

  it("the database files, which contain the admin key, are readable by their owner only", async () => {
    const data = await temporaryFolder();
    const deployment = await open({ functions: fixturePath("edgeCases"), data });
    await clientFor(deployment).mutation("tasks:insert", { owner: "ann", text: "x" });
    for (const name of ["deployment.sqlite", "deployment.sqlite-wal"]) {
      expect((await stat(join(data, name))).mode & 0o077).toBe(0);
    }
  });

  it("the admin key stays the same after a restart", async () => {
    const data = await temporaryFolder();
    const first = await open({ functions: fixturePath("edgeCases"), data });
    await first.close();
    expect((await open({ functions: fixturePath("edgeCases"), data })).adminKey).toBe(first.adminKey);
  });
});

describe("closing", () => {
  it("closing a deployment answers the requests that it has received, and accepts no new connection", async () => {
    const { close, ...deployment } = await open({ functions: fixturePath("edgeCases") });
    const slow = clientFor(deployment).action("tasks:unawaitedInAction");
    await clientFor(deployment).query("tasks:of", { owner: "ann" });
    const closing = close();
    expect(await slow).toBe("continued");
    await closing;
    await expect(fetch(`${deployment.url}/version`)).rejects.toThrow();
  });

  it("closing a deployment does not wait for a client that no longer responds", async () => {
    const deployment = await open({ functions: fixturePath("basic") });
    const socket = new WebSocket(`${deployment.url.replace("http", "ws")}/api/sync`);
    onTestEnd(() => Promise.resolve(socket.terminate()));
    await new Promise((resolve) => socket.on("open", resolve));
    socket.pause();
    const startedAt = Date.now();
    await deployment.close();
    expect(Date.now() - startedAt).toBeLessThan(3_000);
  });
});
