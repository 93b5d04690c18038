/**
 * An in-memory BrickLink store API that answers `fetch` with what a test has put into it. Responses have the shape of
 * BrickLink's own; only the endpoints that the flow calls exist. Tests that need a whole BrickLink, with stock, buyers and
 * faults drawn at random, use the simulator in `local/bricklink`.
 */
import { vi } from "vitest";
import { shippingMethodBody } from "../../local/bricklink/api/payloads";
import { shippingMethods } from "../../local/bricklink/store/shippingMethods";
import { envelope, type Answer, type WriteFault } from "./bricklinkAnswers";
import {
  defaultBuyerName,
  itemJson,
  nothingWritten,
  orderJson,
  sellerName,
  type BricklinkFeedback,
  type BricklinkLine,
  type BricklinkMessage,
  type BricklinkOrder,
  type WrittenFields,
} from "./bricklinkOrders";
import { newFeedback, performWrite, type Write } from "./bricklinkWrites";

let callsUnderWay = 0;

/**
 * Advances the clock to the last timer, unless a call to a fake BrickLink is under way: its time limit is a timer too, and the
 * answer takes some real time.
 */
export function runAllTimersBetweenCalls(): void {
  if (callsUnderWay === 0) vi.runAllTimers();
}

/** Counts a call as under way until its answer has been read, or it fails. */
async function underWay(call: Promise<Response>): Promise<Response> {
  callsUnderWay += 1;
  const end = () => (callsUnderWay -= 1);
  try {
    const response = await call;
    const read = response.text.bind(response);
    response.text = () => read().finally(end);
    return response;
  } catch (error) {
    end();
    throw error;
  }
}

export class FakeBricklink {
  readonly orders = new Map<number, BricklinkOrder>();
  /** Notifications that no poll has read. Reading them removes them. */
  readonly unreadNotifications: unknown[] = [];
  /** The lots on sale. */
  inventory: BricklinkLine[] = [];
  /** The calls, in order: the path of a read, method and path of a write, as in "PUT /orders/100/status". */
  readonly calls: string[] = [];
  /** The writes that took effect, in order, also those whose answer was lost. */
  readonly acceptedWrites: Write[] = [];
  /** All feedback, of buyers and of the store. */
  readonly feedback: BricklinkFeedback[] = [];
  /** By order number: what the buyer wrote about the order. */
  readonly messages = new Map<number, BricklinkMessage[]>();
  /** Answers for the next calls, first in first out, instead of the real ones. A write answered so has no effect. */
  readonly nextAnswers: Answer[] = [];
  /** How the next writes fail, first in first out: `refused`, `answerLost`, `writeLost`. Reads take none of them. */
  readonly nextWriteFaults: WriteFault[] = [];
  /** By what `calls` holds of a call: the answer that it always gets, instead of the real one. A write then has no effect. */
  readonly answersByPath = new Map<string, Answer>();
  /** While set, the answer of every call. */
  outage: Answer | undefined;
  /** By order number: when the list says that the order changed, where it disagrees with the order itself. */
  readonly listedChangedAt = new Map<number, number>();
  /** Until then no order shows that its mail was sent. Milliseconds since the epoch. */
  mailsShownFrom = 0;
  /** Runs before each answer, for what happens while a call is under way. */
  beforeAnswer: (path: string) => void | Promise<void> = () => undefined;

  /** By order number; see `fieldsOf`. */
  private readonly written = new Map<number, WrittenFields>();

  constructor() {
    vi.stubGlobal("fetch", (input: string | URL | Request, init?: RequestInit) =>
      underWay(this.answer(input, init)),
    );
  }

  /** Holds back every answer from now on. Returns what lets them through. */
  holdAnswers(): () => void {
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    this.beforeAnswer = () => released;
    return release;
  }

  /** Places an order, or replaces the one of the same number. */
  place(order: BricklinkOrder): void {
    this.orders.set(order.number, order);
  }

  /** Changes the status of an order, now unless `changedAt` says when. */
  setStatus(number: number, status: string, changedAt = Date.now()): void {
    const order = this.orders.get(number);
    if (!order) return;
    const { orderedAt = order.changedAt } = order;
    this.orders.set(number, { ...order, status, orderedAt, changedAt });
  }

  /** The buyer adds a line: another batch, the status UPDATED, and both dates are now (help 62). */
  addBatch(number: number, lines: BricklinkLine[]): void {
    const order = this.orders.get(number);
    if (!order) return;
    const now = Date.now();
    const batches = [...order.batches, lines];
    this.orders.set(number, { ...order, batches, status: "UPDATED", orderedAt: now, changedAt: now });
  }

