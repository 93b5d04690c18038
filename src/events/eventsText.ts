/** All text of the events screen and its drawer, apart from what is said of a notification itself. */
import { words } from "../language/language";

export const eventsText = words({
  en: {
    title: "Events",
    which: "Which events",
    retryAll: "Retry all",
    retryAllTitle: (count: number, isMore: boolean) =>
      `Retry ${isMore ? `more than ${count}` : count} failed ${count === 1 ? "event" : "events"}?`,
    retryAllText:
      "Each is fetched from BrickLink again, by at most two calls, four at a time and at most a hundred now. What was done before is not done twice. If the cause is still there, each is tried for some nine hours and then listed here again.",
    nothingYet: "Nothing has arrived yet. Once BrickLink is connected, its events are listed here.",
    empty: {
      failed: "Nothing needs you. What fails for good is listed here, with its reason.",
      retrying: "Nothing is being tried again. What failed once and is tried again by itself is listed here.",
      waiting: "Nothing waits to be fetched.",
      processing: "Nothing is being fetched just now.",
      messages: "No messages so far. What buyers write on BrickLink is listed here.",
      feedback: "No feedback so far. What buyers say of your store is listed here.",
    },
    arrived: "Arrived",
    event: "Event",
    source: "How it came",
    state: "State",
    readInOrder: "Read it in the order",
    readOnBricklink: "Read it on BrickLink",
    nextAttempt: (when: string) => `Next attempt ${when}.`,
    nextAttemptSoon: "Next attempt as soon as it can.",
    notFound:
      "There is no such event in this store. Events that are done are kept for thirty days; their orders stay.",
    whatHappened: "What happened",
    servedBy: "The other event",
    notStored: "The order is not stored yet",
    openOrder: "Open the order",
    retry: "Retry",
    tryNow: "Try now",
    retryTitle: (subject: string) => `Fetch ${subject} again?`,
    retryNow: "Retry now",
    movements: "What it did to stock",
    noMovements: "Nothing: the stock stood as the order needs it.",
    removedLot: "a lot that was removed",
  },
  de: {
    title: "Ereignisse",
    which: "Welche Ereignisse",
    retryAll: "Alle erneut versuchen",
    retryAllTitle: (count, isMore) =>
      count === 1
        ? "1 fehlgeschlagenes Ereignis erneut versuchen?"
        : `${isMore ? `Mehr als ${count}` : count} fehlgeschlagene Ereignisse erneut versuchen?`,
    retryAllText:
      "Jedes wird mit höchstens zwei Aufrufen noch einmal von BrickLink geholt, vier gleichzeitig und höchstens hundert auf einmal. Was schon getan ist, wird nicht noch einmal getan. Besteht die Ursache weiter, wird jedes etwa neun Stunden lang versucht und steht dann wieder hier.",
    nothingYet: "Noch ist nichts angekommen. Sobald BrickLink verbunden ist, stehen hier seine Ereignisse.",
    empty: {
      failed: "Nichts ist zu klären. Was endgültig fehlschlägt, steht hier mit seinem Grund.",
      retrying:
        "Nichts wird erneut versucht. Was fehlgeschlagen ist und von selbst erneut versucht wird, steht hier.",
      waiting: "Nichts wartet darauf, geholt zu werden.",
      processing: "Gerade wird nichts geholt.",
      messages: "Noch keine Nachrichten. Was Käufer bei BrickLink schreiben, steht hier.",
      feedback: "Noch keine Bewertungen. Was Käufer über Ihren Shop sagen, steht hier.",
    },
    arrived: "Angekommen",
    event: "Ereignis",
    source: "Wie es kam",
    state: "Status",
    readInOrder: "In der Bestellung lesen",
    readOnBricklink: "Bei BrickLink lesen",
    nextAttempt: (when) => `Nächster Versuch ${when}.`,
    nextAttemptSoon: "Nächster Versuch, sobald es geht.",
    notFound:
      "Dieses Ereignis gibt es in diesem Shop nicht. Erledigte Ereignisse werden dreißig Tage lang aufbewahrt; ihre Bestellungen bleiben.",
    whatHappened: "Was geschehen ist",
    servedBy: "Das andere Ereignis",
    notStored: "Die Bestellung ist noch nicht gespeichert",
    openOrder: "Bestellung öffnen",
    retry: "Erneut versuchen",
    tryNow: "Jetzt versuchen",
    retryTitle: (subject) => `${subject} noch einmal holen?`,
    retryNow: "Jetzt versuchen",
    movements: "Was sich am Bestand geändert hat",
    noMovements: "Nichts: Der Bestand war schon so, wie die Bestellung ihn braucht.",
    removedLot: "entferntes Lot",
  },
});
