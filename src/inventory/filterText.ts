/** The filters and sort options of the inventory, in words. */
import type { LotFilter, LotSort } from "./search";

export const lotFilterLabels: Record<LotFilter, string> = {
  all: "All lots",
  short: "Owed to orders",
  drift: "Differs from BrickLink",
  recount: "To count",
};

export const lotSortLabels: Record<LotSort, string> = {
  location: "By bin",
  part: "By part number",
  name: "By name",
};
