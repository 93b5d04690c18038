/** All text about the selected orders. */
import { formatCount } from "../../ui/formatCount";
import { BATCH_MAX, type Batch } from "./batches";

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
  if (isLoading) return "Selecting all in this view …";
  if (isMore) return `The first ${count.toLocaleString()} in this view are selected`;
  if (isAll && count > 1) return `All ${count.toLocaleString()} in this view are selected`;
  return `${formatCount(count, "order")} selected`;
}

/** Which of the selected orders the next pick list or print takes. */
export function batchText({ from, to }: Pick<Batch<unknown>, "from" | "to">, count: number): string {
  return `Pick lists and prints take ${BATCH_MAX} at a time: ${from}–${to} of ${count.toLocaleString()}`;
}

export function selectAllText(areSelected: boolean): string {
  return areSelected ? "Clear the selection" : "Select all orders in this view";
}

export const selectionText = {
  bar: "Selected orders",
  pickList: "Pick list",
  previousBatch: `The ${BATCH_MAX} before`,
  nextBatch: `The next ${BATCH_MAX}`,
  exportCsv: "Export CSV",
  clear: "Clear",
} as const;
