import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Keys } from "../../local/bricklink/store/model";
import { signatureOf } from "../../local/bricklink/api/oauth";
import { openBricklink, type Bricklink } from "../../local/bricklink/simulator";
import { signedHeader, type Envelope } from "./signedCalls";

let bricklink: Bricklink;
let keys: Keys;

beforeEach(async () => {
  bricklink = await openBricklink({ port: 0, seed: 7 });
  keys = bricklink.simulator.createStore("s", 40);
});
afterEach(() => bricklink.close());

async function get(path: string, header?: string): Promise<Envelope> {
  const url = `${bricklink.url}/api/store/v1${path}`;
  const response = await fetch(url, { headers: { Authorization: header ?? signedHeader("GET", url, keys) } });
  return (await response.json()) as Envelope;
}

const store = () => bricklink.simulator.store("s");
const anyLot = () => {
  const lot = [...store().model.lots.values()].find(({ quantity, isRetain }) => quantity > 5 && !isRetain);
  if (!lot) throw new Error("The store has no suitable lot.");
  return lot;
};

describe("signatures", () => {
  it("a signature equals that of the example in RFC 5849", () => {
    const oauth = new Map([
      ["oauth_consumer_key", "dpf43f3p2l4k3l03"],
      ["oauth_token", "nnch734d00sl2jdk"],
      ["oauth_signature_method", "HMAC-SHA1"],
      ["oauth_timestamp", "137131202"],
      ["oauth_nonce", "chapoH"],
    ]);
    const url = new URL("http://photos.example.net/photos?file=vacation.jpg&size=original");
    const secrets = { consumerSecret: "kd94hf93k423kf44", tokenSecret: "pfkkdhi9sl3r4s00" };
    expect(signatureOf("GET", url, oauth, secrets)).toBe("MdpQcU8iPSUjWoN/UDMsK2sui9I=");
  });

  it("a signature is accepted once, and a wrong, old or reused one is refused inside HTTP 200", async () => {
    const url = `${bricklink.url}/api/store/v1/orders?direction=in&status=-purged`;
    const once = signedHeader("GET", url, keys);
    expect((await get("/orders?direction=in&status=-purged", once)).meta.code).toBe(200);
    expect((await get("/orders?direction=in&status=-purged", once)).meta).toMatchObject({
      code: 401,
      description: "NONCE_USED",
    });
    const wrong = signedHeader("GET", url, { ...keys, tokenSecret: "x" });
    expect((await get("/orders?direction=in&status=-purged", wrong)).meta.description).toBe(
      "SIGNATURE_INVALID",
    );
    const old = signedHeader("GET", url, keys, { oauth_timestamp: Math.floor(Date.now() / 1000) - 600 });
    expect((await get("/orders?direction=in&status=-purged", old)).meta.description).toContain("TIMESTAMP");
    const status = await fetch(url, { headers: { Authorization: wrong } });
    expect(status.status).toBe(200);
  });
});

describe("orders", () => {
  it("an order subtracts stock when it is placed, and a sold-out lot is deleted", async () => {
    const lot = anyLot();
    store().placeOrder([{ inventoryId: lot.inventoryId, quantity: lot.quantity - 1 }]);
    expect(await get(`/inventories/${lot.inventoryId}`)).toMatchObject({ data: { quantity: 1 } });
    store().placeOrder([{ inventoryId: lot.inventoryId, quantity: 1 }]);
    expect((await get(`/inventories/${lot.inventoryId}`)).meta.code).toBe(404);
  });

  it("an order that a buyer adds to gets a batch, status UPDATED and a new date", async () => {
    const lot = anyLot();
    const id = store().placeOrder([{ inventoryId: lot.inventoryId, quantity: 1 }]);
    const before = store().model.order(id).orderedAt;
    await new Promise((resolve) => setTimeout(resolve, 5));
    store().addBatch(id, [{ inventoryId: lot.inventoryId, quantity: 2 }]);
    const { data } = (await get(`/orders/${id}/items`)) as { data: { quantity: number }[][] };
    expect(data.map((batch) => batch.map(({ quantity }) => quantity))).toEqual([[1], [2]]);
    expect(store().model.order(id)).toMatchObject({ status: "UPDATED" });
    expect(store().model.order(id).orderedAt).toBeGreaterThan(before);
  });

  it("an order's JSON has exact amounts and no null fields", async () => {
    const lot = anyLot();
    const id = store().placeOrder([{ inventoryId: lot.inventoryId, quantity: 3 }]);
    const { data } = (await get(`/orders/${id}`)) as {
      data: Record<string, unknown> & { cost: { subtotal: string } };
    };
    expect(data.cost.subtotal).toBe(((lot.unitPrice * 3) / 10_000).toFixed(4));
    expect(data).not.toHaveProperty("remarks");
    expect(data.payment).not.toHaveProperty("date_paid");
  });

  it("a cancelled order's pieces are not listed again without restock", () => {
    const lot = anyLot();
    const id = store().placeOrder([{ inventoryId: lot.inventoryId, quantity: 2 }]);
    store().setStatus(id, "CANCELLED");
    expect(store().model.lots.get(lot.inventoryId)?.quantity).toBe(lot.quantity - 2);
  });
});

