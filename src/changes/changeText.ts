/** All text about changes that are sent to BrickLink: what they are, how far they are, and what to do when one is refused. */
import { problemText } from "../health/problemText";
import { paymentStatusText, statusText } from "../orders/statusText";
import { relativeTime } from "../ui/time";
import { sentences } from "./sentencesText";
import type { Change, Requested, SellerStatus, Write } from "./types";

/** The statuses that a menu sets. */
export const moveLabels: Record<SellerStatus, string> = {
  PROCESSING: statusText("PROCESSING"),
  READY: statusText("READY"),
  PAID: statusText("PAID"),
  PACKED: statusText("PACKED"),
  SHIPPED: statusText("SHIPPED"),
  COMPLETED: statusText("COMPLETED"),
};

/** What a person says of a buyer. */
export const ratingLabels: Record<Extract<Change, { kind: "feedback" }>["rating"], string> =
  sentences.ratings;

/** What a change does, as a label. */
export function changeText(change: Change): string {
  const { changes } = sentences;
  switch (change.kind) {
    case "status":
      return moveLabels[change.status];
    case "payment":
      return changes.payment(paymentStatusText(change.paymentStatus));
    case "shipping": {
      const { kind: _kind, trackingNumber, ...others } = change;
      if (!trackingNumber) return changes.shipping;
      return Object.keys(others).length > 0
        ? changes.trackingAndMore(trackingNumber)
        : changes.tracking(trackingNumber);
    }
    case "remarks":
      return changes.remarks;
    case "filing":
      return change.isFiled ? changes.filed : changes.unfiled;
    case "driveThru":
      return changes.driveThru;
    case "feedback":
      return ratingLabels[change.rating];
  }
}

/** Why a change will not be sent, and what to do. */
export function refusalText({ code, detail }: NonNullable<Write["problem"]>): string {
  const { refusals } = sentences;
  const status = detail === undefined ? null : sentences.quoted(statusText(detail));
  switch (code) {
    case "readOnly":
      return refusals.readOnly;
    case "expired":
      return refusals.expired;
    case "moveNotAllowed":
      return refusals.moveNotAllowed(status);
    case "orderClosed":
      return refusals.orderClosed(status);
    case "changedMeanwhile":
      return refusals.changedMeanwhile;
    case "statusRefused":
      return refusals.statusRefused;
    case "notReceived":
      return refusals.notReceived(status);
    case "rejected":
      return `${refusals.rejected(detail === undefined ? "" : ` (${detail.replace(/\.$/, "")})`)} ${refusals.look}`;
    default:
      return `${problemText({ code, ...(detail !== undefined && { detail }) })} ${refusals.look}`;
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
  const { states } = sentences;
  switch (status) {
    case "waiting":
      if (attempts === 0) return dueAt > now ? states.dueIn(secondsUntil(dueAt, now)) : states.due;
      return states.unconfirmed(problem && problemText(problem), relativeTime(dueAt, now));
    case "sending":
      return states.sending;
    case "sent":
      return outcome === "alreadySo" ? states.alreadySo : states.sent;
    case "refused":
      return problem ? refusalText(problem) : states.refused;
    case "withdrawn":
      return states.withdrawn;
    case "replaced":
      return states.replaced;
  }
}

/** "Marking as packed in 7 s"; null unless it is a new status that can still be taken back. `now`: milliseconds UTC. */
export function markingText({ change, status, attempts, dueAt }: Write, now: number): string | null {
  if (change.kind !== "status" || status !== "waiting" || attempts > 0 || dueAt <= now) return null;
  return sentences.marking(moveLabels[change.status], secondsUntil(dueAt, now));
}

/** What is about to be sent: "Packed for order 123", or "3 changes". */
export function pendingText(writes: readonly Pick<Write, "change" | "orderNumber">[]): string {
  const [first, ...others] = writes;
  if (!first) return "";
  const isSame = others.every(({ change }) => changeText(change) === changeText(first.change));
  const { pending } = sentences;
  if (isSame && others.length > 0) return pending.same(changeText(first.change), writes.length);
  if (others.length > 0) return pending.several(writes.length);
  return pending.one(changeText(first.change), first.orderNumber);
}

/** A closed change as an entry of its order's history: "ann changed: Packed, sent to BrickLink". */
export function writeHistoryText({ change, requestedBy, ...write }: Write): string {
  const who = requestedBy ?? sentences.formerMember;
  if (write.status === "refused" && write.problem) {
    return sentences.historyOfRefused(who, changeText(change), refusalText(write.problem));
  }
  // A closed change waits for nothing, so that the time does not matter.
  return sentences.history(who, changeText(change), writeStateText({ change, requestedBy, ...write }, 0));
}

const leftOutTexts: Record<NonNullable<Requested["reason"]>, string> = sentences.requested.reasons;

/** What became of a change of several orders: "Packed is sent for 12 orders. 2 left out: already so." */
export function requestedText(label: string, requested: readonly Requested[]): string {
  const accepted = requested.filter(({ writeId }) => writeId !== null).length;
  const leftOut = new Map<string, number>();
  for (const { reason } of requested) {
    if (reason) leftOut.set(leftOutTexts[reason], (leftOut.get(leftOutTexts[reason]) ?? 0) + 1);
  }
  const reasons = [...leftOut].map(([reason, count]) => sentences.requested.leftOut(count, reason));
  const sent = accepted === 0 ? sentences.requested.none : sentences.requested.sent(label, accepted);
  return [sent, ...reasons].join(" ");
}

/** Which changes of one order are not sent, and why; null where all are, or the order is so already. */
export function leftOutText(requested: readonly Requested[], changes: readonly Change[]): string | null {
  const notSent = requested.flatMap(({ kind, reason }) => {
    const change = changes.find((each) => each.kind === kind);
    if (!change || !reason || reason === "alreadySo") return [];
    return [sentences.requested.notSent(changeText(change), leftOutTexts[reason])];
  });
  return notSent.length === 0 ? null : notSent.join(" ");
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
  const { concerns } = sentences;
  const unpicked = lineCount - pickedLines;
  return [
    ...(isPaid ? [] : [concerns.unpaid]),
    ...(unpicked > 0 ? [concerns.unpicked(unpicked)] : []),
    ...(shortQuantity > 0 ? [concerns.short(shortQuantity)] : []),
    ...(unmatchedLines > 0 ? [concerns.unmatched(unmatchedLines)] : []),
  ];
}

const { effects, allowed } = sentences;

/** What a button does at BrickLink, said before it is pressed. */
export const moveEffects: Record<SellerStatus, string> = {
  PROCESSING: effects.sets(moveLabels.PROCESSING),
  READY: effects.sets(moveLabels.READY),
  PAID: effects.setsSeen(moveLabels.PAID),
  PACKED: effects.setsSeen(moveLabels.PACKED),
  SHIPPED: effects.ships(moveLabels.SHIPPED),
  COMPLETED: effects.sets(moveLabels.COMPLETED),
};

/** Orders changed at once. The server allows as many; see ORDERS_PER_CALL_MAX in convex/marketplaces/bricklink/outbox/requests.ts. */
export const SELECTION_MAX = 100;

/** The writes that an owner allows, for the settings. */
export const writesList: readonly string[] = [
  allowed.status(Object.values(moveLabels).join(", ")),
  allowed.shipping,
  allowed.payment,
  allowed.driveThru,
  allowed.feedback,
];
