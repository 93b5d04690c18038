/**
 * What must have become of the changes that staff decided, once all faults have ended and all work is done. Judged from the record
 * of the clicks and from what reached BrickLink, by rules independent of the product's.
 */
import { expect } from "vitest";
import type { Doc } from "../../convex/_generated/dataModel";
import type { Order } from "../../local/bricklink/store/model";
import { shippingMethodIdOf } from "../../local/bricklink/store/shippingMethods";
import { allOf } from "../support/store";
import { writesOf, type Change } from "../support/writes";
import type { CarriedOut } from "./orderHistory";
import { checkRefusals } from "./refusals";
import type { StoreSimulation } from "./simulation";
import type { Decision } from "./staff";

type Write = Doc<"bricklinkWrites">;

/** The way of an order. One that somebody else moved on is not set back. */
const way = [
  "PENDING",
  "UPDATED",
  "PROCESSING",
  "READY",
  "PAID",
  "PACKED",
  "SHIPPED",
  "RECEIVED",
  "COMPLETED",
];

/** The fields of an order that changes set, as text; null where BrickLink has none. */
const fieldNames = [
  "status",
  "payment",
  "trackingNumber",
  "trackingLink",
  "shippedAt",
  "methodId",
  "remarks",
  "filing",
] as const;
type FieldName = (typeof fieldNames)[number];
type Fields = Partial<Record<FieldName, string | null>>;

/** What a request changes: fields, or what is done once. */
type Content = Fields | "mail" | { feedback: string };

function fieldsOfChange(change: Change): Fields {
  switch (change.kind) {
    case "status":
      return { status: change.status };
    case "payment":
      return { payment: change.paymentStatus };
    case "shipping": {
      const { trackingNumber, trackingLink, shippedAt, methodId } = change;
      return {
        ...(trackingNumber !== undefined && { trackingNumber }),
        ...(trackingLink !== undefined && { trackingLink }),
        ...(shippedAt !== undefined && { shippedAt: String(shippedAt) }),
        ...(methodId !== undefined && { methodId: String(methodId) }),
      };
    }
    case "remarks":
      return { remarks: change.remarks };
    case "filing":
      return { filing: String(change.isFiled) };
    case "driveThru":
    case "feedback":
      return {};
  }
}

function contentOf(change: Change): Content {
  if (change.kind === "driveThru") return "mail";
  if (change.kind !== "feedback") return fieldsOfChange(change);
  return { feedback: feedbackText(ratings.indexOf(change.rating), change.comment) };
}

/** As BrickLink numbers them. */
const ratings: readonly string[] = ["praise", "neutral", "complaint"];

function feedbackText(rating: number, comment: string): string {
  return `${ratings[rating]}: ${comment}`;
}

function textOf(value: number | null): string | null {
  return value === null ? null : String(value);
}

function fieldsAtBricklink({ status, paymentStatus, shipment, remarks, ...order }: Order): Fields {
  const { trackingNumber, trackingLink, shippedAt } = shipment;
  return {
    ...{ status, payment: paymentStatus, trackingNumber, trackingLink, remarks },
    shippedAt: textOf(shippedAt),
    methodId: String(shippingMethodIdOf(order.shippingMethod)),
    filing: String(order.isFiled),
  };
}

function storedFields(order: Doc<"bricklinkOrders">): Fields {
  const { status, payment, shipping, remarks = null, isFiled = false } = order;
  const { trackingNumber = null, trackingLink = null, shippedAt = null, methodId = null } = shipping;
  return {
    ...{ status, payment: payment.status ?? null, trackingNumber, trackingLink, remarks },
    shippedAt: textOf(shippedAt),
    methodId: textOf(methodId),
    filing: String(isFiled),
  };
}

