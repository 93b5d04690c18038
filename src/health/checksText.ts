/** All text of the health screen's checks: one check for each step by which an order reaches the store. */
import { words } from "../language/language";
import { formatCount } from "../ui/formatCount";
import { formatDateTime, relativeTime, timeAgo } from "../ui/time";
import { pauseText, problemText } from "./problemText";
import {
  isComparisonLate,
  isPollLate,
  type PageConnection,
  type Silence,
  type StoreHealth,
} from "./storeHealth";
import type { Health } from "./useHealth";

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

/** Each title, and what continues it to a sentence: the title is its subject. */
const checkWords = words({
  en: {
    moreThan: (count: number) => `more than ${count}`,
    page: {
      title: "This page",
      good: "is live: what changes shows at once.",
      bad: "is not connected.",
      advice: "This may be out of date; it updates when you reconnect.",
    },
    bricklink: {
      title: "BrickLink",
      good: "is connected and answers.",
      notConnected: "is not connected.",
      connect: "Enter the four keys; orders come in from then on.",
      paused: "is paused: callbacks are kept, orders wait.",
      resume: "Resume when you want orders to come in again.",
      waiting: "is not asked anything for now.",
      waitingAdvice: (pause: string, next: string) =>
        `${pause} The next try is ${next}; there is nothing to do.`,
      trouble: (ago: string) => `gave trouble ${ago}.`,
      troubleAdvice: (problem: string) =>
        `${problem} It is tried again by itself; if it lasts, test the connection.`,
    },
    callbacks: {
      title: "Callbacks",
      good: (ago: string) => `arrive: the latest came ${ago}.`,
      silent: (count: number, isMore: boolean, since: string) =>
        `seem not to arrive. ${isMore ? "At least " : ""}${formatCount(count, "event")} since ${since} came without one.`,
      silentAdvice:
        "No order is lost: BrickLink is asked every few minutes. To have them at once again, check that the callback URL at BrickLink is this store's, that this server can be reached from outside, and make a new URL if you are not sure.",
      never: "have not come yet.",
      late: (ago: string) => `have not come for a day: the latest came ${ago}.`,
      lateAdvice:
        "If buyers have ordered since, paste the callback URL at BrickLink again. Until then orders come in by asking, some minutes later.",
    },
    poll: "Last check for new events:",
    comparison: "Last full comparison:",
    happened: (ago: string) => `${ago}.`,
    notYet: "none yet; it starts by itself within minutes.",
    lateAdvice:
      "It is late. If the store is not paused and BrickLink is up, look at this server's log and restart it.",
    events: {
      title: "Events",
      allTitle: "All events",
      /** Where some have failed. */
      othersTitle: "All other events",
      good: "are processed.",
      waiting: (count: string) => `wait or are being fetched: ${count}.`,
    },
    noneFailed: { title: "No event", text: "has failed." },
    failed: { title: "Failed events", text: (count: string) => `need you: ${count}.` },
  },
  de: {
    moreThan: (count) => `mehr als ${count}`,
    page: {
      title: "Diese Seite",
      good: "ist live: Was sich ändert, erscheint sofort.",
      bad: "ist nicht verbunden.",
      advice: "Der Stand kann veraltet sein; er wird aktualisiert, sobald die Verbindung wieder da ist.",
    },
    bricklink: {
      title: "BrickLink",
      good: "ist verbunden und antwortet.",
      notConnected: "ist nicht verbunden.",
      connect: "Geben Sie die vier Schlüssel ein; ab dann kommen Bestellungen herein.",
      paused: "ist pausiert: Callbacks werden aufbewahrt, Bestellungen warten.",
      resume: "Setzen Sie den Shop fort, wenn wieder Bestellungen hereinkommen sollen.",
      waiting: "wird zurzeit nicht gefragt.",
      waitingAdvice: (pause, next) => `${pause} Der nächste Versuch ist ${next}; zu tun ist nichts.`,
      trouble: (ago) => `hat ${ago} Probleme gemacht.`,
      troubleAdvice: (problem) =>
        `${problem} Es wird von selbst erneut versucht; wenn es anhält, testen Sie die Verbindung.`,
    },
    callbacks: {
      title: "Callbacks",
      good: (ago) => `kommen an: Der letzte kam ${ago}.`,
      silent: (count, isMore, since) =>
        `scheinen nicht anzukommen. Ohne Callback seit dem ${since}: ${isMore ? "mindestens " : ""}${formatCount(count, "Ereignis", "Ereignisse")}.`,
      silentAdvice:
        "Keine Bestellung geht verloren: BrickLink wird alle paar Minuten gefragt. Damit sie wieder sofort da sind, prüfen Sie, ob bei BrickLink die Callback-URL dieses Shops steht und ob dieser Server von außen erreichbar ist, und erstellen Sie im Zweifel eine neue URL.",
      never: "sind noch nicht gekommen.",
      late: (ago) => `sind seit einem Tag ausgeblieben: Der letzte kam ${ago}.`,
      lateAdvice:
        "Wenn Käufer seitdem bestellt haben, fügen Sie die Callback-URL bei BrickLink noch einmal ein. Bis dahin kommen Bestellungen durch Abfragen herein, einige Minuten später.",
    },
    poll: "Letzte Abfrage neuer Ereignisse:",
    comparison: "Letzter vollständiger Abgleich:",
    happened: (ago) => `${ago}.`,
    notYet: "steht noch aus, beginnt in wenigen Minuten von selbst.",
    lateAdvice:
      "Das ist überfällig. Wenn der Shop nicht pausiert ist und BrickLink läuft, sehen Sie in das Log dieses Servers und starten Sie ihn neu.",
    events: {
      title: "Ereignisse",
      allTitle: "Alle Ereignisse",
      othersTitle: "Alle anderen Ereignisse",
      good: "sind verarbeitet.",
      waiting: (count) => `warten oder werden gerade geholt: ${count}.`,
    },
    noneFailed: { title: "Kein Ereignis", text: "ist fehlgeschlagen." },
    failed: { title: "Fehlgeschlagene Ereignisse", text: (count) => `sind zu klären: ${count}.` },
  },
});

