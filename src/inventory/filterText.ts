/** The search, the filters and the sort options of the inventory, in words. */
import { words } from "../language/language";
import type { LotFilter, LotSort } from "./search";

type FilterText = {
  filters: Record<LotFilter, string>;
  sorts: Record<LotSort, string>;
  search: string;
  searchHint: string;
  whichLots: string;
  whichOrder: string;
  filter: string;
  /** With how many filters are on. */
  filterOn: string;
  more: string;
  moreFiltered: (filter: string) => string;
};

export const filterText = words<FilterText>({
  en: {
    filters: {
      all: "All lots",
      short: "Owed to orders",
      drift: "Differs from BrickLink",
      recount: "To count",
    },
    sorts: { location: "By bin", part: "By part number", name: "By name" },
    search: "Search lots by part, name, colour or bin",
    searchHint: "Part, name, colour, bin",
    whichLots: "Which lots",
    whichOrder: "In which order",
    filter: "Filter",
    filterOn: "Filter (1)",
    more: "Filter and more",
    moreFiltered: (filter) => `Filter and more, ${filter}`,
  },
  de: {
    filters: {
      all: "Alle Lots",
      short: "Fehlt für Bestellungen",
      drift: "Weicht von BrickLink ab",
      recount: "Nachzuzählen",
    },
    sorts: { location: "Nach Fach", part: "Nach Teilenummer", name: "Nach Name" },
    search: "Lots nach Teil, Name, Farbe oder Fach durchsuchen",
    searchHint: "Teil, Name, Farbe, Fach",
    whichLots: "Welche Lots",
    whichOrder: "In welcher Reihenfolge",
    filter: "Filter",
    filterOn: "Filter (1)",
    more: "Filter und mehr",
    moreFiltered: (filter) => `Filter und mehr, ${filter}`,
  },
});
