import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { answerLost, networkDown, refused, writeLost } from "../support/bricklinkAnswers";
import { anOrder } from "../support/builders";
import { FakeBricklink } from "../support/fakeBricklink";

let bricklink: FakeBricklink;

beforeEach(() => {
  bricklink = new FakeBricklink();
  bricklink.place(anOrder({ changedAt: Date.parse("2026-11-20T10:00:00Z") }));
});
afterEach(() => {
  vi.unstubAllGlobals();
});

type Envelope = { meta: { code: number; message: string; description: string }; data?: unknown };

async function call(method: string, path: string, body?: unknown): Promise<Envelope> {
  const init = body === undefined ? { method } : { method, body: JSON.stringify(body) };
  const response = await fetch(`https://api.bricklink.com/api/store/v1${path}`, init);
  return JSON.parse(await response.text()) as Envelope;
}

const setStatus = (value: string) => call("PUT", "/orders/100/status", { field: "status", value });
const orderData = async () => (await call("GET", "/orders/100")).data;

it("the fake BrickLink keeps what a store writes to an order, and an order that a test places again has it still", async () => {
  expect((await setStatus("PACKED")).meta.code).toBe(200);
  await call("PUT", "/orders/100/payment_status", { field: "payment_status", value: "Clearing" });
  const updated = await call("PUT", "/orders/100", {
    cost: { shipping: "3.5" },
    shipping: { tracking_no: "T1", tracking_link: "https://post/T1", date_shipped: "2026-11-21T08:00:00Z" },
    remarks: "Packed twice.",
    is_filed: true,
    status: "CANCELLED",
  });
  expect(updated.data).toMatchObject({ status: "PACKED", is_filed: true });
  expect(updated.data).toEqual(await orderData());
  bricklink.place(anOrder({ status: "SHIPPED" }));
  expect(await orderData()).toMatchObject({
    status: "SHIPPED",
    remarks: "Packed twice.",
    payment: { status: "Clearing" },
    cost: { shipping: "3.5000" },
    shipping: {
      tracking_no: "T1",
      tracking_link: "https://post/T1",
      date_shipped: "2026-11-21T08:00:00.000Z",
    },
  });
  expect(bricklink.acceptedWrites.map((write) => write.call)).toEqual([
    "PUT /orders/100/status",
    "PUT /orders/100/payment_status",
    "PUT /orders/100",
  ]);
});

it("a status that a store writes changes the date of the status and not the date of the order", async () => {
  await setStatus("PACKED");
  const changed = bricklink.orders.get(100);
  expect(changed).toMatchObject({ status: "PACKED", orderedAt: Date.parse("2026-11-20T10:00:00Z") });
  expect(changed?.changedAt).toBeGreaterThan(Date.now() - 60_000);
});

it("the fake BrickLink refuses a status that the order's status forbids, and changes nothing", async () => {
  bricklink.setStatus(100, "COMPLETED");
  expect((await setStatus("SHIPPED")).meta).toEqual({
    code: 422,
    message: "RESOURCE_UPDATE_NOT_ALLOWED",
    description: "NOT_IN_UPDATABLE_STATUS",
  });
  expect(bricklink.orders.get(100)?.status).toBe("COMPLETED");
  expect(bricklink.acceptedWrites).toEqual([]);
});

it("a write that a test refuses or loses changes nothing, one whose answer is lost took effect, and reads take no fault", async () => {
  bricklink.nextWriteFaults.push(refused, writeLost, answerLost);
  await orderData();
  expect((await setStatus("PACKED")).meta.code).toBe(422);
  await expect(setStatus("PACKED")).rejects.toThrow("fetch failed");
  expect(bricklink.orders.get(100)?.status).toBe("PENDING");
  await expect(setStatus("PACKED")).rejects.toThrow("fetch failed");
  expect(bricklink.orders.get(100)?.status).toBe("PACKED");
  expect(bricklink.acceptedWrites).toHaveLength(1);
});

it("an answer prepared for a write's method and path is given to it alone, and the write has no effect", async () => {
  bricklink.answersByPath.set("PUT /orders/100", networkDown);
  await expect(call("PUT", "/orders/100", { remarks: "x" })).rejects.toThrow("fetch failed");
  expect(await orderData()).toMatchObject({ remarks: "Please no plastic." });
});

it("the fake BrickLink ignores the costs that a store writes to a paid order, and takes the rest", async () => {
  bricklink.setStatus(100, "PAID");
  await call("PUT", "/orders/100", { cost: { shipping: "9" }, remarks: "Paid." });
  expect(await orderData()).toMatchObject({ cost: { shipping: "1.2345" }, remarks: "Paid." });
});

it("the fake BrickLink sends a drive-thru mail at each call, and says so in the order", async () => {
  const send = () => call("POST", "/orders/100/drive_thru?mail_me=true");
  expect([await orderData(), (await send()).meta.code]).toMatchObject([{ drive_thru_sent: false }, 204]);
  await send();
  expect(bricklink.fieldsOf(100).driveThruMails).toBe(2);
  expect(await orderData()).toMatchObject({ drive_thru_sent: true });
});

it("the fake BrickLink lists a buyer's messages and feedback, and takes one feedback and one reply of the store", async () => {
  bricklink.sendMessage(100, "Where is it?");
  expect((await call("GET", "/orders/100/messages")).data).toMatchObject([
    { subject: null, body: "Where is it?", to: "superseller" },
  ]);
  const { feedback_id } = bricklink.leaveFeedback(100, 0, "Quick!");
  const post = () => call("POST", "/feedback", { order_id: 100, rating: 0, comment: "Thanks" });
  expect([(await post()).meta.code, (await post()).meta.code]).toEqual([201, 422]);
  const reply = () => call("POST", `/feedback/${feedback_id}/reply`, { reply: "Welcome" });
  expect([(await reply()).meta.code, (await reply()).meta.code]).toEqual([200, 422]);
  expect((await call("GET", "/feedback?direction=in")).data).toMatchObject([
    { order_id: 100, rating: 0, rating_of_bs: "S", reply: "Welcome" },
  ]);
  expect((await call("GET", "/feedback?direction=out")).data).toMatchObject([{ rating_of_bs: "B" }]);
  expect((await call("GET", "/orders/100/feedback")).data).toHaveLength(2);
});
