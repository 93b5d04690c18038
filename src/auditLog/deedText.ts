/** All text about the audit log's entries: what somebody did. */
import { roleLabel } from "../account/roleText";
import { adjustmentReasons } from "../inventory/adjustmentText";
import type { Deed, Entry } from "./entry";

type Item = Extract<Deed, { action: "linePicked" }>["subject"]["item"];

/** What stands for a person whose account no longer exists. */
export const UNKNOWN_PERSON = "Somebody who left";

/** "Red Brick 2 x 4 (3001)". The bin stands beside the sentence. */
function itemText({ partNumber, itemName, colorName }: Item): string {
  const name = colorName === undefined ? itemName : `${colorName} ${itemName}`;
  return `${name} (${partNumber})`;
}

function pollText(minutes: number): string {
  return minutes === 60 ? "hour" : `${minutes} minutes`;
}

function reasonText(reason: Extract<Deed, { action: "lotAdjusted" }>["reason"]): string {
  const { label } = adjustmentReasons.find(({ value }) => value === reason) ?? { label: reason };
  return label.toLowerCase();
}

const eventTexts = { Order: "the order", Message: "a message", Feedback: "feedback" };

type OrderChangeDeed = Extract<Deed, { change: string }>;

/** What of an order was to change at BrickLink: "the status to PACKED". */
function orderChangeText({ change, after = "" }: OrderChangeDeed): string {
  const texts: Record<OrderChangeDeed["change"], string> = {
    status: `the status to ${after}`,
    payment: `the payment to ${after}`,
    shipping: "the shipping details",
    remarks: "the remarks",
    filed: "that the order is filed",
    unfiled: "that the order is not filed",
    driveThru: "the drive-thru mail",
    feedback: `the feedback for the buyer, ${after}`,
  };
  return texts[change];
}

/** What was done, as a sentence without its subject: "Picked 4 × Red Brick 2 x 4 (3001)". */
export function deedText({ deed, member }: Pick<Entry, "deed" | "member">): string {
  const person = member ?? UNKNOWN_PERSON;
  switch (deed.action) {
    case "storeCreated":
      return `Created the store “${deed.after}”`;
    case "auditLogExported":
      return "Exported this log";
    case "roleChanged":
      return `Changed the role of ${person} from ${roleLabel(deed.before)} to ${roleLabel(deed.after)}`;
    case "newPasswordLinkMade":
      return `Made a link to a new password for ${person}`;
    case "newPasswordSet":
      return "Set a new password, by a link that an owner made";
    case "memberRemoved":
      return `Removed ${person}, whose role was ${roleLabel(deed.before)}`;
    case "invitationCreated":
      return `Invited “${deed.subject.label}” as ${roleLabel(deed.subject.role)}`;
    case "invitationRevoked":
      return `Took back the invitation for “${deed.subject.label}” as ${roleLabel(deed.subject.role)}`;
    case "invitationUsed":
      return `Joined as ${roleLabel(deed.subject.role)}, by the invitation for “${deed.subject.label}”`;
    case "storeConnected":
      return "Connected BrickLink";
    case "keysChanged":
      return "Changed the BrickLink keys";
    case "connectionTested":
      return "Tested the connection to BrickLink";
    case "callbackUrlChanged":
      return "Made a new callback URL";
    case "previousCallbackUrlStopped":
      return "Stopped the old callback URL";
    case "storePaused":
      return "Paused the store";
    case "storeResumed":
      return "Resumed the store";
    case "pollIntervalChanged":
      return `Had BrickLink asked every ${pollText(deed.after)} instead of every ${pollText(deed.before)}`;
    case "parcelSettingsChanged":
      return "Changed what packing slips and address labels say of the store";
    case "importStarted":
      return "Started an import of the inventory from BrickLink";
    case "listsCompared":
      return "Started a comparison of all orders with BrickLink";
    case "stockAuditStarted":
      return "Started a stock audit";
    case "orderFetched":
      return "Fetched the order from BrickLink";
    case "waitingLimitChanged":
      return `Let paid orders wait ${deed.after} hours instead of ${deed.before}`;
    case "writesEnabled":
      return "Allowed changes at BrickLink";
    case "writesDisabled":
      return "Set the store to be only read";
    case "praiseTextChanged":
      return "Changed what praise for buyers says";
    case "orderChangeRequested":
      return `Asked BrickLink to change: ${orderChangeText(deed)}`;
    case "orderChangeWithdrawn":
      return `Took back a change at BrickLink: ${orderChangeText(deed)}`;
    case "orderChangeRetried":
      return `Sent a refused change again: ${orderChangeText(deed)}`;
    case "orderChangeDismissed":
      return `Dismissed a refused change: ${orderChangeText(deed)}`;
    case "messagesRead":
      return `Marked ${deed.quantity} ${deed.quantity === 1 ? "message" : "messages"} as read`;
    case "linePicked": {
      const before = deed.before === 0 ? "" : `, ${deed.before} before`;
      return `Picked ${deed.after} × ${itemText(deed.subject.item)}${before}`;
    }
    case "lineUnpicked":
      return `Marked ${deed.before} × ${itemText(deed.subject.item)} as not picked`;
    case "lossReported":
      return `Reported ${deed.quantity} ${deed.reason} of ${itemText(deed.subject.item)}`;
    case "lossUndone":
      return `Took back the report of ${deed.quantity} ${deed.reason} of ${itemText(deed.subject.item)}`;
    case "takenFromOtherBin":
      return `Took ${deed.quantity} from ${deed.location} for ${itemText(deed.subject.item)}`;
    case "putBackInOtherBin":
      return `Put ${deed.quantity} back in ${deed.location}, taken for ${itemText(deed.subject.item)}`;
    case "recountDismissed":
      return `Said that no count is needed: ${itemText(deed.subject.item)}`;
    case "returnConfirmed":
      return `Put ${deed.quantity} × ${itemText(deed.subject.item)} back`;
    case "buyerDataExported":
      return "Exported what is stored about a buyer";
    case "buyerDataErased":
      return `Removed a buyer from ${deed.quantity} closed ${deed.quantity === 1 ? "order" : "orders"}`;
    case "notificationRetried":
      return `Retried the event about ${eventTexts[deed.subject.eventType]}`;
    case "lotAdjusted":
      return deed.before === deed.after
        ? `Confirmed ${deed.after} on hand, ${reasonText(deed.reason)}: ${itemText(deed.subject.item)}`
        : `Changed on hand from ${deed.before} to ${deed.after}, ${reasonText(deed.reason)}: ${itemText(deed.subject.item)}`;
    case "adjustmentUndone":
      return `Undid an adjustment, on hand from ${deed.before} to ${deed.after}: ${itemText(deed.subject.item)}`;
  }
}
