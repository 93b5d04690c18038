/** The filters and sort options of the orders table, in words. */
import type { Direction, Filters, Sort } from "./view";

export const filterLabels: {
  [Name in keyof Filters]: { label: string; options: Record<NonNullable<Filters[Name]>, string> };
} = {
  stock: { label: "Stock", options: { complete: "All there", short: "Short" } },
  payment: { label: "Payment", options: { paid: "Paid", unpaid: "Not paid" } },
  picking: {
    label: "Picking",
    options: { untouched: "Not begun", begun: "Begun", unfinished: "Not done", picked: "Done" },
  },
};

/** In the order in which the form shows them. */
export const filterNames = ["payment", "stock", "picking"] as const satisfies readonly (keyof Filters)[];

/** The filters that are set, each with its label, such as "Stock: Short". */
export function activeFilters(filters: Filters): { name: keyof Filters; label: string }[] {
  return filterNames.flatMap((name) => {
    const value = filters[name];
    if (value === null) return [];
    const { label, options }: { label: string; options: Record<string, string> } = filterLabels[name];
    return [{ name, label: `${label}: ${options[value] ?? value}` }];
  });
}

export const sortOptions: { sort: Sort; direction: Direction; label: string }[] = [
  { sort: "ordered", direction: "desc", label: "Newest first" },
  { sort: "ordered", direction: "asc", label: "Oldest first" },
  { sort: "total", direction: "desc", label: "Largest total first" },
  { sort: "total", direction: "asc", label: "Smallest total first" },
  { sort: "pieces", direction: "desc", label: "Most pieces first" },
  { sort: "pieces", direction: "asc", label: "Fewest pieces first" },
  { sort: "buyer", direction: "asc", label: "Buyer, A to Z" },
  { sort: "buyer", direction: "desc", label: "Buyer, Z to A" },
  { sort: "number", direction: "desc", label: "Order number, high to low" },
  { sort: "number", direction: "asc", label: "Order number, low to high" },
];
