/** All text about a notification: its source, status, failure and timeline, and its entry in an order's history. */
import { problemText } from "../health/problemText";
import { words } from "../language/language";
import type { Notification } from "./notification";
import { historyWords, timelineWords } from "./timelineText";

const notificationWords = words({
  en: {
    sources: {
      webhook: "Callback",
      poll: "Poll",
      reconcile: "Comparison",
      manual: "By hand",
      write: "Own change",
    },
    subjects: { Order: "Order", Message: "Message", Feedback: "Feedback" },
    ofOrder: {
      Order: (orderNumber: number) => `Order ${orderNumber}`,
      Message: (orderNumber: number) => `Message about order ${orderNumber}`,
      Feedback: (orderNumber: number) => `Feedback about order ${orderNumber}`,
    },
    retryOrder:
      "It is asked of BrickLink at once, by two calls, and its attempts start over. If the order comes, it is stored and its stock reserved; what was done before is not done twice.",
    retryOther:
      "It is asked of BrickLink at once, by at most two calls, and its attempts start over. What comes is stored with its order; what was stored before is not stored twice.",
    waiting: "Waiting",
    fetching: "Being fetched",
    needsYou: "Needs you",
    /** `reason`: a sentence. */
    afterAttempts: (attempts: number, reason: string) => `After ${attempts} attempts: ${reason}`,
    triesAgain: "Tries again",
    outcomes: {
      done: "Done",
      applied: "Stored",
      fetched: "Stored",
      noted: "Noted",
      coalesced: "Fetched with another event",
      superseded: "Newer one stored",
    },
  },
  de: {
    sources: {
      webhook: "Callback",
      poll: "Abfrage",
      reconcile: "Abgleich",
      manual: "Von Hand",
      write: "Eigene Änderung",
    },
    subjects: { Order: "Bestellung", Message: "Nachricht", Feedback: "Bewertung" },
    ofOrder: {
      Order: (orderNumber) => `Bestellung ${orderNumber}`,
      Message: (orderNumber) => `Nachricht zu Bestellung ${orderNumber}`,
      Feedback: (orderNumber) => `Bewertung zu Bestellung ${orderNumber}`,
    },
    retryOrder:
      "Es wird sofort mit zwei Aufrufen von BrickLink geholt, und seine Versuche zählen von vorn. Kommt die Bestellung, wird sie gespeichert und ihr Bestand reserviert; was schon getan ist, wird nicht noch einmal getan.",
    retryOther:
      "Es wird sofort mit höchstens zwei Aufrufen von BrickLink geholt, und seine Versuche zählen von vorn. Was kommt, wird mit seiner Bestellung gespeichert; was schon gespeichert ist, wird nicht noch einmal gespeichert.",
    waiting: "Wartet",
    fetching: "Wird geholt",
    needsYou: "Zu klären",
    afterAttempts: (attempts, reason) => `Nach ${attempts} Versuchen: ${reason}`,
    triesAgain: "Neuer Versuch folgt",
    outcomes: {
      done: "Erledigt",
      applied: "Gespeichert",
      fetched: "Gespeichert",
      noted: "Vermerkt",
      coalesced: "Mit anderem Ereignis geholt",
      superseded: "Neueres gespeichert",
    },
  },
});

/** How the notification reached this store, for a table cell. */
export const sourceLabels = notificationWords.sources;

/** What the notification is about: "Order 123", "Message about order 123", or "Message" while the order is not known. */
export function subjectText({
  eventType,
  orderNumber,
}: Pick<Notification, "eventType" | "orderNumber">): string {
  return orderNumber === null
    ? notificationWords.subjects[eventType]
    : notificationWords.ofOrder[eventType](orderNumber);
}

/** What a retry does, for its dialog. */
export function retryText({ eventType }: Pick<Notification, "eventType">): string {
  return eventType === "Order" ? notificationWords.retryOrder : notificationWords.retryOther;
}

type StatusLabel = { tone: "good" | "warn" | "bad" | "soft"; text: string };

/** A failed notification needs staff (`bad`) once no further attempt is scheduled. */
export function statusLabel({ status, nextAttemptAt, outcome }: Notification): StatusLabel {
  switch (status) {
    case "pending":
      return { tone: "soft", text: notificationWords.waiting };
    case "processing":
      return { tone: "soft", text: notificationWords.fetching };
    case "failed":
      return nextAttemptAt === null
        ? { tone: "bad", text: notificationWords.needsYou }
        : { tone: "warn", text: notificationWords.triesAgain };
    case "completed":
      return { tone: "good", text: notificationWords.outcomes[outcome ?? "done"] };
  }
}