it("reading notifications deletes them", async () => {
  store().placeOrder();
  expect((await get("/notifications")).data).toHaveLength(1);
  expect((await get("/notifications")).data).toEqual([]);
});

it("a closed store lists no lots", async () => {
  store().setClosed(true);
  expect((await get("/inventories")).data).toEqual([]);
});

it("a fault for an endpoint makes the next call to it fail and no later one", async () => {
  bricklink.simulator.faults.add({ kind: "html503", endpoint: "/orders", times: 1 });
  expect((await get("/inventories")).meta.code).toBe(200);
  await expect(get("/orders")).rejects.toThrow();
  expect((await get("/orders")).meta.code).toBe(200);
});

it("callbacks are posted in the configured mode, and rules repeat or suppress them", async () => {
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk) => (body += chunk));
    request.on("end", () => {
      bodies.push(body);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const callbacksAnswered = () => store().callbacks.stop();
  for (const mode of ["list", "object", "empty", "garbage"] as const) {
    store().setCallback(url, mode);
    store().placeOrder();
    await callbacksAnswered();
  }
  expect([Array.isArray(JSON.parse(bodies[0] ?? "")), typeof JSON.parse(bodies[1] ?? "")]).toEqual([
    true,
    "object",
  ]);
  expect([bodies[2], bodies[3]]).toEqual(["", "<notification/>"]);
  store().callbacks.addRule({ kind: "repeat", times: 1, copies: 3, delayMs: 0 });
  store().callbacks.addRule({ kind: "suppress", times: 1, copies: 1, delayMs: 0 });
  store().placeOrder();
  store().placeOrder();
  await callbacksAnswered();
  expect(bodies).toHaveLength(7);
  server.close();
});

it("the control API answers with the result, and invalid input with status 400 and a reason", async () => {
  const post = (path: string, body: unknown) =>
    fetch(`${bricklink.url}/control${path}`, { method: "POST", body: JSON.stringify(body) });
  expect(await (await post("/stores/s/orders", { buyer: "ann" })).json()).toMatchObject({
    buyer_name: "ann",
  });
  const wrong = await post("/stores/s/orders", { lines: [{ inventoryId: 1, quantity: 0 }] });
  expect([wrong.status, await wrong.json()]).toEqual([
    400,
    { error: expect.stringContaining("quantity") as string },
  ]);
  expect((await post("/stores/nobody/orders", {})).status).toBe(400);
  expect((await post("/nowhere", {})).status).toBe(404);
});

it("stores, keys, orders and unread notifications survive a restart", async () => {
  const data = await mkdtemp(join(tmpdir(), "bricklink-test-"));
  const first = await openBricklink({ port: 0, data });
  const created = first.simulator.createStore("saved", 20);
  const id = first.simulator.store("saved").placeOrder();
  await first.close();
  const second = await openBricklink({ port: 0, data });
  expect(second.simulator.createStore("saved")).toEqual(created);
  expect(second.simulator.store("saved").model.order(id).status).toBe("PENDING");
  expect(second.simulator.store("saved").model.state.unread).toHaveLength(1);
  await second.close();
  await rm(data, { recursive: true });
});

describe("fault profiles", () => {
  const outcomes = async (name: string, seed: number) => {
    bricklink.simulator.faults.setProfile({ name: name as "mixed", seed });
    const seen: string[] = [];
    for (let call = 0; call < 12; call += 1) {
      seen.push(
        await get("/orders")
          .then(({ meta }) => String(meta.code))
          .catch(() => "broken"),
      );
    }
    return seen;
  };

  it("a fault profile with the same seed produces the same faults, and clearing it ends them", async () => {
    const first = await outcomes("maintenance", 3);
    expect(await outcomes("maintenance", 3)).toEqual(first);
    expect(new Set(first).size).toBeGreaterThan(1);
    bricklink.simulator.faults.clear();
    expect((await get("/orders")).meta.code).toBe(200);
  });

  it("a simulator with the noWebhooks profile sends no callback", () => {
    bricklink.simulator.faults.setProfile({ name: "noWebhooks", seed: 1 });
    expect(bricklink.simulator.faults.callbackDelays()).toEqual([]);
  });
});

it("a simulator whose clock is an hour ahead refuses signatures with the real time", async () => {
  bricklink.simulator.skewMs = 60 * 60_000;
  expect((await get("/orders")).meta).toMatchObject({
    code: 401,
    description: "INVALID_TIMESTAMP: expired timestamp",
  });
});

it("a drip fault sends the complete answer in pieces", async () => {
  bricklink.simulator.faults.add({ kind: "drip", delayMs: 50 });
  expect((await get("/inventories")).meta.code).toBe(200);
});
