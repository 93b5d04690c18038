/** All text about a print on the screen: its papers, and what is not printed and why. */
import type { PaperId, PrintKind } from "./search";
import type { SlipSort } from "./slip";

export const kindLabels: Record<PrintKind, string> = { slips: "Packing slips", labels: "Address labels" };

export const paperLabels: Record<PrintKind, Record<PaperId, string>> = {
  slips: { a4: "A4", letter: "Letter", label: "Label, 100 × 150 mm" },
  labels: {
    a4: "A4 sheet, 2 × 7 labels (Avery L7163)",
    letter: "Letter sheet, 2 × 5 labels (Avery 5163)",
    label: "One label a page, 100 × 150 mm",
  },
};

export const sortLabels: Record<SlipSort, string> = { name: "By name", bin: "In walking order" };

const list = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** "Order 12", "Orders 12, 13 and 14". */
function ordersText(numbers: readonly number[]): string {
  return `${numbers.length === 1 ? "Order" : "Orders"} ${list.format(numbers.map(String))}`;
}

/** `numbers`: orders for which the print has no room; at least one. */
export function leftOutText(numbers: readonly number[]): string {
  return `${ordersText(numbers)} did not fit into this print. Print these pages first, then the others.`;
}

/** `numbers`: at least one. */
export function unknownText(numbers: readonly number[]): string {
  const what = numbers.length === 1 ? "is not in this store. It" : "are not in this store. They";
  return `${ordersText(numbers)} ${what} may not have arrived yet.`;
}

/** `numbers`: orders without an address; at least one. */
export function noAddressText(numbers: readonly number[], kind: PrintKind): string {
  const consequence = kind === "labels" ? "no label is printed" : "the slip names only the buyer";
  const have = numbers.length === 1 ? "has" : "have";
  return `${ordersText(numbers)} ${have} no address, so ${consequence}. BrickLink sent none, or it was removed some time after the order was closed.`;
}

export const hiddenAddressText = {
  slips: "Addresses are shown to staff and owners, so these slips name only the buyer.",
  labels: "Addresses are shown to staff and owners. Ask one of them to print the labels.",
} satisfies Record<PrintKind, string>;

/** `numbers`: cancelled orders; at least one. */
export function cancelledText(numbers: readonly number[]): string {
  const what = numbers.length === 1 ? "is cancelled: do not send it." : "are cancelled: do not send them.";
  return `${ordersText(numbers)} ${what}`;
}

export const tooLongText = "Too long for this label. Print it on a larger one.";
