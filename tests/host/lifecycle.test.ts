// @vitest-environment node
import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import Database from "libsql";
import { WebSocket } from "ws";
import { describe, expect, it } from "vitest";
import { onTestEnd, clientFor, temporaryFolder, fixturePath, open } from "./harness";

describe("opening", () => {
  it("checks the environment that the app declares, and gives it no other", async () => {
    const functions = fixturePath("env");
    const missing = { code: "environmentMissing", message: expect.stringContaining("SECRET") as string };
    await expect(open({ functions })).rejects.toMatchObject(missing);
    const wrong = open({ functions, env: { SECRET: "s", MODE: "ajar" } });
    await expect(wrong).rejects.toMatchObject({ message: expect.stringContaining("MODE") as string });
    const deployment = await open({ functions, env: { SECRET: "s", MODE: "open" } });
    const seen = await clientFor(deployment).query("settings:all");
    expect(seen).toEqual({ secret: "s", mode: "open", path: null });
  });

  it("names what it does not support", async () => {
    const named = (what: string) => ({
      code: "unsupported",
      message: expect.stringContaining(what) as string,
    });
    await expect(open({ functions: fixturePath("searchIndex") })).rejects.toMatchObject(named("tasks"));
  });

  it("refuses a folder that a newer host wrote, leaves it as it was and free for that host", async () => {
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

  it("refuses a file that is no database", async () => {
    const data = await temporaryFolder();
    await writeFile(join(data, "deployment.sqlite"), "something else entirely, long enough to be looked at");
    await expect(open({ functions: fixturePath("basic"), data })).rejects.toMatchObject({
      code: "folderUnusable",
    });
  });

  it("keeps what it stores, the admin key among it, from other users of the machine", async () => {
    const data = await temporaryFolder();
    const deployment = await open({ functions: fixturePath("edgeCases"), data });
    await clientFor(deployment).mutation("tasks:insert", { owner: "ann", text: "x" });
    for (const name of ["deployment.sqlite", "deployment.sqlite-wal"]) {
      expect((await stat(join(data, name))).mode & 0o077).toBe(0);
    }
  });

  it("keeps the admin key across restarts", async () => {
    const data = await temporaryFolder();
    const first = await open({ functions: fixturePath("edgeCases"), data });
    await first.close();
    expect((await open({ functions: fixturePath("edgeCases"), data })).adminKey).toBe(first.adminKey);
  });
});

describe("closing", () => {
  it("does not wait for a client that no longer answers", async () => {
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
