/** All text of the parts that several screens use. */
import { locale, words } from "../language/language";

export const uiText = words({
  en: {
    close: "Close",
    cancel: "Cancel",
    loading: "Loading",
    showMore: "Show more",
    clearSearch: "Clear the search",
    noColor: (colorId: number) => `Colour ${colorId}`,
    justNow: "just now",
    withinAMinute: "within a minute",
    failed: "That did not work. Check the connection, reload the page and try again.",
    exported: (count: number, noun: string) => `${count.toLocaleString(locale)} ${noun} …`,
    exportedMost: (most: number, noun: string) =>
      `The first ${most.toLocaleString(locale)} ${noun} were exported. For the others narrow the table down.`,
    sessionEnded: "This session has ended. One moment.",
    cannotBeShown: "This cannot be shown now",
    loadAgain: "Load the page again",
    noSuchPage: "There is no such page",
    backToOrders: "Back to the orders",
    noServer: "The server does not answer",
    startServer: "It may be starting, or stopped. Start it with npm start, then try again.",
    tryAgain: "Try again",
  },
  de: {
    close: "Schließen",
    cancel: "Abbrechen",
    loading: "Wird geladen",
    showMore: "Mehr anzeigen",
    clearSearch: "Suche leeren",
    noColor: (colorId) => `Farbe ${colorId}`,
    justNow: "gerade eben",
    withinAMinute: "in weniger als einer Minute",
    failed:
      "Das hat nicht geklappt. Prüfen Sie die Verbindung, laden Sie die Seite neu und versuchen Sie es noch einmal.",
    exported: (count, noun) => `${count.toLocaleString(locale)} ${noun} …`,
    exportedMost: (most, noun) =>
      `Die ersten ${most.toLocaleString(locale)} ${noun} wurden exportiert. Schränken Sie die Tabelle ein, um die übrigen zu erhalten.`,
    sessionEnded: "Diese Anmeldung ist abgelaufen. Einen Moment.",
    cannotBeShown: "Das kann gerade nicht angezeigt werden",
    loadAgain: "Seite neu laden",
    noSuchPage: "Diese Seite gibt es nicht",
    backToOrders: "Zurück zu den Bestellungen",
    noServer: "Der Server antwortet nicht",
    startServer:
      "Vielleicht startet er gerade, oder er läuft nicht. Starten Sie ihn mit npm start und versuchen Sie es noch einmal.",
    tryAgain: "Noch einmal versuchen",
  },
});
