import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openBricklink, type Bricklink } from "../../local/bricklink/simulator";
import type { Keys, Order } from "../../local/bricklink/store/model";
import { sendCall, signedHeader, timestampOf, type Envelope } from "./signedCalls";

const START = Date.parse("2026-11-20T10:00:00Z");

let bricklink: Bricklink;
let keys: Keys;
let now: number;
let id: number;

beforeEach(async () => {
  now = START;
  bricklink = await openBricklink({ port: 0, seed: 7, now: () => now });
  keys = bricklink.simulator.createStore("s", 40);
  id = store().placeOrder();
  await call("GET", "/notifications");
});
afterEach(() => bricklink.close());

const store = () => bricklink.simulator.store("s");
const order = () => store().model.order(id);

async function call(method: string, path: string, body?: unknown): Promise<Envelope> {
  return (await (await sendCall(bricklink, keys, method, path, body)).json()) as Envelope;
}

const setStatus = (value: string) => call("PUT", `/orders/${id}/status`, { field: "status", value });
const setPayment = (value: string) =>
  call("PUT", `/orders/${id}/payment_status`, { field: "payment_status", value });
const update = (body: unknown) => call("PUT", `/orders/${id}`, body);
const orderData = async () => (await call("GET", `/orders/${id}`)).data as Record<string, unknown>;
const control = async (path: string, body: unknown) =>
  await fetch(`${bricklink.url}/control/stores/s${path}`, { method: "POST", body: JSON.stringify(body) });
const stateOf = async (): Promise<Order | undefined> => {
  const response = await fetch(`${bricklink.url}/control/stores/s/state`);
  return ((await response.json()) as { orders: Order[] }).orders.find((candidate) => candidate.id === id);
};

describe("the status of an order", () => {
  it("a status that the seller writes changes the order and the date of its status, and announces nothing", async () => {
    // Nobody listens there; an attempt would be recorded.
    store().setCallback("http://127.0.0.1:9/");
    now += 60_000;
    const answer = await setStatus("PACKED");
    expect(answer).toEqual({ meta: { code: 200, message: "OK", description: "OK" }, data: {} });
    expect(await orderData()).toMatchObject({
      status: "PACKED",
      date_ordered: "2026-11-20T10:00:00.000Z",
      date_status_changed: "2026-11-20T10:01:00.000Z",
    });
    await setPayment("Received");
    await update({ remarks: "x" });
    await call("POST", `/orders/${id}/drive_thru`);
    await call("POST", "/feedback", { order_id: id, rating: 0, comment: "x" });
    expect((await call("GET", "/notifications")).data).toEqual([]);
    await store().callbacks.stop();
    expect(store().callbacks.sent).toEqual([]);
  });

  it("writing the status that an order has already succeeds and changes no date", async () => {
    await setStatus("PACKED");
    now += 60_000;
    expect((await setStatus("PACKED")).meta.code).toBe(200);
    expect(order().statusChangedAt).toBe(START);
  });

  const sellers = ["PROCESSING", "READY", "PAID", "PACKED", "SHIPPED", "COMPLETED"];
  const others = ["PENDING", "UPDATED", "RECEIVED", "OCR", "NPB", "NPX", "NRS", "NSS", "CANCELLED", "PURGED"];
  const changeable = ["PENDING", "UPDATED", "PROCESSING", "READY", "PAID", "PACKED", "SHIPPED"];
  const unchangeable = [
    ...others.filter((status) => !changeable.includes(status)),
    "PAID-PENDING",
    "COMPLETED",
  ];

  it.each(changeable)("an order that is %s takes every status of the seller and no other", async (from) => {
    for (const to of [...sellers, ...others]) {
      store().setStatus(id, from);
      const { meta } = await setStatus(to);
      expect([to, meta.code, order().status]).toEqual(sellers.includes(to) ? [to, 200, to] : [to, 422, from]);
    }
  });

  it.each(unchangeable)("an order that is %s takes no status of the seller", async (from) => {
    store().setStatus(id, from);
    for (const to of sellers) expect((await setStatus(to)).meta.code).toBe(422);
    expect(order().status).toBe(from);
  });

  it("a refused status is answered with HTTP status 422 and BrickLink's reason", async () => {
    store().setStatus(id, "COMPLETED");
    const body = { field: "status", value: "SHIPPED" };
    const response = await sendCall(bricklink, keys, "PUT", `/orders/${id}/status`, body);
    expect([response.status, await response.json()]).toEqual([
      422,
      {
        meta: {
          code: 422,
          message: "RESOURCE_UPDATE_NOT_ALLOWED",
          description: "NOT_IN_UPDATABLE_STATUS",
        },
      },
    ]);
  });
});

