import { mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Database from "libsql";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { answerWrite } from "../../local/bricklink/api/writes";
import { SimulatorState } from "../../local/bricklink/simulatorState";
import { createRandom } from "../../local/bricklink/random";
import type { Order } from "../../local/bricklink/store/model";
import { emptyRecord } from "../../local/bricklink/store/orderRecord";
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

it("what an order gathered since it was placed survives a restart of the simulated BrickLink", () => {
  const first = openSimulator();
  first.simulator.createStore("bricks", 20);
  const store = first.simulator.store("bricks");
  const id = store.placeOrder();
  store.sendMessage(id, { subject: null, body: "Where is it?" });
  store.leaveFeedback(id, { rating: 0, comment: "Quick!" }, false);
  const write = (method: string, part: string, body: string) =>
    answerWrite(store, { method, path: `/orders/${id}${part}`, query: new URLSearchParams(), body });
  write("POST", "/drive_thru", "");
  write("PUT", "", '{"shipping":{"tracking_no":"T1"},"cost":{"etc1":"1"}}');
  first.persistence.close();
  const second = openSimulator();
  const reopened = second.simulator.store("bricks").model.order(id);
  second.persistence.close();
  expect(reopened).toEqual(store.model.order(id));
  expect([reopened.writes.length, reopened.driveThruMails.length, reopened.shipment.trackingNumber]).toEqual([
    2,
    1,
    "T1",
  ]);
});

it("an order that an earlier version of the simulated BrickLink saved can be written to", () => {
  const first = openSimulator();
  first.simulator.createStore("bricks", 20);
  const store = first.simulator.store("bricks");
  const id = store.placeOrder();
  const added = Object.keys(emptyRecord());
  store.model.change(
    id,
    (order) => Object.fromEntries(Object.entries(order).filter(([field]) => !added.includes(field))) as Order,
  );
  store.save();
  first.persistence.close();
  const { simulator, persistence } = openSimulator();
  const reopened = simulator.store("bricks");
  const path = `/orders/${id}/drive_thru`;
  answerWrite(reopened, { method: "POST", path, query: new URLSearchParams(), body: "" });
  persistence.close();
  expect(reopened.model.order(id)).toMatchObject({ isDriveThruSent: true, messages: [] });
});
