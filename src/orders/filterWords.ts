/** Filters and orders of the table in words. */
import type { Direction, Filters, Sort } from "./view";

export const filterLabels: {
  [Name in keyof Filters]: { label: string; words: Record<NonNullable<Filters[Name]>, string> };
} = {
  stock: { label: "Stock", words: { complete: "All there", short: "Short" } },
  payment: { label: "Payment", words: { paid: "Paid", unpaid: "Not paid" } },
  picking: {
    label: "Picking",
    words: { untouched: "Not begun", begun: "Begun", unfinished: "Not done", picked: "Done" },
  },
};

export const filterNames = ["payment", "stock", "picking"] as const satisfies readonly (keyof Filters)[];

/** The filters that are on, in words. */
export function activeFilters(filters: Filters): { name: keyof Filters; word: string }[] {
  return filterNames.flatMap((name) => {
    const value = filters[name];
    const words: Record<string, string> = filterLabels[name].words;
    return value === null ? [] : [{ name, word: `${filterLabels[name].label}: ${words[value] ?? value}` }];
  });
}

export const sortWords: { sort: Sort; direction: Direction; word: string }[] = [
  { sort: "ordered", direction: "desc", word: "Newest first" },
  { sort: "ordered", direction: "asc", word: "Oldest first" },
  { sort: "total", direction: "desc", word: "Largest total first" },
  { sort: "total", direction: "asc", word: "Smallest total first" },
  { sort: "pieces", direction: "desc", word: "Most pieces first" },
  { sort: "pieces", direction: "asc", word: "Fewest pieces first" },
  { sort: "buyer", direction: "asc", word: "Buyer, A to Z" },
  { sort: "buyer", direction: "desc", word: "Buyer, Z to A" },
  { sort: "number", direction: "desc", word: "Order number, high to low" },
  { sort: "number", direction: "asc", word: "Order number, low to high" },
];