/** Why the latest attempt failed, and how many it took where it took several; null where there is nothing of that to say. */
export function attemptsText({ status, failure, attempts }: Notification): string | null {
  if (status === "completed") return attempts > 1 ? timelineWords.tookAttempts(attempts) : null;
  if (failure === null) return null;
  const reason = problemText(failure);
  return status === "failed" && attempts > 1 ? notificationWords.afterAttempts(attempts, reason) : reason;
}

/** One step of a timeline. `at`: milliseconds since the epoch, UTC. Tone `ahead`: the step has not happened yet. */
export type TimelineStep = { at: number; tone: "plain" | "good" | "bad" | "ahead"; text: string };

function arrivalSteps({ eventType, source, occurredAt, receivedAt }: Notification): TimelineStep[] {
  // What a person asked for came into being by that; what a person retried had arrived before, by itself.
  const isRetried = source === "manual" && occurredAt < receivedAt;
  const text = isRetried ? timelineWords.retried : timelineWords.sources[source];
  const arrived: TimelineStep = { at: receivedAt, tone: "plain", text };
  // Without an event at BrickLink, occurredAt is only the time at which a comparison or a request started or a change was sent, and a
  // person may have retried one of those.
  if (source === "reconcile" || source === "manual" || source === "write") return [arrived];
  return [{ at: occurredAt, tone: "plain", text: timelineWords.events[eventType] }, arrived];
}

function failedAttemptSteps({
  attempts,
  failure,
  failedAt,
  receivedAt,
  status,
}: Notification): TimelineStep[] {
  if (failure === null) return [];
  // Only the reason of the latest attempt is stored, so the earlier ones have no steps of their own. A retry by staff resets the
  // attempt count, so the number of an earlier failed attempt is not known.
  const failed = status === "failed" ? timelineWords.failed(attempts) : timelineWords.failedEarlier;
  return [{ at: failedAt ?? receivedAt, tone: "bad", text: `${failed} ${problemText(failure)}` }];
}

/** The current state, or the attempt that is scheduled next. */
function latestStep(notification: Notification): TimelineStep {
  const { status, attempts, nextAttemptAt, processedAt, receivedAt, failedAt, outcome } = notification;
  switch (status) {
    case "pending":
      return { at: nextAttemptAt ?? receivedAt, tone: "ahead", text: timelineWords.waiting };
    case "processing":
      return { at: receivedAt, tone: "ahead", text: timelineWords.fetching(attempts) };
    case "failed":
      if (nextAttemptAt !== null) {
        return { at: nextAttemptAt, tone: "ahead", text: timelineWords.nextAttempt(attempts + 1) };
      }
      return {
        at: failedAt ?? receivedAt,
        tone: "bad",
        text: timelineWords.noNextAttempt,
      };
    case "completed": {
      const sentence = timelineWords.outcomes[outcome ?? "done"];
      const text = attempts > 1 ? `${sentence} ${timelineWords.tookAttempts(attempts)}` : sentence;
      return { at: processedAt ?? receivedAt, tone: "good", text };
    }
  }
}

/** The steps of a notification so far, oldest first, and the next one where more are to come. */
export function timelineSteps(notification: Notification): TimelineStep[] {
  return [...arrivalSteps(notification), ...failedAttemptSteps(notification), latestStep(notification)];
}

function historyEnd({ eventType, outcome }: Notification): string {
  if (outcome === null) return historyWords.done;
  if (outcome === "applied" || outcome === "fetched") return historyWords.fetched[eventType];
  return historyWords.outcomes[outcome];
}

function historyState(notification: Notification): string {
  const { status, attempts, failure } = notification;
  const reason = failure === null ? [] : [problemText(failure)];
  switch (status) {
    case "completed":
      return historyEnd(notification);
    case "processing":
      return historyWords.fetching(attempts);
    case "failed":
      return [historyWords.failed(attempts), ...reason].join(" ");
    case "pending":
      return failure === null ? historyWords.waiting : [historyWords.waitingAgain, ...reason].join(" ");
  }
}

/** A notification as one entry in its order's history: "BrickLink called: waiting". */
export function historyText(notification: Notification): string {
  return `${historyWords.sources[notification.source]}: ${historyState(notification)}`;
}
