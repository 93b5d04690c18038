/** URL search parameters of the inventory screen. */
import type { FunctionArgs } from "convex/server";
import type { api } from "../../convex/_generated/api";

/** `short`: lots that backorders wait for. `drift`: lots of which more was sent than was on hand. `recount`: to count or to lower, after a packer's report. */
export type LotFilter = "all" | "short" | "drift" | "recount";
export type LotSort = FunctionArgs<typeof api.inventory.lots.list>["sort"];

/** In the order in which the screen offers them. filterText.ts names them, apart from the first script. */
export const lotFilters = ["all", "short", "drift", "recount"] as const satisfies readonly LotFilter[];
export const lotSorts = ["location", "part", "name"] as const satisfies readonly LotSort[];

/** `show`: the filter. `q`: the search text. `lot`: id of the lot whose drawer is open. */
export type InventorySearch = { show?: LotFilter; sort?: LotSort; q?: string; lot?: string };

/** Parses the URL's search parameters. Missing and invalid ones are omitted. */
export function parseInventorySearch(search: Record<string, unknown>): InventorySearch {
  const show = lotFilters.find((value) => value === search.show);
  const sort = lotSorts.find((value) => value === search.sort);
  // The router parses a search text of digits only, as most part numbers are, to a number.
  const q = typeof search.q === "number" ? String(search.q) : search.q;
  return {
    ...(show !== undefined && { show }),
    ...(sort !== undefined && { sort }),
    ...(typeof q === "string" && q !== "" && { q }),
    ...(typeof search.lot === "string" && { lot: search.lot }),
  };
}
