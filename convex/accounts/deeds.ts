/**
 * What people do to a store, as the audit log keeps it. A deed is recorded in the transaction that does it, so that neither exists
 * without the other. No deed holds a key, a token, an e-mail address or anything about a buyer.
 */
import { defineTable } from "convex/server";
import { v, type Infer, type PropertyValidators } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import type { MutationCtx } from "../_generated/server";
import { roleValidator } from "./schema";

/** The goods of a lot or of an order line, and their bin: what a person knows them by once the row is gone. */
const itemValidator = v.object({
  partNumber: v.string(),
  itemName: v.string(),
  colorName: v.optional(v.string()),
  location: v.string(),
});
export type Item = Infer<typeof itemValidator>;

// Every subject has a kind. One that is about an order or a lot has `orderNumber` or `lotId`, by which it is found.
const storeSubject = v.object({ kind: v.literal("store") });
const memberSubject = v.object({ kind: v.literal("member"), userId: v.id("users") });
/** A buyer, who is not named: the log outlives what an owner has forgotten of them. */
const buyerSubject = v.object({ kind: v.literal("buyer") });
const invitationSubject = v.object({
  kind: v.literal("invitation"),
  /** Whom it is for, without e-mail addresses: see `invitationSubjectOf`. */
  label: v.string(),
  role: roleValidator,
});
const credentialSubject = v.object({ kind: v.literal("credential") });
const settingSubject = v.object({ kind: v.literal("setting") });
/** An import or a check of the whole store. */
const runSubject = v.object({ kind: v.literal("run") });
const orderSubject = v.object({ kind: v.literal("order"), orderNumber: v.number() });
const lineSubject = v.object({
  kind: v.literal("order"),
  orderNumber: v.number(),
  item: itemValidator,
  /** Absent when no lot matches the line. */
  lotId: v.optional(v.id("inventoryItems")),
});
const notificationSubject = v.object({
  kind: v.literal("notification"),
  eventType: v.union(v.literal("Order"), v.literal("Message"), v.literal("Feedback")),
  /** Of an event about an order. */
  orderNumber: v.optional(v.number()),
});
const lotSubject = v.object({ kind: v.literal("lot"), lotId: v.id("inventoryItems"), item: itemValidator });

function deed<Action extends string, Fields extends PropertyValidators>(action: Action, fields: Fields) {
  return v.object({ action: v.literal(action), ...fields });
}

const lossReasonValidator = v.union(v.literal("missing"), v.literal("damaged"));
const adjustmentReasonValidator = v.union(
  v.literal("counted"),
  v.literal("found"),
  v.literal("missing"),
  v.literal("damaged"),
  v.literal("returned"),
  v.literal("other"),
);

/** What of an order is to change at its marketplace; `after` for a status, a payment or a rating. Texts are not kept. */
const orderChangeValidator = v.object({
  change: v.union(
    v.literal("status"),
    v.literal("payment"),
    v.literal("shipping"),
    v.literal("remarks"),
    v.literal("filed"),
    v.literal("unfiled"),
    v.literal("driveThru"),
    v.literal("feedback"),
  ),
  after: v.optional(v.string()),
});
export type OrderChange = Infer<typeof orderChangeValidator>;
const orderChange = { subject: orderSubject, ...orderChangeValidator.fields };