describe("the fields of an order", () => {
  it("a payment status that the seller writes is shown, with the date of payment once it has arrived", async () => {
    expect(await setPayment("Clearing")).toMatchObject({ meta: { code: 200 }, data: {} });
    expect((await orderData()).payment).not.toHaveProperty("date_paid");
    await setPayment("Received");
    expect((await orderData()).payment).toMatchObject({
      status: "Received",
      date_paid: "2026-11-20T10:00:00.000Z",
    });
    expect(order().status).toBe("PENDING");
    await setPayment("None");
    expect((await orderData()).payment).not.toHaveProperty("date_paid");
  });

  it("an update writes the fields that the API names, ignores others and answers with the whole order", async () => {
    const { cost: before } = (await orderData()) as { cost: { subtotal: string } };
    const answer = await update({
      status: "SHIPPED",
      buyer_name: "nobody",
      cost: { shipping: "4.5", insurance: "1.0000", etc1: 0.5, etc2: "0.25", credit: "0.75", coupon: "9" },
      shipping: {
        date_shipped: "2026-11-21T09:30:00+01:00",
        tracking_no: "T1",
        tracking_link: "https://post.example/T1",
        method_id: "17864",
        address: { full: "elsewhere" },
      },
      remarks: "Packed twice.",
      is_filed: true,
    });
    expect(answer.data).toEqual(await orderData());
    expect(answer.data).toMatchObject({
      status: "PENDING",
      buyer_name: order().buyer.username,
      cost: { shipping: "4.5000", insurance: "1.0000", etc1: "0.5000", etc2: "0.2500", credit: "0.7500" },
      shipping: {
        date_shipped: "2026-11-21T08:30:00.000Z",
        tracking_no: "T1",
        tracking_link: "https://post.example/T1",
        method: "Standard parcel",
        method_id: 17_864,
        address: { city: order().buyer.city },
      },
      remarks: "Packed twice.",
      is_filed: true,
    });
    const { cost } = answer.data as { cost: { grand_total: string; coupon: string } };
    expect(cost.coupon).toBe("0.0000");
    expect(Number(cost.grand_total)).toBeCloseTo(Number(before.subtotal) + 5.5, 4);
  });

  it("an update changes nothing that it does not name", async () => {
    await update({ shipping: { tracking_no: "T1" }, remarks: "x", cost: { etc1: "1" } });
    await update({ shipping: { tracking_link: "L" }, cost: { etc2: "2" }, remarks: null });
    expect(await orderData()).toMatchObject({
      shipping: { tracking_no: "T1", tracking_link: "L" },
      cost: { etc1: "1.0000", etc2: "2.0000" },
      remarks: "x",
      is_filed: false,
    });
  });

  it.each([
    ["is PAID", () => setStatus("PAID")],
    ["has payment status Received", () => setPayment("Received")],
  ])("an update of an order that %s ignores the costs and writes the rest", async (_, pay) => {
    await pay();
    const { cost } = await orderData();
    await update({ cost: { shipping: "99" }, remarks: "Paid." });
    expect(await orderData()).toMatchObject({ cost: cost as object, remarks: "Paid." });
  });

  it("each call of drive-thru sends a mail, and the order says that one was sent until the buyer adds to it", async () => {
    const send = (query: string) => call("POST", `/orders/${id}/drive_thru${query}`);
    expect(await orderData()).toMatchObject({ drive_thru_sent: false });
    expect((await send("?mail_me=true")).meta).toMatchObject({ code: 204, message: "OK_NO_CONTENT" });
    now += 1_000;
    await send("");
    expect((await stateOf())?.driveThruMails).toEqual([
      { sentAt: START, isCopiedToSeller: true },
      { sentAt: START + 1_000, isCopiedToSeller: false },
    ]);
    expect(await orderData()).toMatchObject({ drive_thru_sent: true });
    store().addBatch(id);
    expect(await orderData()).toMatchObject({ drive_thru_sent: false });
    expect((await stateOf())?.driveThruMails).toHaveLength(2);
  });
});

