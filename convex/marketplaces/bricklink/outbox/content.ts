/** What a change says: what the audit log keeps of it, and which texts may be sent. */
import { ConvexError } from "convex/values";
import type { Doc } from "../../../_generated/dataModel";
import type { OrderChange } from "../../../accounts/deeds";
import type { Change } from "../api/changes";

/** Limits of BrickLink's own forms are not documented; these keep a row small. */
const TEXT_LENGTH_MAX = 1_000;

/** What praise says until an owner writes something else. */
const DEFAULT_PRAISE = "Thank you for your order. Everything went well.";

export function praiseTextOf(credential: Pick<Doc<"marketplaceCredentials">, "praiseText"> | null): string {
  return credential?.praiseText ?? DEFAULT_PRAISE;
}

/** A change as the audit log keeps it: of texts only that they were changed. */
export function auditedChange(change: Change): OrderChange {
  switch (change.kind) {
    case "status":
      return { change: "status", after: change.status };
    case "payment":
      return { change: "payment", after: change.paymentStatus };
    case "filing":
      return { change: change.isFiled ? "filed" : "unfiled" };
    case "feedback":
      return { change: "feedback", after: change.rating };
    case "shipping":
    case "remarks":
    case "driveThru":
      return { change: change.kind };
  }
}

/** Texts that differ only so much are the same words. */
function wordsOf(text: string): string {
  return (
    text
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.join(" ") ?? ""
  );
}

function assertOwnWords(
  { rating, comment }: Extract<Change, { kind: "feedback" }>,
  praiseText: string,
): void {
  if (comment.trim() === "") {
    throw new ConvexError({ code: "commentMissing", message: "Write what the feedback is to say." });
  }
  if (rating !== "praise" && wordsOf(comment) === wordsOf(praiseText)) {
    throw new ConvexError({
      code: "ownWordsMissing",
      message: "Say in your own words what was wrong: this is the text of your praise.",
    });
  }
}

/** Whether a change's numbers can be sent at all: a moment that a date can say, and an id as BrickLink has them. */
function areNumbersValid(change: Change): boolean {
  if (change.kind !== "shipping") return true;
  const { shippedAt = 0, methodId = 1 } = change;
  return !Number.isNaN(new Date(shippedAt).getTime()) && Number.isSafeInteger(methodId) && methodId > 0;
}

/**
 * Throws ConvexError for a text that is not sent: `tooLong`, `shippingInvalid` for a date or a method that does not exist, and of feedback `commentMissing`, or `ownWordsMissing` where neutral or
 * negative feedback repeats the store's praise.
 */
export function assertSendable(change: Change, praiseText: string): void {
  const texts = Object.values(change).filter((value) => typeof value === "string");
  if (texts.some((text) => text.length > TEXT_LENGTH_MAX)) {
    throw new ConvexError({
      code: "tooLong",
      message: `Shorten the text: at most ${TEXT_LENGTH_MAX} characters are sent.`,
    });
  }
  if (!areNumbersValid(change)) {
    throw new ConvexError({
      code: "shippingInvalid",
      message: "Choose the date and the shipping method again: one of them does not exist.",
    });
  }
  if (change.kind === "feedback") assertOwnWords(change, praiseText);
}
