/** The selection of the orders table, kept for this tab, so that it is there again on the way back from a pick list. */

const STORAGE_KEY = "selected-orders";

export type StoredSelection = {
  businessAccountId: string;
  /** The view in which they were selected. */
  view: string;
  orderNumbers: number[];
  /** Which batch of them is next, from 0. */
  batch: number;
};

/** Null when there is none, or an older version of this program stored another shape. */
export function readSelection(): StoredSelection | null {
  try {
    const stored = JSON.parse(sessionStorage.getItem(STORAGE_KEY) ?? "null") as StoredSelection | null;
    return stored !== null && Array.isArray(stored.orderNumbers) ? stored : null;
  } catch {
    return null;
  }
}

export function storeSelection(selection: StoredSelection): void {
  if (selection.orderNumbers.length === 0) sessionStorage.removeItem(STORAGE_KEY);
  else sessionStorage.setItem(STORAGE_KEY, JSON.stringify(selection));
}