it.each([
  ["status", "{", 400, "INVALID_REQUEST_BODY", "A request has been made with a malformed JSON body."],
  ["status", "", 400, "INVALID_REQUEST_BODY", "A request has been made with a malformed JSON body."],
  ["status", "[]", 400, "INVALID_REQUEST_BODY", "A request has been made with a malformed JSON body."],
  ["status", { field: "status" }, 400, "PARAMETER_MISSING_OR_INVALID", "Parameter [value] is missing"],
  ["status", { field: "remarks", value: "PAID" }, 400, "PARAMETER_MISSING_OR_INVALID", "field"],
  ["status", { field: "status", value: "packed" }, 400, "PARAMETER_MISSING_OR_INVALID", "value"],
  [
    "payment_status",
    { field: "payment_status", value: "Gold" },
    400,
    "PARAMETER_MISSING_OR_INVALID",
    "value",
  ],
  ["", { cost: { shipping: "1,5" } }, 400, "PARAMETER_MISSING_OR_INVALID", "cost.shipping"],
  ["", { shipping: { date_shipped: "today" } }, 400, "PARAMETER_MISSING_OR_INVALID", "shipping.date_shipped"],
  ["", { is_filed: "yes" }, 400, "PARAMETER_MISSING_OR_INVALID", "is_filed"],
])("a write to %j with the body %j is refused with its reason", async (part, body, code, message, reason) => {
  const path = `/orders/${id}${part === "" ? "" : `/${part}`}`;
  const before = order();
  const { meta } = await call("PUT", path, body);
  expect(meta).toMatchObject({ code, message });
  expect(meta.description).toContain(reason);
  expect(order()).toBe(before);
});

it("a write to an order that the store does not have is answered 404, and an unknown write 405", async () => {
  const codeOf = async (method: string, path: string) => (await call(method, path, {})).meta.code;
  expect(await codeOf("PUT", "/orders/1")).toBe(404);
  expect(await codeOf("POST", "/orders/1/drive_thru")).toBe(404);
  expect(await codeOf("POST", "/feedback/1/reply")).toBe(400);
  expect((await call("POST", "/feedback/1/reply", { reply: "x" })).meta.code).toBe(404);
  expect(await codeOf("PUT", `/inventories/1`)).toBe(405);
  expect(await codeOf("DELETE", `/orders/${id}`)).toBe(405);
});

describe("signatures of writes", () => {
  const sign = (method: string, url: string, used = keys) =>
    signedHeader(method, url, used, timestampOf(bricklink));
  const send = async (method: string, path: string, signed: string, body?: string): Promise<Envelope> => {
    const url = `${bricklink.url}/api/store/v1${path}`;
    const init = body === undefined ? { method } : { method, body };
    return (await (await fetch(url, { ...init, headers: { Authorization: signed } })).json()) as Envelope;
  };

  it("a signature for another method or another query is refused, and the write has no effect", async () => {
    const path = `/orders/${id}/drive_thru?mail_me=true`;
    const url = `${bricklink.url}/api/store/v1${path}`;
    for (const signed of [
      sign("GET", url),
      sign("POST", url.replace("true", "false")),
      sign("POST", url, { ...keys, tokenSecret: "x" }),
    ]) {
      expect((await send("POST", path, signed)).meta).toMatchObject({
        code: 401,
        description: "SIGNATURE_INVALID",
      });
    }
    expect(order().driveThruMails).toEqual([]);
    expect((await send("POST", path, sign("POST", url))).meta.code).toBe(204);
  });

  it("a JSON body is not part of what is signed", async () => {
    const path = `/orders/${id}`;
    const signed = sign("PUT", `${bricklink.url}/api/store/v1${path}`);
    expect((await send("PUT", path, signed, '{"remarks":"anything"}')).meta.code).toBe(200);
  });
});

