/** The words of a notification's timeline and of its entry in an order's history. notificationText.ts chooses among them. */
import { words } from "../language/language";

export const timelineWords = words({
  en: {
    /** Events at BrickLink as the first step. */
    events: {
      Order: "An order was placed or changed at BrickLink.",
      Message: "Somebody wrote a message at BrickLink.",
      Feedback: "Feedback was given at BrickLink.",
    },
    sources: {
      webhook: "BrickLink called the callback URL.",
      poll: "It was among the unread notifications when BrickLink was polled.",
      reconcile: "Comparing BrickLink's list of orders with the orders here showed a difference.",
      manual: "A person asked for it.",
      write: "After a change from here the order was read again.",
    },
    retried: "It arrived here. A person retried it later.",
    failed: (attempts: number) =>
      attempts === 1
        ? "The first attempt failed."
        : `${attempts} attempts failed, the latest for this reason.`,
    failedEarlier: "An earlier attempt failed.",
    waiting: "Waits to be fetched.",
    fetching: (attempt: number) => `Being fetched now, attempt ${attempt}.`,
    nextAttempt: (attempt: number) => `Attempt ${attempt} starts by itself.`,
    noNextAttempt: "It is not tried again by itself. Once the cause is gone, press Retry to start it over.",
    /** Outcomes as the last step. */
    outcomes: {
      done: "Done.",
      applied: "The order was fetched and stored in one step, with what it changes in the stock.",
      fetched: "It was fetched and stored with its order: read it there.",
      noted: "Noted. It could not be found with one of your orders: read it on BrickLink.",
      coalesced: "After it had arrived, another event fetched the same, so it was not fetched again.",
      superseded: "A newer state of the order had been stored already, so nothing was changed.",
    },
    tookAttempts: (attempts: number) => `It took ${attempts} attempts.`,
  },
  de: {
    events: {
      Order: "Bei BrickLink wurde eine Bestellung aufgegeben oder geändert.",
      Message: "Jemand hat bei BrickLink eine Nachricht geschrieben.",
      Feedback: "Bei BrickLink wurde eine Bewertung abgegeben.",
    },
    sources: {
      webhook: "BrickLink hat die Callback-URL aufgerufen.",
      poll: "Es war bei einer Abfrage unter den ungelesenen Benachrichtigungen von BrickLink.",
      reconcile:
        "Der Abgleich der Bestellliste von BrickLink mit den Bestellungen hier hat eine Abweichung gezeigt.",
      manual: "Jemand hat es angefordert.",
      write: "Nach einer Änderung von hier wurde die Bestellung neu gelesen.",
    },
    retried: "Es ist hier angekommen. Später hat es jemand erneut versucht.",
    failed: (attempts) =>
      attempts === 1
        ? "Der erste Versuch ist fehlgeschlagen."
        : `${attempts} Versuche sind fehlgeschlagen, der letzte aus diesem Grund.`,
    failedEarlier: "Ein früherer Versuch ist fehlgeschlagen.",
    waiting: "Wartet darauf, geholt zu werden.",
    fetching: (attempt) => `Wird gerade geholt, Versuch ${attempt}.`,
    nextAttempt: (attempt) => `Versuch ${attempt} beginnt von selbst.`,
    noNextAttempt:
      "Von selbst wird es nicht noch einmal versucht. Wenn die Ursache behoben ist, beginnen Sie mit „Erneut versuchen“ von vorn.",
    outcomes: {
      done: "Erledigt.",
      applied:
        "In einem Schritt wurde die Bestellung geholt und gespeichert, mit dem, was sie am Bestand ändert.",
      fetched: "Es wurde geholt und mit seiner Bestellung gespeichert: Lesen Sie es dort.",
      noted: "Vermerkt. Es war bei keiner Ihrer Bestellungen zu finden: Lesen Sie es bei BrickLink.",
      coalesced:
        "Nachdem es angekommen war, hat ein anderes Ereignis dasselbe geholt, deshalb wurde es nicht noch einmal geholt.",
      superseded: "Ein neuerer Stand der Bestellung war schon gespeichert, deshalb wurde nichts geändert.",
    },
    tookAttempts: (attempts) => `Es hat ${attempts} Versuche gebraucht.`,
  },
});

export const historyWords = words({
  en: {
    /** Sources as the beginning of an entry. */
    sources: {
      webhook: "BrickLink called",
      poll: "BrickLink's notifications were read",
      reconcile: "The order lists were compared",
      manual: "A person asked for it",
      write: "After a change from here",
    },
    /** What is fetched for an event, as the end of an entry. */
    fetched: {
      Order: "the order was fetched and stored",
      Message: "the buyer's messages were fetched and stored",
      Feedback: "the feedback was fetched and stored",
    },
    /** Other outcomes as the end of an entry. */
    outcomes: {
      noted: "noted",
      coalesced: "fetched with another event",
      superseded: "a newer state was already stored",
    },
    done: "done",
    waiting: "waiting",
    waitingAgain: "waiting.",
    fetching: (attempt: number) => `fetching now, attempt ${attempt}`,
    failed: (attempts: number) => `${attempts === 1 ? "an attempt" : `${attempts} attempts`} failed.`,
  },
  de: {
    sources: {
      webhook: "Callback von BrickLink",
      poll: "Benachrichtigungen von BrickLink gelesen",
      reconcile: "Bestelllisten abgeglichen",
      manual: "Von jemandem angefordert",
      write: "Nach einer Änderung von hier",
    },
    fetched: {
      Order: "Bestellung geholt und gespeichert",
      Message: "Nachrichten des Käufers geholt und gespeichert",
      Feedback: "Bewertung geholt und gespeichert",
    },
    outcomes: {
      noted: "vermerkt",
      coalesced: "mit einem anderen Ereignis geholt",
      superseded: "neuerer Stand schon gespeichert",
    },
    done: "erledigt",
    waiting: "wartet",
    waitingAgain: "wartet.",
    fetching: (attempt) => `wird gerade geholt, Versuch ${attempt}`,
    failed: (attempts) =>
      attempts === 1 ? "ein Versuch ist fehlgeschlagen." : `${attempts} Versuche sind fehlgeschlagen.`,
  },
});
