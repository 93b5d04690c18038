/** What a write of the store changes at the fake BrickLink. It refuses what the simulator in `local/bricklink` refuses. */
import { notFound, Refusal, updateNotAllowed } from "../../local/bricklink/api/refusal";
import {
  readNewFeedback,
  readNewStatus,
  readOrderUpdate,
  readReply,
  type NewFeedback,
  type OrderUpdate,
} from "../../local/bricklink/api/writeBodies";
import { isPaid, mayMove, paidAtAfter } from "../../local/bricklink/store/statusMoves";
import {
  defaultBuyerName,
  orderJson,
  sellerName,
  type BricklinkFeedback,
  type BricklinkOrder,
  type WrittenFields,
} from "./bricklinkOrders";
import { envelope, refusalEnvelope } from "./bricklinkAnswers";

/** The part of the fake BrickLink that writes read and change. */
export type WritableBricklink = {
  readonly orders: Map<number, BricklinkOrder>;
  readonly feedback: BricklinkFeedback[];
  fieldsOf: (orderNumber: number) => WrittenFields;
};

/** A write as it arrived. `call`: method and path, such as "PUT /orders/100/status". */
export type Write = { call: string; body: string };

function setStatus({ orders }: WritableBricklink, order: BricklinkOrder, to: string): Response {
  const { status, changedAt, orderedAt = changedAt } = order;
  if (!mayMove("seller", status, to)) throw updateNotAllowed();
  if (to !== status) orders.set(order.number, { ...order, status: to, orderedAt, changedAt: Date.now() });
  return envelope({});
}

function setPaymentStatus(fields: WrittenFields, paymentStatus: string): void {
  fields.paymentStatus = paymentStatus;
  fields.paidAt = paidAtAfter(paymentStatus, fields.paidAt, Date.now());
}

function updateOrder(
  bricklink: WritableBricklink,
  order: BricklinkOrder,
  { cost, shipping, remarks, is_filed }: OrderUpdate,
): Response {
  const fields = bricklink.fieldsOf(order.number);
  const { paymentStatus } = fields;
  if (!isPaid({ status: order.status, paymentStatus })) Object.assign(fields.cost, cost);
  Object.assign(fields.shipping, shipping);
  if (remarks !== undefined) fields.remarks = remarks;
  const updated = is_filed === undefined ? order : { ...order, isFiled: is_filed };
  bricklink.orders.set(order.number, updated);
  return envelope(orderJson(updated, fields));
}

function postFeedback(bricklink: WritableBricklink, sent: NewFeedback): Response {
  const order = bricklink.orders.get(sent.order_id);
  if (!order) throw notFound();
  const { feedback } = bricklink;
  if (feedback.some(({ order_id, rating_of_bs }) => order_id === order.number && rating_of_bs === "B"))
    throw updateNotAllowed("FEEDBACK_ALREADY_POSTED");
  const posted = newFeedback(bricklink, order, "B", sent);
  return envelope(posted, 201, "OK_CREATED", "OK_CREATED");
}

/** Adds feedback about the seller ("S") or the buyer ("B"). */
export function newFeedback(
  { feedback }: Pick<WritableBricklink, "feedback">,
  { number, buyerName = defaultBuyerName }: BricklinkOrder,
  about: "S" | "B",
  { rating, comment }: Pick<NewFeedback, "rating" | "comment">,
): BricklinkFeedback {
  const [from, to] = about === "S" ? [buyerName, sellerName] : [sellerName, buyerName];
  const added: BricklinkFeedback = {
    feedback_id: 9_001 + feedback.length,
    order_id: number,
    from,
    to,
    date_rated: new Date(Date.now()).toISOString(),
    rating,
    rating_of_bs: about,
    comment,
  };
  feedback.push(added);
  return added;
}

function replyTo({ feedback }: WritableBricklink, id: number, reply: string): Response {
  const received = feedback.find(({ feedback_id }) => feedback_id === id);
  if (!received) throw notFound();
  if (received.rating_of_bs !== "S") throw updateNotAllowed("NOT_RECEIVED_FEEDBACK");
  if (received.reply !== undefined) throw updateNotAllowed("REPLY_ALREADY_POSTED");
  received.reply = reply;
  return envelope({});
}

function perform(bricklink: WritableBricklink, { call, body }: Write): Response {
  if (call === "POST /feedback") return postFeedback(bricklink, readNewFeedback(body));
  const [, feedbackId] = /^POST \/feedback\/(\d+)\/reply$/.exec(call) ?? [];
  if (feedbackId !== undefined) return replyTo(bricklink, Number(feedbackId), readReply(body));
  const [, method, number, part] = /^(PUT|POST) \/orders\/(\d+)(?:\/(\w+))?$/.exec(call) ?? [];
  const order = bricklink.orders.get(Number(number));
  if (!order) throw notFound();
  switch (`${method} ${part ?? ""}`) {
    case "PUT ":
      return updateOrder(bricklink, order, readOrderUpdate(body));
    case "PUT status":
      return setStatus(bricklink, order, readNewStatus(body, "status"));
    case "PUT payment_status":
      setPaymentStatus(bricklink.fieldsOf(order.number), readNewStatus(body, "payment_status"));
      return envelope({});
    case "POST drive_thru":
      bricklink.fieldsOf(order.number).driveThruMails += 1;
      return envelope({}, 204, "OK_NO_CONTENT", "OK_NO_CONTENT");
    default:
      throw new Refusal(405, "METHOD_NOT_ALLOWED", `The fake BrickLink has no ${call}.`);
  }
}

/** Carries a write out. `isAccepted` is false when BrickLink refuses it, which changes nothing. */
export function performWrite(
  bricklink: WritableBricklink,
  write: Write,
): { isAccepted: boolean; answer: Response } {
  try {
    return { isAccepted: true, answer: perform(bricklink, write) };
  } catch (error) {
    if (error instanceof Refusal) return { isAccepted: false, answer: refusalEnvelope(error) };
    throw error;
  }
}
