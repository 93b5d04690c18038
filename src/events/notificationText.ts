/** All text about a notification: its source, status, failure and timeline, and its entry in an order's history. */
import { problemText } from "../health/problemText";
import type { Notification } from "./notification";

/** How the notification reached this store, for a table cell. */
export const sourceLabels: Record<Notification["source"], string> = {
  webhook: "Callback",
  poll: "Poll",
  reconcile: "Comparison",
  manual: "By hand",
  write: "Own change",
};

/** Sources as steps of a timeline. */
const sourceSentences: Record<Notification["source"], string> = {
  webhook: "BrickLink called the callback URL.",
  poll: "It was among the unread notifications when BrickLink was polled.",
  reconcile: "Comparing BrickLink's list of orders with the orders here showed a difference.",
  manual: "A person asked for it.",
  write: "A change was sent from here, so the order was read again.",
};

/** Outcomes as a status label. */
const outcomeLabels: Record<NonNullable<Notification["outcome"]>, string> = {
  applied: "Stored",
  fetched: "Stored",
  noted: "Noted",
  coalesced: "Served by another",
  superseded: "Newer one stored",
};

/** Outcomes as the last step of a timeline. */
const outcomeSentences: Record<NonNullable<Notification["outcome"]>, string> = {
  applied: "The order was fetched and stored, and its stock reserved, in one step.",
  fetched: "It was fetched and stored with its order: read it there.",
  noted: "Noted. It could not be found with one of your orders: read it on BrickLink.",
  coalesced: "Another event's fetch, which began after this arrived, served this one too.",
  superseded: "A newer state of the order had been stored already, so nothing was changed.",
};

/** Events at BrickLink as the first step of a timeline. */
const eventSentences: Record<Notification["eventType"], string> = {
  Order: "An order was placed or changed at BrickLink.",
  Message: "Somebody wrote a message at BrickLink.",
  Feedback: "Feedback was given at BrickLink.",
};

/** What the notification is about: "Order 123", "Message about order 123", or "Message" while the order is not known. */
export function subjectText({
  eventType,
  orderNumber,
}: Pick<Notification, "eventType" | "orderNumber">): string {
  if (eventType === "Order") return `Order ${orderNumber}`;
  return orderNumber === null ? eventType : `${eventType} about order ${orderNumber}`;
}

/** What a retry does, for its dialog. */
export function retryText({ eventType }: Pick<Notification, "eventType">): string {
  return eventType === "Order"
    ? "It is asked of BrickLink at once, by two calls, and its attempts start over. If the order comes, it is stored and its stock reserved; what was done before is not done twice."
    : "It is asked of BrickLink at once, by at most two calls, and its attempts start over. What comes is stored with its order; what was stored before is not stored twice.";
}

type StatusLabel = { tone: "good" | "warn" | "bad" | "soft"; text: string };

/** A failed notification needs staff (`bad`) once no further attempt is scheduled. */
export function statusLabel({ status, nextAttemptAt, outcome }: Notification): StatusLabel {
  switch (status) {
    case "pending":
      return { tone: "soft", text: "Waiting" };
    case "processing":
      return { tone: "soft", text: "Being fetched" };
    case "failed":
      return nextAttemptAt === null
        ? { tone: "bad", text: "Needs you" }
        : { tone: "warn", text: "Tries again" };
    case "completed":
      return { tone: "good", text: outcome === null ? "Done" : outcomeLabels[outcome] };
  }
}

/** Why the latest attempt failed; null for a notification that is completed or has not failed. */
export function failureText({ status, failure }: Notification): string | null {
  return failure === null || status === "completed" ? null : problemText(failure);
}

/** One step of a timeline. `at`: milliseconds since the epoch, UTC. Tone `ahead`: the step has not happened yet. */
export type TimelineStep = { at: number; tone: "plain" | "good" | "bad" | "ahead"; text: string };

function arrivalSteps({ eventType, source, occurredAt, receivedAt }: Notification): TimelineStep[] {
  // What a person asked for came into being by that; what a person retried had arrived before, by itself.
  const isRetried = source === "manual" && occurredAt < receivedAt;
  const text = isRetried ? "It arrived here. A person retried it later." : sourceSentences[source];
  const arrived: TimelineStep = { at: receivedAt, tone: "plain", text };
  // Without an event at BrickLink, occurredAt is only the time at which a comparison or a request started or a change was sent, and a
  // person may have retried one of those.
  if (source === "reconcile" || source === "manual" || source === "write") return [arrived];
  return [{ at: occurredAt, tone: "plain", text: eventSentences[eventType] }, arrived];
}