  /** Files an order: the list of orders leaves it out, the order's own address still answers. */
  file(number: number): void {
    const order = this.orders.get(number);
    if (order) this.orders.set(number, { ...order, isFiled: true });
  }

  private listedOrders(): BricklinkOrder[] {
    return [...this.orders.values()]
      .filter(({ isFiled = false }) => !isFiled)
      .map((order) => ({ ...order, changedAt: this.listedChangedAt.get(order.number) ?? order.changedAt }));
  }

  /** What the store wrote to an order, besides its status and whether it is filed, which are in `orders`. */
  fieldsOf(orderNumber: number): WrittenFields {
    const fields = this.written.get(orderNumber) ?? nothingWritten();
    this.written.set(orderNumber, fields);
    return fields;
  }

  /** The buyer of an order writes to the store. BrickLink's notification of it is the test's to post or queue. */
  sendMessage(orderNumber: number, body: string, subject: string | null = null): void {
    const from = this.buyerNameOf(orderNumber);
    const message = { subject, body, from, to: sellerName, dateSent: new Date(Date.now()).toISOString() };
    this.messages.set(orderNumber, [...(this.messages.get(orderNumber) ?? []), message]);
  }

  /** The buyer rates the store: 0 praise, 1 neutral, 2 complaint. BrickLink's notification is the test's to post or queue. */
  leaveFeedback(orderNumber: number, rating: 0 | 1 | 2, comment: string): BricklinkFeedback {
    const order = this.orders.get(orderNumber);
    if (!order) throw new Error(`The fake BrickLink has no order ${orderNumber}.`);
    return newFeedback(this, order, "S", { rating, comment });
  }

  private buyerNameOf(orderNumber: number): string {
    return this.orders.get(orderNumber)?.buyerName ?? defaultBuyerName;
  }

  private async answer(input: string | URL | Request, init: RequestInit = {}): Promise<Response> {
    const isRequest = input instanceof Request;
    const url = new URL(isRequest ? input.url : input);
    const path = url.pathname.replace("/api/store/v1", "");
    const method = init.method ?? (isRequest ? input.method : "GET");
    const call = method === "GET" ? path : `${method} ${path}`;
    this.calls.push(call);
    await this.beforeAnswer(call);
    const prepared = this.outage ?? this.answersByPath.get(call) ?? this.nextAnswers.shift();
    if (prepared) return await prepared();
    if (method === "GET") return this.read(path, url.searchParams);
    const body = isRequest ? await input.text() : typeof init.body === "string" ? init.body : "";
    return await this.write({ call, body });
  }

  private async write(write: Write): Promise<Response> {
    const fault = this.nextWriteFaults.shift();
    if (fault?.takesEffect === false) return await fault.answer();
    const { isAccepted, answer } = performWrite(this, write);
    if (isAccepted) this.acceptedWrites.push(write);
    return fault ? await fault.answer() : answer;
  }

  private read(path: string, query: URLSearchParams): Response {
    const [, resource, number, part] = path.split("/");
    if (resource === "notifications") return envelope(this.unreadNotifications.splice(0));
    if (resource === "inventories") return envelope(this.inventory.map(itemJson));
    if (resource === "feedback") {
      const about = query.get("direction") === "out" ? "B" : "S";
      return envelope(this.feedback.filter(({ rating_of_bs }) => rating_of_bs === about));
    }
    if (path === "/settings/shipping_methods") return envelope(shippingMethods.map(shippingMethodBody));
    if (resource !== "orders") return envelope(undefined, 404, "", "RESOURCE_NOT_FOUND");
    if (number === undefined)
      return envelope(this.listedOrders().map((order) => orderJson(order, this.fieldsOf(order.number))));
    const order = this.orders.get(Number(number));
    if (!order) return envelope(undefined, 404, "Resource not found", "RESOURCE_NOT_FOUND");
    switch (part) {
      case undefined: {
        const fields = this.fieldsOf(order.number);
        const isShown = Date.now() >= this.mailsShownFrom;
        return envelope(orderJson(order, isShown ? fields : { ...fields, driveThruMails: 0 }));
      }
      case "messages":
        return envelope(this.messages.get(order.number) ?? []);
      case "feedback":
        return envelope(this.feedback.filter(({ order_id }) => order_id === order.number));
      default:
        return envelope(order.batches.map((batch) => batch.map(itemJson)));
    }
  }
}
