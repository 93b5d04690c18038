import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { SimulatorState } from "../../local/bricklink/simulatorState";
import { createRandom } from "../../local/bricklink/random";
import { openPersistence } from "../../local/bricklink/store/persistence";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bricklink-orders-simulator-"));
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(folder, { recursive: true });
});

function openSimulator() {
  const persistence = openPersistence(folder);
  return { persistence, simulator: new SimulatorState(createRandom(1), Date.now, persistence) };
}

it("the simulated BrickLink's files, which contain API keys, are readable by their owner only, also older ones", async () => {
  await writeFile(join(folder, "bricklink.sqlite"), "", { mode: 0o644 });
  const { persistence, simulator } = openSimulator();
  simulator.createStore("bricks", 3);
  for (const name of await readdir(folder))
    expect([name, (await stat(join(folder, name))).mode & 0o077]).toEqual([name, 0]);
  persistence.close();
});

it("a full disk does not stop the simulated BrickLink, and what it refused is saved with the next change", () => {
  const exec = vi.spyOn(Database.prototype as unknown as { exec: (sql: string) => unknown }, "exec");
  const { persistence, simulator } = openSimulator();
  const connection = exec.mock.contexts[0] as { exec: (sql: string) => unknown };
  connection.exec("PRAGMA max_page_count = 1");
  simulator.createStore("bricks", 300);
  connection.exec("PRAGMA max_page_count = 1000000");
  const orderId = simulator.store("bricks").placeOrder();
  persistence.close();
  const reopened = openSimulator();
  const { model } = reopened.simulator.store("bricks");
  reopened.persistence.close();
  expect(model.lots).toEqual(simulator.store("bricks").model.lots);
  expect([...model.orders.keys()]).toEqual([orderId]);
});
