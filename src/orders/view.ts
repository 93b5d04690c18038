/** What the orders screen shows, read from the URL. A parameter that is missing or invalid falls back to its default. */
import { isOpenTab, tabs, type Tab } from "./tabs";

const sorts = ["ordered", "number", "buyer", "total", "pieces"] as const;

/** The values of each filter, as the URL has them; see convex/orders/filters.ts for what each means. */
const filterValues = {
  stock: ["complete", "short"],
  payment: ["paid", "unpaid"],
  picking: ["untouched", "begun", "unfinished", "picked"],
} as const;

export type Filters = {
  [Name in keyof typeof filterValues]: (typeof filterValues)[Name][number] | null;
};

/** A filter that is null lets every order through. */
export const noFilters: Filters = { stock: null, payment: null, picking: null };

export type Sort = (typeof sorts)[number];
export type Direction = "asc" | "desc";

/** The parameters of the URL. */
export type OrdersSearch = {
  tab?: Tab;
  status?: string;
  sort?: Sort;
  direction?: Direction;
  /** The text searched for. */
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

/**
 * Only tabs of open orders have filters: a store has some hundred open orders, which the server can look through, and any
 * number of closed ones.
 */
export function supportsFilters({ tab, search }: Pick<OrdersView, "tab" | "search">): boolean {
  return search === "" && isOpenTab(tab);
}

function oneOf<Option extends string>(options: readonly Option[], value: unknown): Option | undefined {
  return options.find((option) => option === value);
}

function textParameter(value: unknown): string | undefined {
  // The router reads a parameter that consists of digits as a number.
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** The URL parameters of filters. A filter that is null is undefined, and so absent from the URL. */
export function filterParams(filters: Partial<Filters>): {
  [Name in keyof Filters]?: NonNullable<Filters[Name]> | undefined;
} {
  const entries = Object.entries(filters).map(([name, value]) => [name, value ?? undefined] as const);
  return Object.fromEntries(entries);
}

/** Reads the parameters of the URL, leaving out those that are absent or invalid. */
export function readOrdersSearch(search: Record<string, unknown>): OrdersSearch {
  const read = {
    tab: oneOf(tabs, search.tab),
    status: textParameter(search.status),
    sort: oneOf(sorts, search.sort),
    direction: oneOf(["asc", "desc"], search.direction),
    q: textParameter(search.q),
    stock: oneOf(filterValues.stock, search.stock),
    payment: oneOf(filterValues.payment, search.payment),
    picking: oneOf(filterValues.picking, search.picking),
    order:
      Number.isSafeInteger(Number(search.order)) && Number(search.order) > 0
        ? Number(search.order)
        : undefined,
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

/** Fills in the defaults: orders to pack, newest first. */
export function toView(search: OrdersSearch): OrdersView {
  const { tab = "toPack", status = null, sort = "ordered", direction = "desc", q = "" } = search;
  const { stock = null, payment = null, picking = null } = search;
  const filters = supportsFilters({ tab, search: q }) ? { stock, payment, picking } : noFilters;
  return { tab, status, sort, direction, search: q, filters };
}