/** One member for each deed. `before` and `after` are the value that it changed; quantities are whole pieces. */
export const deedValidator = v.union(
  deed("storeCreated", { subject: storeSubject, after: v.string() }),
  deed("auditLogExported", { subject: storeSubject }),
  deed("roleChanged", { subject: memberSubject, before: roleValidator, after: roleValidator }),
  deed("newPasswordLinkMade", { subject: memberSubject }),
  deed("newPasswordSet", { subject: memberSubject }),
  deed("memberRemoved", { subject: memberSubject, before: roleValidator }),
  deed("invitationCreated", { subject: invitationSubject }),
  deed("invitationRevoked", { subject: invitationSubject }),
  deed("invitationUsed", { subject: invitationSubject }),
  deed("storeConnected", { subject: credentialSubject }),
  deed("keysChanged", { subject: credentialSubject }),
  deed("connectionTested", { subject: credentialSubject }),
  deed("callbackUrlChanged", { subject: credentialSubject }),
  deed("previousCallbackUrlStopped", { subject: credentialSubject }),
  deed("storePaused", { subject: settingSubject }),
  deed("storeResumed", { subject: settingSubject }),
  /** Minutes. */
  deed("pollIntervalChanged", { subject: settingSubject, before: v.number(), after: v.number() }),
  /** Neither text is kept: a return address may be a person's home. */
  deed("parcelSettingsChanged", { subject: settingSubject }),
  deed("importStarted", { subject: runSubject }),
  deed("listsCompared", { subject: runSubject }),
  deed("stockAuditStarted", { subject: runSubject }),
  deed("orderFetched", { subject: orderSubject }),
  /** Hours. */
  deed("waitingLimitChanged", { subject: settingSubject, before: v.number(), after: v.number() }),
  deed("writesEnabled", { subject: settingSubject }),
  deed("writesDisabled", { subject: settingSubject }),
  deed("praiseTextChanged", { subject: settingSubject }),
  deed("orderChangeRequested", orderChange),
  deed("orderChangeWithdrawn", orderChange),
  deed("orderChangeRetried", orderChange),
  deed("orderChangeDismissed", orderChange),
  /** `quantity`: messages. What they say is not kept. */
  deed("messagesRead", { subject: orderSubject, quantity: v.number() }),
  /** Pieces of the line in the parcel. */
  deed("linePicked", { subject: lineSubject, before: v.number(), after: v.number() }),
  deed("lineUnpicked", { subject: lineSubject, before: v.number(), after: v.number() }),
  deed("lossReported", { subject: lineSubject, reason: lossReasonValidator, quantity: v.number() }),
  deed("lossUndone", { subject: lineSubject, reason: lossReasonValidator, quantity: v.number() }),
  /** Pieces of equal goods from the bin of another lot, and back into it. */
  deed("takenFromOtherBin", { subject: lineSubject, quantity: v.number(), location: v.string() }),
  deed("putBackInOtherBin", { subject: lineSubject, quantity: v.number(), location: v.string() }),
  deed("returnConfirmed", { subject: lineSubject, quantity: v.number() }),
  deed("buyerDataExported", { subject: buyerSubject }),
  /** `quantity`: orders. */
  deed("buyerDataErased", { subject: buyerSubject, quantity: v.number() }),
  deed("notificationRetried", { subject: notificationSubject }),
  /** On hand. A count that finds the same number is a deed too. */
  deed("lotAdjusted", {
    subject: lotSubject,
    reason: adjustmentReasonValidator,
    before: v.number(),
    after: v.number(),
  }),
  deed("recountDismissed", { subject: lotSubject }),
  deed("adjustmentUndone", { subject: lotSubject, before: v.number(), after: v.number() }),
);
export type Deed = Infer<typeof deedValidator>;
export type DeedAction = Deed["action"];

export const subjectKindValidator = v.union(
  v.literal("order"),
  v.literal("lot"),
  v.literal("notification"),
  v.literal("run"),
  v.literal("buyer"),
  v.literal("member"),
  v.literal("invitation"),
  v.literal("credential"),
  v.literal("setting"),
  v.literal("store"),
);
export type SubjectKind = Deed["subject"]["kind"];

export const auditLogTables = {
  // Appended by recordDeed and by nothing else; never changed or deleted, which lint checks. Read by auditLog.ts only: a
  // transaction that read it would conflict with every deed.
  auditLog: defineTable({
    businessAccountId: v.id("businessAccounts"),
    /** Milliseconds since the epoch, UTC. */
    at: v.number(),
    /** Who did it. */
    userId: v.id("users"),
    deed: deedValidator,
  })
    .index("by_at", ["businessAccountId", "at"])
    .index("by_person", ["businessAccountId", "userId", "at"])
    .index("by_kind", ["businessAccountId", "deed.subject.kind", "at"])
    .index("by_person_kind", ["businessAccountId", "userId", "deed.subject.kind", "at"])
    .index("by_order", ["businessAccountId", "deed.subject.orderNumber", "at"])
    .index("by_lot", ["businessAccountId", "deed.subject.lotId", "at"]),
};

/** The member who does something, as `requireMember` returns them. */
type Actor = Pick<Doc<"members">, "businessAccountId" | "userId">;

/** Appends a deed to the store's audit log. Call it in the transaction of the deed, and only when something changes. */
export async function recordDeed(
  ctx: MutationCtx,
  { businessAccountId, userId }: Actor,
  deed: Deed,
): Promise<void> {
  await ctx.db.insert("auditLog", { businessAccountId, userId, at: Date.now(), deed });
}

/** The fields by which a lot, a line or a return to the shelf is recognised later. */
export function itemOf({ partNumber, itemName, colorName, location }: Item): Item {
  return { partNumber, itemName, location, ...(colorName !== undefined && { colorName }) };
}

/**
 * An invitation as a deed's subject. Owners write e-mail addresses into labels: of these only what stands before the @ is kept, as
 * colleagues are named.
 */
export function invitationSubjectOf({
  label,
  role,
}: Pick<Doc<"invitations">, "label" | "role">): Infer<typeof invitationSubject> {
  return { kind: "invitation", label: label.replace(/@\S+/g, ""), role };
}
