/** Each thing that brings orders in: how it stands, and what to do when it does not. */
import { ago } from "../ui/time";
import { when } from "../ui/soon";
import type { Connection, Strip } from "./health";

export type Check = {
  tone: "good" | "warn" | "bad";
  title: string;
  text: string;
  advice: string | null;
  to: "settings" | "deliveries" | null;
};

const HOUR_MS = 60 * 60_000;

/** A store without a callback for this long has either no buyers or no callback URL. */
const QUIET_MS = 24 * HOUR_MS;

/** The longest poll interval and the comparison's own, each with room. */
const POLL_LATE_MS = 90 * 60_000;
const COMPARISON_LATE_MS = HOUR_MS;

function good(title: string, text: string): Check {
  return { tone: "good", title, text, advice: null, to: null };
}

function page({ isWebSocketConnected }: Connection): Check {
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

function bricklink({ connection, lastError, waitsUntil }: Strip, now: number): Check {
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
  if (waitsUntil !== null && waitsUntil.at > now) {
    return {
      tone: "warn",
      title,
      text: waitsUntil.message,
      advice: `The next try is ${when(waitsUntil.at, now)}. Nothing is lost and nothing need be done.`,
      to: null,
    };
  }
  if (lastError !== null) {
    return {
      tone: "warn",
      title,
      text: `gave trouble ${ago(lastError.at, now)}.`,
      advice: `${lastError.message} It is tried again by itself; if it lasts, test the connection.`,
      to: "settings",
    };
  }
  return good(title, "is connected and answers.");
}

function callbacks({ lastCallbackAt }: Strip, now: number): Check {
  const title = "Callbacks";
  const advice =
    "If buyers have ordered since, paste the callback URL at BrickLink again. Until then orders come in by asking, some minutes later.";
  if (lastCallbackAt === null) {
    return { tone: "warn", title, text: "none has come yet.", advice, to: "settings" };
  }
  const text = `the latest came ${ago(lastCallbackAt, now)}.`;
  if (now - lastCallbackAt > QUIET_MS) return { tone: "warn", title, text, advice, to: "settings" };
  return good(title, text);
}

function asking({ lastPolledAt, lastReconciledAt }: Strip, now: number): Check[] {
  const since = (at: number | null, lateMs: number, title: string, words: string): Check => {
    if (at === null) return good(title, "has not happened yet; it starts by itself within minutes.");
    const text = `${words} ${ago(at, now)}.`;
    if (now - at < lateMs) return good(title, text);
    const advice = "It is late. If the store is not paused and BrickLink is up, this server needs a look.";
    return { tone: "warn", title, text, advice, to: null };
  };
  return [
    since(lastPolledAt, POLL_LATE_MS, "Asking for unread events", "happened"),
    since(lastReconciledAt, COMPARISON_LATE_MS, "Comparing all orders", "happened"),
  ];
}

function work({ waiting, failed }: Strip): Check[] {
  const many = ({ count, isMore }: { count: number; isMore: boolean }) =>
    isMore ? `more than ${count}` : String(count);
  return [
    good("Waiting work", waiting.count === 0 ? "none." : `${many(waiting)} events wait or are at work.`),
    failed.count === 0
      ? good("Failures", "nothing needs you.")
      : {
          tone: "bad",
          title: "Failures",
          text: `${many(failed)} ${failed.count === 1 ? "event needs" : "events need"} you.`,
          advice: failed.reason,
          to: "deliveries",
        },
  ];
}

/** What is known of a store, thing by thing, the way of an order through them. */
export function checksOf(strip: Strip, connection: Connection, now: number): Check[] {
  const store = [page(connection), bricklink(strip, now)];
  if (strip.connection === "notConnected") return store;
  return [...store, callbacks(strip, now), ...asking(strip, now), ...work(strip)];
}
