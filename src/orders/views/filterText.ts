/** The filters and sort options of the orders table, in words. */
import { words } from "../../language/language";
import { countryText } from "../../parcels/countries";
import type { Direction, Filters, Sort } from "./view";

type ChoiceName = "stock" | "payment" | "picking";

export const filterText = words({
  en: {
    any: "Any",
    shippingMethod: "Shipping method",
    country: "Country",
    placed: "Placed",
    total: "Total from",
    totalExample: "12.50",
    wrongTotal: "An amount, such as 12.50",
    status: "Status on BrickLink",
    sort: "Sort by",
    reset: "Reset filters",
    olderThan: (days: number) => `Older than ${days === 1 ? "a day" : `${days} days`}`,
    to: (country: string) => `To ${country}`,
    totalFrom: (total: string) => `Total from ${total}`,
    remove: (filter: string) => `Remove the filter: ${filter}`,
    choices: {
      stock: { label: "Stock", options: { complete: "All there", short: "Short" } },
      payment: { label: "Payment", options: { paid: "Paid", unpaid: "Not paid" } },
      picking: {
        label: "Picking",
        options: { untouched: "Not begun", begun: "Begun", unfinished: "Not done", picked: "Done" },
      },
    },
    sorts: {
      ordered: { desc: "Newest first", asc: "Oldest first" },
      total: { desc: "Largest total first", asc: "Smallest total first" },
      pieces: { desc: "Most pieces first", asc: "Fewest pieces first" },
      buyer: { asc: "Buyer, A to Z", desc: "Buyer, Z to A" },
      number: { desc: "Order number, high to low", asc: "Order number, low to high" },
    },
  },
  de: {
    any: "Alle",
    shippingMethod: "Versandart",
    country: "Land",
    placed: "Bestellt",
    total: "Summe ab",
    totalExample: "12,50",
    wrongTotal: "Ein Betrag, etwa 12,50",
    status: "Status bei BrickLink",
    sort: "Sortieren nach",
    reset: "Filter zurücksetzen",
    olderThan: (days) => `Älter als ${days === 1 ? "ein Tag" : `${days} Tage`}`,
    // Some countries would need an article after "nach".
    to: (country) => `Land: ${country}`,
    totalFrom: (total) => `Summe ab ${total}`,
    remove: (filter) => `Filter entfernen: ${filter}`,
    choices: {
      stock: { label: "Bestand", options: { complete: "Alles da", short: "Zu wenig" } },
      payment: { label: "Zahlung", options: { paid: "Bezahlt", unpaid: "Nicht bezahlt" } },
      picking: {
        label: "Picken",
        options: {
          untouched: "Nicht begonnen",
          begun: "Begonnen",
          unfinished: "Nicht fertig",
          picked: "Fertig",
        },
      },
    },
    sorts: {
      ordered: { desc: "Neueste zuerst", asc: "Älteste zuerst" },
      total: { desc: "Höchste Summe zuerst", asc: "Niedrigste Summe zuerst" },
      pieces: { desc: "Größte Stückzahl zuerst", asc: "Kleinste Stückzahl zuerst" },
      buyer: { asc: "Käufer, A bis Z", desc: "Käufer, Z bis A" },
      number: { desc: "Bestellnummer, absteigend", asc: "Bestellnummer, aufsteigend" },
    },
  },
});

/** The filters that have a few choices. */
export const choiceLabels: {
  [Name in ChoiceName]: { label: string; options: Record<NonNullable<Filters[Name]>, string> };
} = filterText.choices;

/** In the order in which the form shows them. */
export const choiceNames = ["payment", "stock", "picking"] as const satisfies readonly ChoiceName[];

/** "Older than 3 days". */
export function ageText(days: number): string {
  return filterText.olderThan(days);
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
    ...(country === null ? [] : [{ name: "country" as const, label: filterText.to(countryText(country)) }]),
    ...(age === null ? [] : [{ name: "age" as const, label: ageText(age) }]),
    ...(total === null ? [] : [{ name: "total" as const, label: filterText.totalFrom(total) }]),
  ];
}

/** In the order in which the form shows them. */
const sortChoices: readonly [sort: Sort, direction: Direction][] = [
  ["ordered", "desc"],
  ["ordered", "asc"],
  ["total", "desc"],
  ["total", "asc"],
  ["pieces", "desc"],
  ["pieces", "asc"],
  ["buyer", "asc"],
  ["buyer", "desc"],
  ["number", "desc"],
  ["number", "asc"],
];

export const sortOptions: { sort: Sort; direction: Direction; label: string }[] = sortChoices.map(
  ([sort, direction]) => ({ sort, direction, label: filterText.sorts[sort][direction] }),
);
