/** All text about the selected orders. */
import { locale, words } from "../../language/language";
import { formatCount } from "../../ui/formatCount";
import { BATCH_MAX, type Batch } from "./batches";

export const selectionText = words({
  en: {
    bar: "Selected orders",
    pickList: "Pick list",
    previousBatch: `The ${BATCH_MAX} before`,
    nextBatch: `The next ${BATCH_MAX}`,
    exportCsv: "Export CSV",
    clear: "Clear",
    clearAll: "Clear the selection",
    selectAll: "Select all orders in this view",
    selecting: "Selecting all in this view …",
    first: (count: number) => `The first ${count.toLocaleString(locale)} in this view are selected`,
    all: (count: number) => `All ${count.toLocaleString(locale)} in this view are selected`,
    some: (count: number) => `${formatCount(count, "order")} selected`,
    batch: (from: number, to: number, count: number) =>
      `Pick lists and prints take ${BATCH_MAX} at a time: ${from}–${to} of ${count.toLocaleString(locale)}`,
  },
  de: {
    bar: "Ausgewählte Bestellungen",
    pickList: "Pickliste",
    previousBatch: `Die ${BATCH_MAX} davor`,
    nextBatch: `Die nächsten ${BATCH_MAX}`,
    exportCsv: "CSV exportieren",
    clear: "Auswahl aufheben",
    clearAll: "Auswahl aufheben",
    selectAll: "Alle Bestellungen dieser Ansicht auswählen",
    selecting: "Alle in dieser Ansicht werden ausgewählt …",
    first: (count) => `Die ersten ${count.toLocaleString(locale)} dieser Ansicht sind ausgewählt`,
    all: (count) => `Alle ${count.toLocaleString(locale)} dieser Ansicht sind ausgewählt`,
    some: (count) => `${formatCount(count, "Bestellung", "Bestellungen")} ausgewählt`,
    batch: (from, to, count) =>
      `Je Pickliste oder Druck höchstens ${BATCH_MAX}: ${from}–${to} von ${count.toLocaleString(locale)}`,
  },
});

type Selected = {
  count: number;
  /** Whether these are all orders of the view. */
  isAll: boolean;
  /** Whether the rest of them is being fetched. */
  isLoading: boolean;
  /** Whether there are more in the view than can be selected. */
  isMore: boolean;
};

/** How many orders are selected, and whether that is all of them. */
export function selectedText({ count, isAll, isLoading, isMore }: Selected): string {
  if (isLoading) return selectionText.selecting;
  if (isMore) return selectionText.first(count);
  if (isAll && count > 1) return selectionText.all(count);
  return selectionText.some(count);
}

/** Which of the selected orders the next pick list or print takes. */
export function batchText({ from, to }: Pick<Batch<unknown>, "from" | "to">, count: number): string {
  return selectionText.batch(from, to, count);
}

export function selectAllText(areSelected: boolean): string {
  return areSelected ? selectionText.clearAll : selectionText.selectAll;
}