describe("messages and feedback", () => {
  it("a buyer's message is announced and listed, without a subject when it has none", async () => {
    expect((await control(`/orders/${id}/messages`, { body: "Where is it?" })).status).toBe(200);
    now += 1_000;
    await control(`/orders/${id}/messages`, { subject: "Order", body: "Thanks" });
    expect((await call("GET", "/notifications")).data).toEqual([
      { event_type: "Message", resource_id: id, timestamp: "2026-11-20T10:00:00.000Z" },
      { event_type: "Message", resource_id: id, timestamp: "2026-11-20T10:00:01.000Z" },
    ]);
    const from = order().buyer.username;
    expect((await call("GET", `/orders/${id}/messages`)).data).toEqual([
      { subject: null, body: "Where is it?", from, to: "s", dateSent: "2026-11-20T10:00:00.000Z" },
      { subject: "Order", body: "Thanks", from, to: "s", dateSent: "2026-11-20T10:00:01.000Z" },
    ]);
  });

  it("a buyer's feedback is announced and listed as received, and a second one is refused", async () => {
    store().setStatus(id, "SHIPPED");
    const left = () => control(`/orders/${id}/feedback`, { rating: 2, comment: "Slow" });
    expect([(await left()).status, (await left()).status]).toEqual([200, 400]);
    expect((await call("GET", "/notifications")).data).toMatchObject([
      { event_type: "Feedback", resource_id: id },
    ]);
    const { data } = (await call("GET", "/feedback")) as { data: { feedback_id: number }[] };
    expect(data).toEqual([
      {
        feedback_id: expect.any(Number) as number,
        order_id: id,
        from: order().buyer.username,
        to: "s",
        date_rated: "2026-11-20T10:00:00.000Z",
        rating: 2,
        rating_of_bs: "S",
        comment: "Slow",
      },
    ]);
    expect((await call("GET", `/orders/${id}/feedback`)).data).toEqual(data);
    expect((await call("GET", `/feedback/${data[0]?.feedback_id}`)).data).toEqual(data[0]);
    expect(order().status).toBe("SHIPPED");
  });

  it("an order can be completed by BrickLink itself when the buyer leaves feedback, and the seller's status is refused then", async () => {
    store().setStatus(id, "SHIPPED");
    now += 60_000;
    await control(`/orders/${id}/feedback`, { rating: 0, comment: "Quick!", completes: true });
    expect(order()).toMatchObject({ status: "COMPLETED", statusChangedAt: START + 60_000 });
    expect((await call("GET", "/notifications")).data).toMatchObject([{ event_type: "Feedback" }]);
    expect((await setStatus("COMPLETED")).meta.code).toBe(422);
  });

  it("the seller posts feedback once an order, and lists it as posted", async () => {
    const post = () => call("POST", "/feedback", { order_id: id, rating: 0, comment: "Good buyer" });
    const first = await post();
    expect(first.meta.code).toBe(201);
    expect((await post()).meta).toMatchObject({ code: 422, message: "RESOURCE_UPDATE_NOT_ALLOWED" });
    expect((await call("GET", "/feedback?direction=out")).data).toEqual([first.data]);
    expect(first.data).toMatchObject({ from: "s", to: order().buyer.username, rating_of_bs: "B", rating: 0 });
    expect((await call("GET", "/feedback?direction=in")).data).toEqual([]);
    expect((await call("POST", "/feedback", { order_id: id, rating: 3, comment: "" })).meta.code).toBe(400);
  });

  it("the seller replies once to feedback that the buyer left, and not to the seller's own", async () => {
    await control(`/orders/${id}/feedback`, { rating: 1, comment: "So so" });
    const own = (await call("POST", "/feedback", { order_id: id, rating: 0, comment: "x" })).data;
    const [received] = (await call("GET", "/feedback")).data as [{ feedback_id: number }];
    const reply = async (to: unknown) => {
      const { feedback_id } = to as { feedback_id: number };
      return (await call("POST", `/feedback/${feedback_id}/reply`, { reply: "Sorry" })).meta.code;
    };
    expect([await reply(own), await reply(received), await reply(received)]).toEqual([422, 200, 422]);
    expect((await call("GET", "/feedback")).data).toMatchObject([{ reply: "Sorry" }]);
  });

  it("a buyer receives a shipped order, which is announced, and no order that is not shipped", async () => {
    expect((await control(`/orders/${id}/receive`, {})).status).toBe(400);
    await setStatus("SHIPPED");
    expect((await control(`/orders/${id}/receive`, {})).status).toBe(200);
    expect(order().status).toBe("RECEIVED");
    expect((await call("GET", "/notifications")).data).toMatchObject([
      { event_type: "Order", resource_id: id },
    ]);
  });
});

