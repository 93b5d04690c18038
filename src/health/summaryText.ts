/** All text of the health strip: the most severe problem in one sentence. */
import { pauseText, problemText } from "./problemText";
import type { PageConnection, StoreHealth } from "./storeHealth";

export type HealthSummary = {
  tone: "good" | "warn" | "bad";
  /** The tone's meaning, for screen readers. */
  label: string;
  /** Empty when nothing is wrong. */
  message: string;
  /** The screen on which staff can act on the problem. */
  action: "settings" | "events" | "health" | null;
};

/** The button that hides failures that a person has seen, until there is another. */
export const dismissText = {
  label: "Dismiss",
  title: "Hides this until another fails. It stays listed under “Needs you”.",
};

/**
 * Problems in order of precedence: this page's connection, the connection to BrickLink, failed notifications, a pause
 * after errors or for lack of calls, the latest error. `storeHealth` is undefined while it loads.
 */
export function healthSummary(
  storeHealth: StoreHealth | undefined,
  connection: PageConnection,
  now: number,
): HealthSummary {
  if (!connection.isWebSocketConnected) {
    return {
      tone: "warn",
      label: navigator.onLine ? "Reconnecting" : "Offline",
      message: connection.hasEverConnected
        ? `${navigator.onLine ? "Reconnecting." : "Offline."} What you see is from before; it comes up to date by itself.`
        : "Connecting …",
      action: null,
    };
  }
  if (!storeHealth) return { tone: "good", label: "Up to date", message: "", action: null };
  if (storeHealth.connection === "notConnected") {
    return {
      tone: "warn",
      label: "Not connected",
      message: "BrickLink is not connected yet, so no orders come in.",
      action: "settings",
    };
  }
  if (storeHealth.connection === "paused") {
    return {
      tone: "warn",
      label: "Paused",
      message: "This store is paused: callbacks are kept, orders wait.",
      action: "settings",
    };
  }
  const { failed, lastError, pause } = storeHealth;
  if (failed.count > 0) {
    const countText = failed.isMore ? `More than ${failed.count}` : String(failed.count);
    return {
      tone: "bad",
      label: "Events failed",
      message: `${countText} ${failed.count === 1 ? "event" : "events"} failed for good. ${failed.latest === null ? "" : problemText(failed.latest)}`,
      action: "events",
    };
  }
  if (pause !== null && pause.until > now) {
    return { tone: "warn", label: "Waiting for BrickLink", message: pauseText(pause), action: "health" };
  }
  if (lastError !== null) {
    return { tone: "warn", label: "Trouble", message: problemText(lastError), action: "health" };
  }
  return { tone: "good", label: "Up to date", message: "", action: null };
}
