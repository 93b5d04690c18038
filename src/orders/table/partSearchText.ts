/** All text about the lines of open orders that contain a part. */
import { words } from "../../language/language";
import { formatCount } from "../../ui/formatCount";

export const partSearchText = words({
  en: {
    title: "Parts in open orders",
    first: (lines: number, search: string) =>
      `The first ${lines} lines of open orders, parts beginning with “${search}”`,
    all: (lines: number, search: string) =>
      `${formatCount(lines, "line")} of open orders, parts beginning with “${search}”`,
  },
  de: {
    title: "Teile in offenen Bestellungen",
    first: (lines, search) =>
      `Teile, die mit „${search}“ beginnen: die ersten ${lines} Positionen aus offenen Bestellungen`,
    all: (lines, search) =>
      `Teile, die mit „${search}“ beginnen: ${formatCount(lines, "Position", "Positionen")} aus offenen Bestellungen`,
  },
});