/** The change that a request of the store made. */
function contentOfRequest({ path, body }: CarriedOut): Content {
  if (path.endsWith("/drive_thru")) return "mail";
  const sent = JSON.parse(body) as {
    value?: string;
    shipping?: { tracking_no?: string; tracking_link?: string; date_shipped?: string; method_id?: number };
    remarks?: string;
    is_filed?: boolean;
    rating?: number;
    comment?: string;
  };
  if (path === "/feedback") return { feedback: feedbackText(sent.rating ?? 0, sent.comment ?? "") };
  if (path.endsWith("/payment_status")) return { payment: sent.value ?? null };
  if (path.endsWith("/status")) return { status: sent.value ?? null };
  const { tracking_no, tracking_link, date_shipped, method_id } = sent.shipping ?? {};
  return {
    ...(tracking_no !== undefined && { trackingNumber: tracking_no }),
    ...(tracking_link !== undefined && { trackingLink: tracking_link }),
    ...(date_shipped !== undefined && { shippedAt: String(Date.parse(date_shipped)) }),
    ...(method_id !== undefined && { methodId: String(method_id) }),
    ...(sent.remarks !== undefined && { remarks: sent.remarks }),
    ...(sent.is_filed !== undefined && { filing: String(sent.is_filed) }),
  };
}

/** The decision that a request carries out: the latest of this content that stood when it was sent. */
function decisionBehind(request: CarriedOut, decisions: readonly Decision[]): Decision | undefined {
  const sent = JSON.stringify(contentOfRequest(request));
  const isOf = ({ change }: Decision) => JSON.stringify(contentOf(change)) === sent;
  return decisions.findLast((decision) => {
    const { orderNumber, askedAt, takenBackAt = Infinity } = decision;
    // It may have been sent and taken back within the same millisecond.
    const isOpen = askedAt <= request.at && request.at <= takenBackAt;
    return orderNumber === request.orderNumber && isOpen && isOf(decision);
  });
}

type Sent = Decision & { closedAt: number };

/** The decisions that are closed as sent, each with when that was, in the order of the decisions. */
function sentDecisions(decisions: readonly Decision[], writes: ReadonlyMap<string, Write>): Sent[] {
  return decisions
    .flatMap((decision) => {
      const write = writes.get(decision.writeId);
      return write?.status === "sent" ? [{ ...decision, closedAt: write.closedAt ?? 0 }] : [];
    })
    .sort((a, b) => a.decidedAt - b.decidedAt);
}

function isSameOrPast(status: string | null | undefined, target: string | null | undefined): boolean {
  return status === target || way.indexOf(status ?? "") > way.indexOf(target ?? "");
}

/** Why a field of an order is not what was decided last; null when it is, or when something later explains the difference. */
function unexplained(
  { model, history, staff }: StoreSimulation,
  orderNumber: number,
  name: FieldName,
  sent: readonly Sent[],
): string | null {
  const last = sent.findLast(({ change }) => fieldsOfChange(change)[name] !== undefined);
  if (last === undefined) return null;
  const wanted = fieldsOfChange(last.change)[name];
  const present = fieldsAtBricklink(model.order(orderNumber))[name];
  if (present === wanted) return null;
  // A later decision may have reached BrickLink although it was refused, withdrawn or replaced in the end.
  const lastWrite = history.writes.findLast((write) => {
    const content = contentOfRequest(write);
    return write.orderNumber === orderNumber && content !== "mail" && name in content;
  });
  const behind = lastWrite && decisionBehind(lastWrite, staff.decisions);
  if (behind && behind.decidedAt > last.decidedAt) return null;
  if (name === "status") {
    const set = history.statusSet.get(orderNumber);
    if (set?.isByStore === false && (set.at >= last.closedAt || isSameOrPast(present, wanted))) return null;
  } else if ((history.changedByOthersAt.get(orderNumber) ?? 0) >= last.decidedAt) return null;
  return `order ${orderNumber}: ${name} is ${present}, and ${wanted} was decided last`;
}

