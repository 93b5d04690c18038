/** All text of the bar above the orders table and of its tabs, which the first screen loads. */
import { words } from "../../language/language";

export const barText = words({
  en: {
    title: "Orders",
    search: "Search orders by number, buyer, part or bin",
    searched: "Number, buyer, part, bin",
    /** Where a phone has no room for the above. */
    searchedBriefly: "Search",
    filterAndSort: "Filter and sort",
    filterAndSortOn: (filters: number) => `Filter and sort, ${filters} on`,
    filter: "Filter",
    stages: "Which orders",
  },
  de: {
    title: "Bestellungen",
    search: "Bestellungen nach Nummer, Käufer, Teil oder Fach durchsuchen",
    searched: "Nummer, Käufer, Teil, Fach",
    searchedBriefly: "Suchen",
    filterAndSort: "Filtern und sortieren",
    filterAndSortOn: (filters) => `Filtern und sortieren, ${filters} aktiv`,
    filter: "Filter",
    stages: "Welche Bestellungen",
  },
});
