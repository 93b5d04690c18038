/** All text of the health strip: the most severe problem in one sentence. In the first script. */
import { words } from "../language/language";
import type { Dismissible } from "./dismissal";
import { pauseText, problemText } from "./problemText";
import { isComparisonLate, isPollLate } from "./storeHealth";
import type { Health } from "./useHealth";

export type HealthSummary = {
  tone: "good" | "warn" | "bad";
  /** The tone's meaning, for screen readers. */
  label: string;
  /** Empty when nothing is wrong. */
  message: string;
  /** The screen on which staff can act on the problem. */
  action: "settings" | "events" | "health" | null;
  /** What a person can dismiss, who can do no more about it. */
  dismissible?: Dismissible;
};

export const stripText = words({
  en: {
    title: "Health",
    howOrdersComeIn: "How orders come in",
    openSettings: "Open Settings",
    seeFailed: "See what failed",
    whatToDo: "What to do",
    /** The button that hides what a person has seen, until it happens again. */
    dismiss: "Dismiss",
    dismissTitles: {
      failures: "Hides this until another fails. It stays listed under “Needs you”.",
      silence: "Hides this until callbacks have come and stop again. It stays on “Health”.",
    },
  },
  de: {
    title: "System",
    howOrdersComeIn: "Wie Bestellungen hereinkommen",
    openSettings: "Einstellungen öffnen",
    seeFailed: "Fehlgeschlagenes ansehen",
    whatToDo: "Was zu tun ist",
    dismiss: "Ausblenden",
    dismissTitles: {
      failures: "Blendet das aus, bis wieder etwas fehlschlägt. Unter „Zu klären“ bleibt es stehen.",
      silence:
        "Blendet das aus, bis Callbacks gekommen sind und wieder ausbleiben. Unter „System“ bleibt es stehen.",
    },
  },
});

const summaryWords = words({
  en: {
    upToDate: "Up to date",
    reconnecting: "Reconnecting",
    reconnectingMessage: "Reconnecting. This may be out of date; it updates when you reconnect.",
    offline: "Offline",
    offlineMessage: "You're offline. This may be out of date; it updates when you reconnect.",
    connecting: "Connecting …",
    notConnected: "Not connected",
    notConnectedMessage: "BrickLink is not connected yet, so no orders come in.",
    paused: "Paused",
    pausedMessage: "This store is paused: callbacks are kept, orders wait.",
    failed: "Events failed",
    failedMessage: (count: number, isMore: boolean) =>
      `${isMore ? `More than ${count}` : count} ${count === 1 ? "event" : "events"} failed for good.`,
    waiting: "Waiting for BrickLink",
    trouble: "Trouble",
    silent: "Callbacks seem not to arrive, so orders come in some minutes late.",
    late: "BrickLink has not been asked for too long, so orders may be missing here.",
  },
  de: {
    upToDate: "Aktuell",
    reconnecting: "Verbindet neu",
    reconnectingMessage:
      "Verbindet neu. Der Stand kann veraltet sein; er wird aktualisiert, sobald die Verbindung wieder da ist.",
    offline: "Offline",
    offlineMessage:
      "Offline. Der Stand kann veraltet sein; er wird aktualisiert, sobald die Verbindung wieder da ist.",
    connecting: "Verbindet …",
    notConnected: "Nicht verbunden",
    notConnectedMessage: "BrickLink ist noch nicht verbunden, deshalb kommen keine Bestellungen herein.",
    paused: "Pausiert",
    pausedMessage: "Dieser Shop ist pausiert: Callbacks werden aufbewahrt, Bestellungen warten.",
    failed: "Ereignisse fehlgeschlagen",
    failedMessage: (count, isMore) =>
      count === 1
        ? "1 Ereignis ist endgültig fehlgeschlagen."
        : `${isMore ? `Mehr als ${count}` : count} Ereignisse sind endgültig fehlgeschlagen.`,
    waiting: "Wartet auf BrickLink",
    trouble: "Störung",
    silent: "Callbacks scheinen nicht anzukommen, Bestellungen kommen deshalb einige Minuten später herein.",
    late: "BrickLink wurde zu lange nicht gefragt, hier fehlen also vielleicht Bestellungen.",
  },
});

/**
 * Problems in order of precedence: this page's connection, the connection to BrickLink, failed notifications, a pause
 * after errors or for lack of calls, the latest error, and that BrickLink is not asked or does not call: as the health screen has it.
 */
export function healthSummary({ storeHealth, silence, connection, now }: Health): HealthSummary {
  if (!connection.isConnected) {
    return {
      tone: "warn",
      label: connection.isOnline ? summaryWords.reconnecting : summaryWords.offline,
      message: !connection.hasEverConnected
        ? summaryWords.connecting
        : connection.isOnline
          ? summaryWords.reconnectingMessage
          : summaryWords.offlineMessage,
      action: null,
    };
  }
  if (!storeHealth) return { tone: "good", label: summaryWords.upToDate, message: "", action: null };
  if (storeHealth.connection === "notConnected") {
    return {
      tone: "warn",
      label: summaryWords.notConnected,
      message: summaryWords.notConnectedMessage,
      action: "settings",
    };
  }
  if (storeHealth.connection === "paused") {
    return {
      tone: "warn",
      label: summaryWords.paused,
      message: summaryWords.pausedMessage,
      action: "settings",
    };
  }
  const { failed, lastError, pause } = storeHealth;
  if (failed.count > 0) {
    return {
      tone: "bad",
      label: summaryWords.failed,
      message: `${summaryWords.failedMessage(failed.count, failed.isMore)} ${failed.latest === null ? "" : problemText(failed.latest)}`,
      action: "events",
      dismissible: "failures",
    };
  }
  if (pause !== null && pause.until > now) {
    return { tone: "warn", label: summaryWords.waiting, message: pauseText(pause), action: "health" };
  }
  if (lastError !== null) {
    return { tone: "warn", label: summaryWords.trouble, message: problemText(lastError), action: "health" };
  }
  if (isPollLate(storeHealth, now) || isComparisonLate(storeHealth, now)) {
    return { tone: "warn", label: summaryWords.trouble, message: summaryWords.late, action: "health" };
  }
  if (silence !== null) {
    return {
      tone: "warn",
      label: summaryWords.trouble,
      message: summaryWords.silent,
      action: "health",
      dismissible: "silence",
    };
  }
  return { tone: "good", label: summaryWords.upToDate, message: "", action: null };
}
