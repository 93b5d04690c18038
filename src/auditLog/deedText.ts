/** All text about the audit log's entries: what somebody did. */
import { roleLabel } from "../account/roleText";
import { ratingOptions } from "../correspondence/feedbackText";
import { adjustmentReasons } from "../inventory/adjustmentText";
import { paymentStatusText, statusText } from "../orders/statusText";
import { deedWords } from "./deedWordsText";
import type { Deed, Entry } from "./entry";

type Item = Extract<Deed, { action: "linePicked" }>["subject"]["item"];

/** What stands for a person whose account no longer exists. */
export const UNKNOWN_PERSON = deedWords.unknownPerson;

/** "Red Brick 2 x 4 (3001)". The bin stands beside the sentence. */
function itemText({ partNumber, itemName, colorName }: Item): string {
  const name = colorName === undefined ? itemName : `${colorName} ${itemName}`;
  return `${name} (${partNumber})`;
}

function pollText(minutes: number): string {
  return minutes === 60 ? deedWords.everyHour : deedWords.everyMinutes(minutes);
}

function reasonLabel(reason: Extract<Deed, { action: "lotAdjusted" }>["reason"]): string {
  return adjustmentReasons.find(({ value }) => value === reason)?.label ?? reason;
}

type OrderChangeDeed = Extract<Deed, { change: string }>;

/** BrickLink's own value in words; one that is not known as BrickLink has it. */
function valueText(change: OrderChangeDeed["change"], value: string): string {
  if (change === "status") return statusText(value);
  if (change === "payment") return paymentStatusText(value);
  return ratingOptions.find((option) => option.value === value)?.label ?? value;
}

/** What of an order was to change at BrickLink: "the status to “Packed”". */
function orderChangeText({ change, after = "" }: OrderChangeDeed): string {
  return deedWords.changes[change](valueText(change, after));
}

/** What was done, as a sentence without its subject: "Picked 4 × Red Brick 2 x 4 (3001)". */
export function deedText({ deed, member }: Pick<Entry, "deed" | "member">): string {
  const person = member ?? UNKNOWN_PERSON;
  switch (deed.action) {
    case "storeCreated":
      return deedWords.storeCreated(deed.after);
    case "roleChanged":
      return deedWords.roleChanged(person, roleLabel(deed.before), roleLabel(deed.after));
    case "newPasswordLinkMade":
      return deedWords.newPasswordLinkMade(person);
    case "memberRemoved":
      return deedWords.memberRemoved(person, roleLabel(deed.before));
    case "invitationCreated":
    case "invitationRevoked":
    case "invitationUsed":
      return deedWords[deed.action](deed.subject.label, roleLabel(deed.subject.role));
    case "pollIntervalChanged":
      return deedWords.pollIntervalChanged(pollText(deed.after), pollText(deed.before));
    case "waitingLimitChanged":
      return deedWords.waitingLimitChanged(deed.after, deed.before);
    case "orderChangeRequested":
    case "orderChangeWithdrawn":
    case "orderChangeRetried":
    case "orderChangeDismissed":
      return deedWords[deed.action](orderChangeText(deed));
    case "messagesRead":
      return deedWords.messagesRead(deed.quantity);
    case "linePicked": {
      const item = itemText(deed.subject.item);
      return deed.before === 0
        ? deedWords.linePicked(deed.after, item)
        : deedWords.linePickedAgain(deed.after, item, deed.before);
    }
    case "lineUnpicked":
      return deedWords.lineUnpicked(deed.before, itemText(deed.subject.item));
    case "lossReported":
    case "lossUndone":
      return deedWords[deed.action][deed.reason](deed.quantity, itemText(deed.subject.item));
    case "takenFromOtherBin":
    case "putBackInOtherBin":
      return deedWords[deed.action](deed.quantity, deed.location, itemText(deed.subject.item));
    case "recountDismissed":
      return deedWords.recountDismissed(itemText(deed.subject.item));
    case "returnConfirmed":
      return deedWords.returnConfirmed(deed.quantity, itemText(deed.subject.item));
    case "buyerDataErased":
      return deedWords.buyerDataErased(deed.quantity);
    case "notificationRetried":
      return deedWords.notificationRetried[deed.subject.eventType];
    case "lotAdjusted": {
      const { before, after, reason, subject } = deed;
      return before === after
        ? deedWords.lotConfirmed(after, reasonLabel(reason), itemText(subject.item))
        : deedWords.lotAdjusted(before, after, reasonLabel(reason), itemText(subject.item));
    }
    case "adjustmentUndone":
      return deedWords.adjustmentUndone(deed.before, deed.after, itemText(deed.subject.item));
    default:
      return deedWords[deed.action];
  }
}
