/** All text of the health screen's checks: one check for each step by which an order reaches the store. */
import { formatCount } from "../ui/formatCount";
import { formatDateTime, relativeTime, timeAgo } from "../ui/time";
import { pauseText, problemText } from "./problemText";
import type { PageConnection, Silence, StoreHealth } from "./storeHealth";

export type HealthCheck = {
  tone: "good" | "warn" | "bad";
  title: string;
  /** Continues the title to a sentence. */
  text: string;
  /** What to do; null when there is nothing to do. */
  advice: string | null;
  /** The screen to which the advice links. */
  to: "settings" | "events" | null;
};

const HOUR_MS = 60 * 60_000;

/** A store that receives no callback for a day has either no buyers or no callback URL at BrickLink. */
const CALLBACK_LATE_MS = 24 * HOUR_MS;

/** One and a half times the longest poll interval that a store can choose, 60 minutes. */
const POLL_LATE_MS = 90 * 60_000;

/** Four times the interval of the comparison, 15 minutes. */
const RECONCILE_LATE_MS = HOUR_MS;

function good(title: string, text: string): HealthCheck {
  return { tone: "good", title, text, advice: null, to: null };
}

function pageCheck({ isWebSocketConnected }: PageConnection): HealthCheck {
  const title = "This page";
  if (isWebSocketConnected) return good(title, "is live: what changes shows at once.");
  return {
    tone: "warn",
    title,
    text: "is not connected.",
    advice: "What you see is from before. It comes up to date by itself once the network is back.",
    to: null,
  };
}

function bricklinkCheck({ connection, lastError, pause }: StoreHealth, now: number): HealthCheck {
  const title = "BrickLink";
  if (connection === "notConnected") {
    return {
      tone: "warn",
      title,
      text: "is not connected.",
      advice: "Enter the four keys; orders come in from then on.",
      to: "settings",
    };
  }
  if (connection === "paused") {
    return {
      tone: "warn",
      title,
      text: "is paused: callbacks are kept, orders wait.",
      advice: "Resume when you want orders to come in again.",
      to: "settings",
    };
  }
  if (pause !== null && pause.until > now) {
    return {
      tone: "warn",
      title,
      text: "is not asked anything for now.",
      advice: `${pauseText(pause)} The next try is ${relativeTime(pause.until, now)}; there is nothing to do.`,
      to: null,
    };
  }
  if (lastError !== null) {
    return {
      tone: "warn",
      title,
      text: `gave trouble ${timeAgo(lastError.at, now)}.`,
      advice: `${problemText(lastError)} It is tried again by itself; if it lasts, test the connection.`,
      to: "settings",
    };
  }
  return good(title, "is connected and answers.");
}

function callbackCheck({ lastCallbackAt }: StoreHealth, silence: Silence, now: number): HealthCheck {
  const title = "Callbacks";
  if (silence !== null) {
    const { since, unannounced, isMore } = silence;
    return {
      tone: "warn",
      title,
      text: `seem not to arrive. ${isMore ? "At least " : ""}${formatCount(unannounced, "event")} since ${formatDateTime(since)} came without one.`,
      advice:
        "No order is lost: BrickLink is asked every few minutes. To have them at once again, check that the callback URL at BrickLink is this store's, that this server can be reached from outside, and make a new URL if you are not sure.",
      to: "settings",
    };
  }
  const advice =
    "If buyers have ordered since, paste the callback URL at BrickLink again. Until then orders come in by asking, some minutes later.";
  if (lastCallbackAt === null) {
    return { tone: "warn", title, text: "have not come yet.", advice, to: "settings" };
  }
  const text = `arrive: the latest came ${timeAgo(lastCallbackAt, now)}.`;
  if (now - lastCallbackAt > CALLBACK_LATE_MS)
    return {
      tone: "warn",
      title,
      text: `have not come for a day: the latest came ${timeAgo(lastCallbackAt, now)}.`,
      advice,
      to: "settings",
    };
  return good(title, text);
}

function pollChecks({ lastPolledAt, lastReconciledAt }: StoreHealth, now: number): HealthCheck[] {
  const intervalCheck = (title: string, at: number | null, lateMs: number): HealthCheck => {
    if (at === null) return good(title, "has not happened yet; it starts by itself within minutes.");
    const text = `happened ${timeAgo(at, now)}.`;
    if (now - at < lateMs) return good(title, text);
    const advice =
      "It is late. If the store is not paused and BrickLink is up, look at this server's log and restart it.";
    return { tone: "warn", title, text, advice, to: null };
  };
  return [
    intervalCheck("Asking for unread events", lastPolledAt, POLL_LATE_MS),
    intervalCheck("Comparing all orders", lastReconciledAt, RECONCILE_LATE_MS),
  ];
}

function queueChecks({ waiting, failed }: StoreHealth): HealthCheck[] {
  const countText = ({ count, isMore }: { count: number; isMore: boolean }) =>
    isMore ? `more than ${count}` : String(count);
  return [
    good(
      "Events",
      waiting.count === 0 ? "are all fetched." : `wait or are being fetched: ${countText(waiting)}.`,
    ),
    failed.count === 0
      ? good("No event", "has failed.")
      : {
          tone: "bad",
          title: "Failed events",
          text: `need you: ${countText(failed)}.`,
          advice: failed.latest === null ? null : problemText(failed.latest),
          to: "events",
        },
  ];
}

/**
 * The checks in the order in which an order passes through what they check. Only the first two before BrickLink
 * is connected.
 */
export function healthChecks(
  storeHealth: StoreHealth,
  connection: PageConnection,
  silence: Silence,
  now: number,
): HealthCheck[] {
  const connectionChecks = [pageCheck(connection), bricklinkCheck(storeHealth, now)];
  if (storeHealth.connection === "notConnected") return connectionChecks;
  return [
    ...connectionChecks,
    callbackCheck(storeHealth, silence, now),
    ...pollChecks(storeHealth, now),
    ...queueChecks(storeHealth),
  ];
}
