/** All text about changes that are sent to BrickLink: what they are, how far they are, and what to do when one is refused. */
import { problemText } from "../health/problemText";
import { statusText } from "../orders/statusText";
import { formatCount } from "../ui/formatCount";
import { relativeTime } from "../ui/time";
import type { Change, Requested, SellerStatus, Write } from "./types";

/** The button that sets a status. */
export const moveLabels: Record<SellerStatus, string> = {
  PROCESSING: "Processing",
  READY: "Ready",
  PAID: "Paid",
  PACKED: "Packed",
  SHIPPED: "Shipped",
  COMPLETED: "Completed",
};

/** What a person says of a buyer. */
export const ratingLabels: Record<Extract<Change, { kind: "feedback" }>["rating"], string> = {
  praise: "Praise",
  neutral: "Neutral feedback",
  complaint: "Complaint",
};

/** What a change does, as a label. */
export function changeText(change: Change): string {
  switch (change.kind) {
    case "status":
      return moveLabels[change.status];
    case "payment":
      return `Payment: ${change.paymentStatus.toLowerCase()}`;
    case "shipping":
      return change.trackingNumber ? `Tracking number ${change.trackingNumber}` : "Shipping details";
    case "remarks":
      return "Remarks";
    case "filing":
      return change.isFiled ? "Filed" : "Not filed any more";
    case "driveThru":
      return "Drive-thru mail to the buyer";
    case "feedback":
      return ratingLabels[change.rating];
  }
}

/** Why a change will not be sent, and what to do. */
export function refusalText({ code, detail }: NonNullable<Write["problem"]>): string {
  const status = detail === undefined ? "another status" : `“${statusText(detail)}”`;
  switch (code) {
    case "readOnly":
      return "It was not sent, because an owner set this store to be only read.";
    case "expired":
      return "It was not sent within a day. Send it again if it is still right.";
    case "moveNotAllowed":
      return `It was not sent: the order is ${status} at BrickLink by now. Set it on BrickLink if it has to change.`;
    case "orderClosed":
      return `It was not sent: the order is ${status} at BrickLink by now.`;
    case "notReceived":
      return `It was not sent: the order is ${status} at BrickLink by now, and feedback is left once it is received.`;
    case "rejected":
      return `BrickLink refused it and the order is as it was${detail === undefined ? "" : ` (${detail.replace(/\.$/, "")})`}. Look at the order on BrickLink, then send it again or dismiss this.`;
    default:
      return `${problemText({ code, ...(detail !== undefined && { detail }) })} Look at the order on BrickLink, then send it again or dismiss this.`;
  }
}

/** The longest that a new change waits, in seconds. The server has it; see convex/marketplaces/bricklink/outbox/states.ts. */
const SECONDS_MAX = 10;

/** Whole seconds until a new change is sent, from 1 to 10: the two clocks may differ. Both times are milliseconds UTC. */
export function secondsUntil(at: number, now: number): number {
  return Math.min(SECONDS_MAX, Math.max(1, Math.ceil((at - now) / 1_000)));
}

/** How far a change is. `now`: milliseconds since the epoch, UTC. */
export function writeStateText({ status, attempts, dueAt, problem, outcome }: Write, now: number): string {
  switch (status) {
    case "waiting":
      if (attempts === 0) return dueAt > now ? `is sent in ${secondsUntil(dueAt, now)} s` : "is sent next";
      return `is not confirmed yet. ${problem ? `${problemText(problem)} ` : ""}It is sent again ${relativeTime(dueAt, now)}.`;
    case "sending":
      return "is being sent";
    case "sent":
      return outcome === "alreadySo" ? "was so at BrickLink already" : "sent to BrickLink";
    case "refused":
      return problem ? refusalText(problem) : "refused";
    case "withdrawn":
      return "taken back, not sent";
    case "replaced":
      return "replaced by a newer one";
  }
}