describe("faults of writes", () => {
  const pack = () => setStatus("PACKED");

  it("a write whose answer is lost took effect, and one that is lost itself did not; reads take neither fault", async () => {
    bricklink.simulator.faults.add({ kind: "writeLost", endpoint: "/orders" });
    bricklink.simulator.faults.add({ kind: "answerLost", endpoint: "/orders" });
    expect((await call("GET", "/orders")).meta.code).toBe(200);
    await expect(pack()).rejects.toThrow("fetch failed");
    expect(order().status).toBe("PENDING");
    await expect(pack()).rejects.toThrow("fetch failed");
    expect(order().status).toBe("PACKED");
    expect((await pack()).meta.code).toBe(200);
  });

  it.each(["html503", "html403", "html200", "error500", "envelope401", "http429"] as const)(
    "a write that is answered with the fault %s has no effect",
    async (kind) => {
      bricklink.simulator.faults.add({ kind });
      await pack().catch(() => undefined);
      expect(order().status).toBe("PENDING");
    },
  );

  it.each(["reset", "truncated", "slow", "drip"] as const)(
    "a write whose answer has the fault %s took effect",
    async (kind) => {
      bricklink.simulator.faults.add({ kind, delayMs: 20 });
      await pack().catch(() => undefined);
      expect(order().status).toBe("PACKED");
    },
  );

  it("a fault for one method leaves calls of the same path with another method alone", async () => {
    bricklink.simulator.faults.add({ kind: "html503", endpoint: `/orders/${id}`, method: "PUT" });
    expect((await call("GET", `/orders/${id}`)).meta.code).toBe(200);
    await expect(update({ remarks: "x" })).rejects.toThrow();
  });
});

it("the state lists the writes that an order accepted, in order, and no refused one", async () => {
  await setStatus("SHIPPED");
  await setStatus("CANCELLED");
  await call("POST", `/orders/${id}/drive_thru?mail_me=true`);
  await call("POST", "/feedback", { order_id: id, rating: 0, comment: "Good" });
  expect((await stateOf())?.writes).toEqual([
    { at: START, method: "PUT", path: `/orders/${id}/status`, body: '{"field":"status","value":"SHIPPED"}' },
    { at: START, method: "POST", path: `/orders/${id}/drive_thru`, body: "" },
    {
      at: START,
      method: "POST",
      path: "/feedback",
      body: JSON.stringify({ order_id: id, rating: 0, comment: "Good" }),
    },
  ]);
});
