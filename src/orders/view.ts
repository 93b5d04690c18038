/** What the orders screen shows, as its address says it. Whatever is not understood falls back to the default. */
import { isOpenTab, tabs, type Tab } from "./tabs";

const sorts = ["ordered", "number", "buyer", "total", "pieces"] as const;

/** What open orders can be narrowed down to, by the address's words. */
const filterWords = {
  stock: ["complete", "short"],
  payment: ["paid", "unpaid"],
  picking: ["untouched", "begun", "unfinished", "picked"],
} as const;

export type Filters = {
  [Name in keyof typeof filterWords]: (typeof filterWords)[Name][number] | null;
};
export const noFilters: Filters = { stock: null, payment: null, picking: null };

export type Sort = (typeof sorts)[number];
export type Direction = "asc" | "desc";

export type OrdersSearch = {
  tab?: Tab;
  status?: string;
  sort?: Sort;
  direction?: Direction;
  q?: string;
  stock?: NonNullable<Filters["stock"]>;
  payment?: NonNullable<Filters["payment"]>;
  picking?: NonNullable<Filters["picking"]>;
  /** The open order's number. */
  order?: number;
};

export type OrdersView = {
  tab: Tab;
  status: string | null;
  sort: Sort;
  direction: Direction;
  search: string;
  filters: Filters;
};

/** Filters are for open orders: of those a store has some hundred, of the others any number. */
export function hasFilters({ tab, search }: Pick<OrdersView, "tab" | "search">): boolean {
  return search === "" && isOpenTab(tab);
}

function oneOf<Word extends string>(words: readonly Word[], value: unknown): Word | undefined {
  return words.find((word) => word === value);
}

function text(value: unknown): string | undefined {
  // The router reads a search of digits as a number.
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Filters as the address has them: what lets all through is not in it. */
export function searchOf(filters: Partial<Filters>): {
  [Name in keyof Filters]?: NonNullable<Filters[Name]> | undefined;
} {
  const entries = Object.entries(filters).map(([name, value]) => [name, value ?? undefined] as const);
  return Object.fromEntries(entries);
}

/** Reads an address's parameters, leaving out what is absent or wrong. */
export function readView(search: Record<string, unknown>): OrdersSearch {
  const read = {
    tab: oneOf(tabs, search.tab),
    status: text(search.status),
    sort: oneOf(sorts, search.sort),
    direction: oneOf(["asc", "desc"], search.direction),
    q: text(search.q),
    stock: oneOf(filterWords.stock, search.stock),
    payment: oneOf(filterWords.payment, search.payment),
    picking: oneOf(filterWords.picking, search.picking),
    order:
      Number.isSafeInteger(Number(search.order)) && Number(search.order) > 0
        ? Number(search.order)
        : undefined,
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

/** The view with its defaults: what there is to pack, newest first. */
export function viewOf(search: OrdersSearch): OrdersView {
  const { tab = "toPack", status = null, sort = "ordered", direction = "desc", q = "" } = search;
  const { stock = null, payment = null, picking = null } = search;
  const filters = hasFilters({ tab, search: q }) ? { stock, payment, picking } : noFilters;
  return { tab, status, sort, direction, search: q, filters };
}