/** What is about to be sent: "Packed for order 123", or "3 changes". */
export function pendingText(writes: readonly Pick<Write, "change" | "orderNumber">[]): string {
  const [first, ...others] = writes;
  if (!first) return "";
  const isSame = others.every(({ change }) => changeText(change) === changeText(first.change));
  if (isSame && others.length > 0) return `${changeText(first.change)} for ${writes.length} orders is sent`;
  if (others.length > 0) return `${writes.length} changes are sent`;
  return `${changeText(first.change)} for order ${first.orderNumber} is sent`;
}

/** A closed change as an entry of its order's history: "ann changed: Packed, sent to BrickLink". */
export function writeHistoryText({ change, requestedBy, ...write }: Write): string {
  const who = requestedBy ?? "A former colleague";
  // A closed change waits for nothing, so that the time does not matter.
  return `${who} changed: ${changeText(change)}, ${writeStateText({ change, requestedBy, ...write }, 0)}`;
}

const leftOutTexts: Record<NonNullable<Requested["reason"]>, string> = {
  alreadySo: "already so",
  moveNotAllowed: "not possible in their status",
  orderClosed: "cancelled",
  notReceived: "not received yet",
  notFound: "not in this store",
};

/** What became of a change of several orders: "Packed is sent for 12 orders. 2 left out: already so." */
export function requestedText(label: string, requested: readonly Requested[]): string {
  const accepted = requested.filter(({ writeId }) => writeId !== null).length;
  const leftOut = new Map<string, number>();
  for (const { reason } of requested) {
    if (reason) leftOut.set(leftOutTexts[reason], (leftOut.get(leftOutTexts[reason]) ?? 0) + 1);
  }
  const reasons = [...leftOut].map(([reason, count]) => `${count} left out: ${reason}.`);
  const sent =
    accepted === 0 ? `Nothing to send.` : `${label} is sent for ${formatCount(accepted, "order")}.`;
  return [sent, ...reasons].join(" ");
}

type Unfinished = {
  isPaid: boolean;
  shortQuantity: number;
  unmatchedLines: number;
  pickedLines: number;
  lineCount: number;
};

/** What speaks against closing a parcel now; empty when nothing does. */
export function parcelConcerns(order: Unfinished): string[] {
  const { isPaid, shortQuantity, unmatchedLines, pickedLines, lineCount } = order;
  const unpicked = lineCount - pickedLines;
  return [
    ...(isPaid ? [] : ["The order is not paid."]),
    ...(unpicked > 0 ? [`${formatCount(unpicked, "line")} not picked.`] : []),
    ...(shortQuantity > 0 ? [`${formatCount(shortQuantity, "piece")} missing from the stock.`] : []),
    ...(unmatchedLines > 0 ? [`${formatCount(unmatchedLines, "line")} unmatched.`] : []),
  ];
}

/** What a button does at BrickLink, said before it is pressed. */
export const moveEffects: Record<SellerStatus, string> = {
  PROCESSING: "Sets the order to “Processing” at BrickLink.",
  READY: "Sets the order to “Ready” at BrickLink.",
  PAID: "Sets the order to “Paid” at BrickLink. The buyer sees it.",
  PACKED: "Sets the order to “Packed” at BrickLink. The buyer sees it.",
  SHIPPED: "Sets the order to “Shipped” at BrickLink and takes its goods out of the stock.",
  COMPLETED: "Sets the order to “Completed” at BrickLink.",
};

/** Orders changed at once. The server allows as many; see ORDERS_PER_CALL_MAX in convex/marketplaces/bricklink/outbox/requests.ts. */
export const SELECTION_MAX = 100;

/** The writes that an owner allows, for the settings. */
export const writesList: readonly string[] = [
  "an order's status: Processing, Ready, Paid, Packed, Shipped, Completed",
  "its tracking number, tracking link and date of shipping",
  "its payment status, its remarks, and whether it is filed",
  "the drive-thru mail to its buyer",
  "feedback for its buyer, once it is received or completed",
];
