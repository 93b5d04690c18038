/** All text about an import of the inventory: its button, its progress and how it ended. */
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";
import { problemText } from "../health/problemText";
import { locale, words } from "../language/language";
import { formatCount } from "../ui/formatCount";
import { formatDateTime } from "../ui/time";

export type ImportRun = NonNullable<FunctionReturnType<typeof api.marketplaces.bricklink.import.runs.latest>>;

export const importWords = words({
  en: {
    button: "Import from BrickLink",
    title: "Import the inventory?",
    whatHappens:
      "On hand becomes what BrickLink lists plus what open orders require. What is reserved stays reserved. It takes a minute or so and some of today's calls.",
    confirm: "Import",
    import: "Import",
    states: {
      running: (at: string) => `Started ${at}`,
      failed: (at: string) => `Failed ${at}`,
      completed: (at: string) => `Finished ${at}`,
    },
    runningWith: (at: string, written: number, listed: number) =>
      `Started ${at}, ${written.toLocaleString(locale)} of ${listed.toLocaleString(locale)} lots`,
    listing: "Asking BrickLink for orders and lots.",
    readingOrders: (orders: number) =>
      `Reading ${formatCount(orders, "order")} first, because what open orders hold counts as stock.`,
    /** Orders without a number. */
    others: (count: number) => formatCount(count, "other"),
    /** `names`: the numbers of the orders, and the others. */
    unreadableOrders: (orders: number, names: string) =>
      `${formatCount(orders, "order")} could not be read (${names}), so what open orders hold is not known. Nothing was changed. See Events for the reason, then import again.`,
    changed: "An order changed meanwhile, so BrickLink is asked for the list again.",
    failure: "BrickLink could not be asked. Nothing was changed. Import again later.",
    writing: "Storing the lots.",
    closedStore:
      "BrickLink lists no lots, as it does for a closed store. Nothing was changed. Open the store there first.",
    paused: "The store was paused, so the import stopped. Resume it in Settings, then import again.",
    circuitOpen: "BrickLink has failed too often to be asked now. Import again when it answers.",
    outOfCalls:
      "The day's calls to BrickLink are nearly used up, and the last are kept for orders. Import tomorrow.",
    imported: (lots: number) => `${formatCount(lots, "lot")} imported.`,
    leftOut: (lots: number) =>
      `Left as before, because BrickLink's entry could not be read: ${formatCount(lots, "lot")}.`,
    uncounted: (lots: number) =>
      `Left as before, because too many open orders need the same goods: ${formatCount(lots, "lot")}. Import again once some are shipped.`,
    recounted: (lots: number) =>
      `${formatCount(lots, "lot")} had been counted by a person and now ${lots === 1 ? "has" : "have"} BrickLink's number instead: count the bin, then correct BrickLink or the number here.`,
    deferred: (lots: number) =>
      `BrickLink lists fewer pieces of ${formatCount(lots, "lot")} than are on hand here, perhaps for a checkout that is not paid yet. They are taken off if a later list, at least ten minutes from now, lacks them too.`,
    unconfirmed: (lots: number) =>
      `BrickLink listed fewer pieces of ${formatCount(lots, "lot")} than are on hand here, and could not be asked again for a day. Import again to take them off.`,
    lowered: (lots: number) =>
      `Pieces that BrickLink no longer lists were taken off: ${formatCount(lots, "lot")}.`,
    unreadable: (orders: number, names: string) =>
      `${formatCount(orders, "order")} could not be read (${names}), so what ${orders === 1 ? "it holds" : "they hold"} is not counted. See Events for the reason, then import again.`,
    uncertain: (lots: number, orders: number) =>
      `Left as before and marked as uncertain, because ${orders === 1 ? "that order needs" : "those orders need"} the same goods: ${formatCount(lots, "lot")}.`,
  },
  de: {
    button: "Von BrickLink importieren",
    title: "Lager importieren?",
    whatHappens:
      "Auf Lager ist danach, was BrickLink aufführt, und dazu, was offene Bestellungen brauchen. Was reserviert ist, bleibt reserviert. Das dauert etwa eine Minute und verbraucht einige der heutigen Aufrufe.",
    confirm: "Importieren",
    import: "Import",
    states: {
      running: (at) => `Begonnen am ${at}`,
      failed: (at) => `Fehlgeschlagen am ${at}`,
      completed: (at) => `Beendet am ${at}`,
    },
    runningWith: (at, written, listed) =>
      `Begonnen am ${at}, ${written.toLocaleString(locale)} von ${formatCount(listed, "Lot", "Lots")}`,
    listing: "BrickLink wird nach Bestellungen und Lots gefragt.",
    readingOrders: (orders) =>
      `Zuerst ${orders === 1 ? "wird" : "werden"} ${formatCount(orders, "Bestellung", "Bestellungen")} gelesen, denn was offene Bestellungen enthalten, zählt zum Bestand.`,
    others: (count) => formatCount(count, "weitere", "weitere"),
    unreadableOrders: (orders, names) =>
      `${formatCount(orders, "Bestellung konnte", "Bestellungen konnten")} nicht gelesen werden (${names}). Deshalb ist nicht bekannt, was offene Bestellungen enthalten. Nichts wurde geändert. Den Grund sehen Sie bei den Ereignissen; importieren Sie danach noch einmal.`,
    changed:
      "Inzwischen hat sich eine Bestellung geändert, deshalb wird BrickLink noch einmal nach der Liste gefragt.",
    failure:
      "BrickLink konnte nicht gefragt werden. Nichts wurde geändert. Importieren Sie später noch einmal.",
    writing: "Die Lots werden gespeichert.",
    closedStore:
      "BrickLink führt keine Lots auf, wie bei einem geschlossenen Shop. Nichts wurde geändert. Öffnen Sie zuerst dort den Shop.",
    paused:
      "Der Shop wurde pausiert, deshalb wurde der Import abgebrochen. Setzen Sie den Shop in den Einstellungen fort und importieren Sie dann noch einmal.",
    circuitOpen:
      "Anfragen an BrickLink sind zu oft fehlgeschlagen, jetzt wird es nicht gefragt. Importieren Sie noch einmal, wenn es wieder antwortet.",
    outOfCalls:
      "Die heutigen Aufrufe bei BrickLink sind fast verbraucht, und die letzten bleiben für Bestellungen. Importieren Sie morgen.",
    imported: (lots) => `${formatCount(lots, "Lot", "Lots")} importiert.`,
    leftOut: (lots) =>
      `Unverändert gelassen, weil BrickLinks Eintrag nicht gelesen werden konnte: ${formatCount(lots, "Lot", "Lots")}.`,
    uncounted: (lots) =>
      `Unverändert gelassen, weil zu viele offene Bestellungen die gleiche Ware brauchen: ${formatCount(lots, "Lot", "Lots")}. Importieren Sie noch einmal, wenn einige versendet sind.`,
    recounted: (lots) =>
      `${formatCount(lots, "Lot", "Lots")} hatte jemand gezählt, und nun gilt dort BrickLinks Zahl: Zählen Sie das Fach nach und berichtigen Sie dann BrickLink oder die Zahl hier.`,
    deferred: (lots) =>
      `BrickLink führt von ${formatCount(lots, "Lot", "Lots")} weniger Stück auf, als hier auf Lager sind, vielleicht wegen eines Kaufs, der noch nicht bezahlt ist. Der Unterschied wird abgezogen, wenn er auch in einer späteren Liste besteht, frühestens in zehn Minuten.`,
    unconfirmed: (lots) =>
      `BrickLink führte von ${formatCount(lots, "Lot", "Lots")} weniger Stück auf, als hier auf Lager sind, und konnte einen Tag lang nicht noch einmal gefragt werden. Importieren Sie noch einmal, um den Unterschied abzuziehen.`,
    lowered: (lots) =>
      `Was BrickLink nicht mehr aufführt, wurde abgezogen: ${formatCount(lots, "Lot", "Lots")}.`,
    unreadable: (orders, names) =>
      `${formatCount(orders, "Bestellung konnte", "Bestellungen konnten")} nicht gelesen werden (${names}). Was sie ${orders === 1 ? "enthält" : "enthalten"}, ist nicht mitgezählt. Den Grund sehen Sie bei den Ereignissen; importieren Sie danach noch einmal.`,
    uncertain: (lots, orders) =>
      `Unverändert gelassen und als unsicher markiert, weil ${orders === 1 ? "diese Bestellung die gleiche Ware braucht" : "diese Bestellungen die gleiche Ware brauchen"}: ${formatCount(lots, "Lot", "Lots")}.`,
  },
});

