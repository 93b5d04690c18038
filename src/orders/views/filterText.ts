/** The filters and sort options of the orders table, in words. */
import { countryText } from "../../parcels/countries";
import type { Direction, Filters, Sort } from "./view";

type ChoiceName = "stock" | "payment" | "picking";

/** The filters that have a few choices. */
export const choiceLabels: {
  [Name in ChoiceName]: { label: string; options: Record<NonNullable<Filters[Name]>, string> };
} = {
  stock: { label: "Stock", options: { complete: "All there", short: "Short" } },
  payment: { label: "Payment", options: { paid: "Paid", unpaid: "Not paid" } },
  picking: {
    label: "Picking",
    options: { untouched: "Not begun", begun: "Begun", unfinished: "Not done", picked: "Done" },
  },
};

/** In the order in which the form shows them. */
export const choiceNames = ["payment", "stock", "picking"] as const satisfies readonly ChoiceName[];

/** "Older than 3 days". */
export function ageText(days: number): string {
  return `Older than ${days === 1 ? "a day" : `${days} days`}`;
}

/** The filters that are set, each with its label, such as "Stock: Short". */
export function activeFilters(filters: Filters): { name: keyof Filters; label: string }[] {
  const { shipping, country, age, total } = filters;
  const choices = choiceNames.flatMap((name) => {
    const value = filters[name];
    if (value === null) return [];
    const { label, options }: { label: string; options: Record<string, string> } = choiceLabels[name];
    return [{ name, label: `${label}: ${options[value] ?? value}` }];
  });
  return [
    ...choices,
    ...(shipping === null ? [] : [{ name: "shipping" as const, label: shipping }]),
    ...(country === null ? [] : [{ name: "country" as const, label: `To ${countryText(country)}` }]),
    ...(age === null ? [] : [{ name: "age" as const, label: ageText(age) }]),
    ...(total === null ? [] : [{ name: "total" as const, label: `Total from ${total}` }]),
  ];
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
