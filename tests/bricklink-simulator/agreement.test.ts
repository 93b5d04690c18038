import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { answerApi } from "../../local/bricklink/api/storeApi";
import { answerWrite } from "../../local/bricklink/api/writes";
import { createRandom } from "../../local/bricklink/random";
import { SimulatorState } from "../../local/bricklink/simulatorState";
import { inMemoryPersistence } from "../../local/bricklink/store/persistence";
import { orderStatuses } from "../../local/bricklink/store/statusMoves";
import type { Store } from "../../local/bricklink/store/store";
import { anOrder } from "../support/builders";
import { FakeBricklink } from "../support/fakeBricklink";
import type { Envelope } from "./signedCalls";

/** The same order at the simulator and at the fake. Both are called without HTTP. */
let store: Store;
let fake: FakeBricklink;
let number: number;

beforeEach(() => {
  const simulator = new SimulatorState(createRandom(1), Date.now, inMemoryPersistence);
  simulator.createStore("s", 20);
  store = simulator.store("s");
  number = store.placeOrder();
  fake = new FakeBricklink();
  fake.place(anOrder({ number }));
});
afterEach(() => {
  vi.unstubAllGlobals();
});

function setStatusAtBoth(status: string): void {
  store.setStatus(number, status);
  fake.setStatus(number, status);
}

/** The answers of the simulator and of the fake to one call. */
async function callBoth(method: string, path: string, body?: unknown): Promise<[Envelope, Envelope]> {
  const text = body === undefined ? "" : typeof body === "string" ? body : JSON.stringify(body);
  const query = new URLSearchParams();
  const simulated =
    method === "GET"
      ? answerApi(store, path, query)
      : answerWrite(store, { method, path, query, body: text });
  const init = method === "GET" ? { method } : { method, body: text };
  const faked = await fetch(`https://api.bricklink.com/api/store/v1${path}`, init);
  return [JSON.parse(simulated.body) as Envelope, JSON.parse(await faked.text()) as Envelope];
}

it.each(orderStatuses)(
  "the fake and the simulated BrickLink allow and refuse the same statuses of an order that is %s",
  async (from) => {
    for (const value of [...orderStatuses, "LOST"]) {
      setStatusAtBoth(from);
      const [simulated, faked] = await callBoth("PUT", `/orders/${number}/status`, {
        field: "status",
        value,
      });
      expect([value, faked.meta]).toEqual([value, simulated.meta]);
      expect(fake.orders.get(number)?.status).toBe(store.model.order(number).status);
    }
  },
);

it("the fake and the simulated BrickLink give the same answer to the same writes, right and wrong", async () => {
  const order = `/orders/${number}`;
  const feedback = { order_id: number, rating: 0, comment: "x" };
  const writes: [method: string, path: string, body?: unknown][] = [
    ["PUT", order, "{"],
    ["PUT", order, { shipping: { tracking_no: 7 } }],
    ["PUT", order, {}],
    ["PUT", `${order}/payment_status`, { field: "payment_status", value: "Gold" }],
    ["PUT", `${order}/payment_status`, { field: "status", value: "Received" }],
    ["PUT", `${order}/payment_status`, { field: "payment_status", value: "Received" }],
    ["PUT", `${order}/status`, { field: "status" }],
    ["POST", `${order}/drive_thru`],
    ["POST", "/orders/1/drive_thru"],
    ["POST", "/feedback", { ...feedback, rating: 3 }],
    ["POST", "/feedback", { ...feedback, order_id: 1 }],
    ["POST", "/feedback", feedback],
    ["POST", "/feedback", feedback],
    ["POST", "/feedback/1/reply", { reply: "x" }],
    ["POST", "/feedback/1/reply", {}],
  ];
  for (const [method, path, body] of writes) {
    const [simulated, faked] = await callBoth(method, path, body);
    expect([method, path, body, faked.meta]).toEqual([method, path, body, simulated.meta]);
  }
});

it.each(["None", "Received"])(
  "the fake and the simulated BrickLink show the same of what was written to an order with payment status %s",
  async (value) => {
    await callBoth("PUT", `/orders/${number}/payment_status`, { field: "payment_status", value });
    await callBoth("POST", `/orders/${number}/drive_thru`);
    await callBoth("PUT", `/orders/${number}`, {
      cost: { etc1: "1.5", credit: 2 },
      shipping: {
        tracking_no: "T1",
        tracking_link: "L",
        date_shipped: "2026-11-21T08:00:00Z",
        method_id: 17_863,
      },
      remarks: "Packed twice.",
      is_filed: true,
    });
    const shown = ({ data }: Envelope) => {
      const { shipping, payment, cost, ...order } = data as Record<string, Record<string, unknown>>;
      const { etc1 = "0.0000", credit = "0.0000" } = cost ?? {};
      const { tracking_no, tracking_link, date_shipped, method, method_id } = shipping ?? {};
      const { remarks, is_filed, drive_thru_sent, status } = order;
      const fields = {
        remarks,
        is_filed,
        drive_thru_sent,
        status,
        payment: payment?.status,
        isPaid: payment?.date_paid !== undefined,
      };
      return { ...fields, etc1, credit, tracking_no, tracking_link, date_shipped, method, method_id };
    };
    const [simulated, faked] = await callBoth("GET", `/orders/${number}`);
    expect(shown(faked)).toEqual(shown(simulated));
    expect(shown(faked).tracking_no).toBe("T1");
  },
);
