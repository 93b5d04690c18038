/** What the health strip says, from what is known: the worst thing first, and what to do about it. */
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";

export type Strip = FunctionReturnType<typeof api.marketplaces.bricklink.health.strip>;
export type Connection = { isWebSocketConnected: boolean; hasEverConnected: boolean };

export type Health = {
  tone: "good" | "warn" | "bad";
  /** The sign in a word, for those who do not see it. */
  label: string;
  message: string;
  action: "settings" | "deliveries" | "health" | null;
};

const DAY_MS = 24 * 60 * 60_000;

/** Calls made in the last 24 hours, as far as is known. */
export function callsToday({ callsToday: { count, dayStartedAt } }: Strip, now: number): number {
  return now - dayStartedAt < DAY_MS ? count : 0;
}

export function healthOf(strip: Strip | undefined, connection: Connection, now: number): Health {
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
  if (!strip) return { tone: "good", label: "Live", message: "", action: null };
  if (strip.connection === "notConnected") {
    return {
      tone: "warn",
      label: "Not connected",
      message: "BrickLink is not connected yet, so no orders come in.",
      action: "settings",
    };
  }
  if (strip.connection === "paused") {
    return {
      tone: "warn",
      label: "Paused",
      message: "This store is paused: callbacks are kept, orders wait.",
      action: "settings",
    };
  }
  const { failed, lastError, waitsUntil } = strip;
  if (failed.count > 0) {
    const many = failed.isMore ? `More than ${failed.count}` : String(failed.count);
    return {
      tone: "bad",
      label: "Deliveries failed",
      message: `${many} ${failed.count === 1 ? "delivery" : "deliveries"} failed for good. ${failed.reason ?? ""}`,
      action: "deliveries",
    };
  }
  if (waitsUntil !== null && waitsUntil.at > now) {
    return { tone: "warn", label: "Waiting for BrickLink", message: waitsUntil.message, action: "health" };
  }
  if (lastError !== null)
    return { tone: "warn", label: "Trouble", message: lastError.message, action: "health" };
  return { tone: "good", label: "Live", message: "", action: null };
}