function wrongMails(
  { model, history }: StoreSimulation,
  orderNumber: number,
  sent: readonly Sent[],
): string[] {
  const { driveThruMails } = model.order(orderNumber);
  const repeated = history.repeatedMails.filter((write) => write.orderNumber === orderNumber);
  const isDecided = sent.some(({ change }) => change.kind === "driveThru");
  return [
    ...repeated.map(({ at }) => `order ${orderNumber}: a second mail at ${at}`),
    ...(isDecided && driveThruMails.length === 0 ? [`order ${orderNumber}: its mail was never sent`] : []),
  ];
}

/** Feedback that is at BrickLink and not stored with its order, or was decided and is not at BrickLink. */
async function wrongFeedback({ store, model }: StoreSimulation, sent: readonly Sent[]): Promise<string[]> {
  const orders = new Map((await store.orders()).map(({ _id, orderNumber }) => [_id, orderNumber]));
  const stored = (await allOf(store, "orderFeedback")).map(
    ({ orderId, direction, rating, comment }) =>
      `${direction} ${orders.get(orderId)} ${feedbackText(ratings.indexOf(rating), comment)}`,
  );
  const left = [...model.orders.values()].flatMap(({ id, feedback }) =>
    feedback.map(({ rating, comment }) => `given ${id} ${feedbackText(rating, comment)}`),
  );
  const decided = sent.filter(({ change }) => change.kind === "feedback");
  return [
    ...left.filter((each) => !stored.includes(each)).map((each) => `not stored: ${each}`),
    ...stored.filter((each) => !left.includes(each)).map((each) => `not at BrickLink: ${each}`),
    ...decided
      .filter(({ orderNumber }) => model.order(orderNumber).feedback.length === 0)
      .map(({ orderNumber }) => `order ${orderNumber}: its feedback was never left`),
  ];
}

/** Checks what became of all that staff decided. Returns how many changes ended in each way. */
export async function checkDecisions(simulation: StoreSimulation): Promise<Record<string, number>> {
  const { store, model, history, staff } = simulation;
  const stored = await writesOf(store);
  expect(stored.filter(({ status }) => status === "waiting" || status === "sending")).toEqual([]);
  const writes = new Map(stored.map((write) => [write._id as string, write]));
  const sent = sentDecisions(staff.decisions, writes);
  await checkRefusals(simulation);

  // Nothing reached BrickLink that nobody had decided, or that was withdrawn or replaced by then.
  const undecided = history.writes.filter((write) => !decisionBehind(write, staff.decisions));
  expect(undecided).toEqual([]);
  // What was taken back is closed as such, and nothing else is.
  for (const { writeId, takenBackAt } of staff.decisions) {
    const isTakenBack = ["withdrawn", "replaced"].includes(writes.get(writeId)?.status ?? "");
    expect(isTakenBack, writeId).toBe(takenBackAt !== undefined);
  }
  for (const order of model.orders.values()) {
    const ofOrder = sent.filter(({ orderNumber }) => orderNumber === order.id);
    const wrong = fieldNames.map((name) => unexplained(simulation, order.id, name, ofOrder));
    expect(wrong.filter((each) => each !== null)).toEqual([]);
    expect(wrongMails(simulation, order.id, ofOrder)).toEqual([]);
  }
  expect(await wrongFeedback(simulation, sent)).toEqual([]);
  for (const order of await store.orders()) {
    const atBricklink = model.order(order.orderNumber);
    const stored = storedFields(order);
    const isFilingUnknown = history.filedByOthers.has(order.orderNumber);
    expect(isFilingUnknown ? { ...stored, filing: String(atBricklink.isFiled) } : stored).toEqual(
      fieldsAtBricklink(atBricklink),
    );
    expect(order.isDriveThruSent ?? false).toBe(atBricklink.isDriveThruSent);
  }
  const ends: Record<string, number> = {};
  for (const { status, outcome, problem } of stored) {
    const end = [status, outcome ?? (status === "refused" ? problem?.code : undefined)].join(" ").trim();
    ends[end] = (ends[end] ?? 0) + 1;
  }
  return ends;
}