/** A store that receives no callback for a day has either no buyers or no callback URL at BrickLink. */
const CALLBACK_LATE_MS = 24 * 60 * 60_000;

function good(title: string, text: string): HealthCheck {
  return { tone: "good", title, text, advice: null, to: null };
}

function pageCheck({ isConnected }: PageConnection): HealthCheck {
  const { title, advice, ...texts } = checkWords.page;
  if (isConnected) return good(title, texts.good);
  return { tone: "warn", title, text: texts.bad, advice, to: null };
}

function bricklinkCheck({ connection, lastError, pause }: StoreHealth, now: number): HealthCheck {
  const { title, ...texts } = checkWords.bricklink;
  if (connection === "notConnected") {
    return {
      tone: "warn",
      title,
      text: texts.notConnected,
      advice: texts.connect,
      to: "settings",
    };
  }
  if (connection === "paused") {
    return {
      tone: "warn",
      title,
      text: texts.paused,
      advice: texts.resume,
      to: "settings",
    };
  }
  if (pause !== null && pause.until > now) {
    return {
      tone: "warn",
      title,
      text: texts.waiting,
      advice: texts.waitingAdvice(pauseText(pause), relativeTime(pause.until, now)),
      to: null,
    };
  }
  if (lastError !== null) {
    return {
      tone: "warn",
      title,
      text: texts.trouble(timeAgo(lastError.at, now)),
      advice: texts.troubleAdvice(problemText(lastError)),
      to: "settings",
    };
  }
  return good(title, texts.good);
}

function callbackCheck({ lastCallbackAt }: StoreHealth, silence: Silence, now: number): HealthCheck {
  const { title, ...texts } = checkWords.callbacks;
  if (silence !== null) {
    const { since, unannounced, isMore } = silence;
    return {
      tone: "warn",
      title,
      text: texts.silent(unannounced, isMore, formatDateTime(since)),
      advice: texts.silentAdvice,
      to: "settings",
    };
  }
  // No event has come another way, so perhaps nothing has happened: there is advice, and nothing to warn of.
  const quiet = (text: string): HealthCheck => ({
    ...good(title, text),
    advice: texts.lateAdvice,
    to: "settings",
  });
  if (lastCallbackAt === null) return quiet(texts.never);
  const ago = timeAgo(lastCallbackAt, now);
  return now - lastCallbackAt > CALLBACK_LATE_MS ? quiet(texts.late(ago)) : good(title, texts.good(ago));
}

function pollChecks(storeHealth: StoreHealth, now: number): HealthCheck[] {
  const intervalCheck = (title: string, at: number | null, isLate: boolean): HealthCheck => {
    if (at === null) return good(title, checkWords.notYet);
    const text = checkWords.happened(timeAgo(at, now));
    if (!isLate) return good(title, text);
    return { tone: "warn", title, text, advice: checkWords.lateAdvice, to: null };
  };
  const { lastPolledAt, lastReconciledAt } = storeHealth;
  return [
    intervalCheck(checkWords.poll, lastPolledAt, isPollLate(storeHealth, now)),
    intervalCheck(checkWords.comparison, lastReconciledAt, isComparisonLate(storeHealth, now)),
  ];
}

function queueChecks({ waiting, failed }: StoreHealth): HealthCheck[] {
  const countText = ({ count, isMore }: { count: number; isMore: boolean }) =>
    isMore ? checkWords.moreThan(count) : String(count);
  const { events } = checkWords;
  return [
    waiting.count === 0
      ? good(failed.count === 0 ? events.allTitle : events.othersTitle, events.good)
      : good(events.title, events.waiting(countText(waiting))),
    failed.count === 0
      ? good(checkWords.noneFailed.title, checkWords.noneFailed.text)
      : {
          tone: "bad",
          title: checkWords.failed.title,
          text: checkWords.failed.text(countText(failed)),
          advice: failed.latest === null ? null : problemText(failed.latest),
          to: "events",
        },
  ];
}

/**
 * The checks in the order in which an order passes through what they check. Only the first two before BrickLink
 * is connected.
 */
export function healthChecks({
  storeHealth,
  connection,
  silence,
  now,
}: Health & { storeHealth: StoreHealth }): HealthCheck[] {
  const connectionChecks = [pageCheck(connection), bricklinkCheck(storeHealth, now)];
  if (storeHealth.connection === "notConnected") return connectionChecks;
  return [
    ...connectionChecks,
    callbackCheck(storeHealth, silence, now),
    ...pollChecks(storeHealth, now),
    ...queueChecks(storeHealth),
  ];
}