/** How many attempts failed. Only the reason of the latest is stored, so the earlier ones have no steps of their own. */
function failedText(attempts: number): string {
  return attempts === 1
    ? "The first attempt failed."
    : `${attempts} attempts failed, the latest for this reason.`;
}

function failedAttemptSteps({
  attempts,
  failure,
  failedAt,
  receivedAt,
  status,
}: Notification): TimelineStep[] {
  if (failure === null) return [];
  // A retry by staff resets the attempt count, so the number of an earlier failed attempt is not known.
  const failed = status === "failed" ? failedText(attempts) : "An earlier attempt failed.";
  return [{ at: failedAt ?? receivedAt, tone: "bad", text: `${failed} ${problemText(failure)}` }];
}

/** The current state, or the attempt that is scheduled next. */
function latestStep(notification: Notification): TimelineStep {
  const { status, attempts, nextAttemptAt, processedAt, receivedAt, failedAt, outcome } = notification;
  switch (status) {
    case "pending":
      return { at: nextAttemptAt ?? receivedAt, tone: "ahead", text: "Waits to be fetched." };
    case "processing":
      return { at: receivedAt, tone: "ahead", text: `Being fetched now, attempt ${attempts}.` };
    case "failed":
      if (nextAttemptAt !== null) {
        return { at: nextAttemptAt, tone: "ahead", text: `Attempt ${attempts + 1} starts by itself.` };
      }
      return {
        at: failedAt ?? receivedAt,
        tone: "bad",
        text: "It is not tried again by itself. Once the cause is gone, press Retry to start it over.",
      };
    case "completed": {
      const tries = attempts > 1 ? ` It took ${attempts} attempts.` : "";
      const sentence = outcome === null ? "Done." : outcomeSentences[outcome];
      return { at: processedAt ?? receivedAt, tone: "good", text: `${sentence}${tries}` };
    }
  }
}

/** The steps of a notification so far, oldest first, and the next one where more are to come. */
export function timelineSteps(notification: Notification): TimelineStep[] {
  return [...arrivalSteps(notification), ...failedAttemptSteps(notification), latestStep(notification)];
}

/** Sources as the beginning of a history entry. */
const historySources: Record<Notification["source"], string> = {
  webhook: "BrickLink called",
  poll: "BrickLink's notifications were read",
  reconcile: "The order lists were compared",
  manual: "A person asked for it",
  write: "A change was sent from here",
};

/** What is fetched for an event, as the subject of a history entry's end. */
const fetchedNouns: Record<Notification["eventType"], string> = {
  Order: "the order was",
  Message: "the buyer's messages were",
  Feedback: "the feedback was",
};

/** Outcomes as the end of a history entry. */
const historyOutcomes: Record<
  Exclude<NonNullable<Notification["outcome"]>, "applied" | "fetched">,
  string
> = {
  noted: "noted",
  coalesced: "covered by another fetch",
  superseded: "a newer state was already stored",
};

function historyEnd({ eventType, outcome }: Notification): string {
  if (outcome === null) return "done";
  if (outcome === "applied" || outcome === "fetched") return `${fetchedNouns[eventType]} fetched and stored`;
  return historyOutcomes[outcome];
}

/** A notification as one entry in its order's history: "BrickLink called: waiting". */
export function historyText(notification: Notification): string {
  const { source, status, attempts, failure } = notification;
  const arrival = historySources[source];
  switch (status) {
    case "completed":
      return `${arrival}: ${historyEnd(notification)}`;
    case "processing":
      return `${arrival}: fetching now, attempt ${attempts}`;
    case "failed":
      return `${arrival}: ${attempts === 1 ? "an attempt" : `${attempts} attempts`} failed. ${failure === null ? "" : problemText(failure)}`.trim();
    case "pending":
      return failure === null ? `${arrival}: waiting` : `${arrival}: waiting. ${problemText(failure)}`;
  }
}