/** The orders that could not be read: "100, 101, 1 other", naming those whose number is known and stored. */
function unreadableNames({ unreadableOrders = [], unreadableOrderCount = 0 }: ImportRun["progress"]): string {
  const others = unreadableOrderCount - unreadableOrders.length;
  return [...unreadableOrders.map(String), ...(others > 0 ? [importWords.others(others)] : [])].join(", ");
}

/** What a finished import did, and what it left as it was. */
function resultText(progress: ImportRun["progress"]): string {
  const { count = 0, leftOut = 0, uncounted = 0, recounted = 0, uncertain = 0 } = progress;
  const { unreadableOrderCount = 0, deferred = 0, lowered = 0, unconfirmed = 0 } = progress;
  const sentences = [
    importWords.imported(count),
    leftOut > 0 && importWords.leftOut(leftOut),
    uncounted > 0 && importWords.uncounted(uncounted),
    recounted > 0 && importWords.recounted(recounted),
    deferred > 0 && importWords.deferred(deferred),
    unconfirmed > 0 && importWords.unconfirmed(unconfirmed),
    lowered > 0 && importWords.lowered(lowered),
    unreadableOrderCount > 0 && importWords.unreadable(unreadableOrderCount, unreadableNames(progress)),
    uncertain > 0 && importWords.uncertain(uncertain, unreadableOrderCount),
  ];
  return sentences.filter((sentence) => sentence !== false).join(" ");
}

/** The current step of an import, or how it ended. */
export function importText(progress: ImportRun["progress"]): string {
  const { step, count = 0, failure, unreadableOrderCount = 0 } = progress;
  switch (step) {
    case "readingOrders":
      return importWords.readingOrders(count);
    case "unreadableOrders":
      return importWords.unreadableOrders(unreadableOrderCount, unreadableNames(progress));
    case "failure":
      return failure === undefined ? importWords.failure : problemText(failure);
    case "imported":
      return resultText(progress);
    default:
      return importWords[step];
  }
}

/** When an import began or ended, and how far it is while it runs. */
export function importStateText({
  status,
  startedAt,
  finishedAt,
  lotsWritten,
  lotsListed,
}: ImportRun): string {
  const at = formatDateTime(finishedAt ?? startedAt);
  return status === "running" && lotsListed !== null
    ? importWords.runningWith(at, lotsWritten, lotsListed)
    : importWords.states[status](at);
}
