/** What the orders screen shows, read from the URL. A parameter that is missing or invalid falls back to its default. */
import { parseAmount } from "../../ui/money";
import { stages, type Stage } from "../stages";

const sorts = ["ordered", "number", "buyer", "total", "pieces"] as const;

/** The filters that have a fixed choice of values, as the URL has them; see convex/orders/filters.ts for what each means. */
const choiceValues = {
  stock: ["complete", "short"],
  payment: ["paid", "unpaid"],
  picking: ["untouched", "begun", "unfinished", "picked"],
} as const;

/** Days since an order was placed, from which the filter by age lets it through. */
export const ages = [1, 3, 7, 14, 30] as const;
type Age = (typeof ages)[number];

/** A filter that is null lets every order through. */
export type Filters = {
  [Name in keyof typeof choiceValues]: (typeof choiceValues)[Name][number] | null;
} & {
  /** A shipping method, as BrickLink names it. */
  shipping: string | null;
  /** Two letters, as in ISO 3166. */
  country: string | null;
  age: Age | null;
  /** The least grand total, in units of the order's own currency: "12.50". */
  total: string | null;
};

export const noFilters: Filters = {
  stock: null,
  payment: null,
  picking: null,
  shipping: null,
  country: null,
  age: null,
  total: null,
};

export type Sort = (typeof sorts)[number];
export type Direction = "asc" | "desc";

/** The filters that are set. */
export type FilterParams = { [Name in keyof Filters]?: NonNullable<Filters[Name]> };

/** The parameters of the URL. */
export type OrdersSearch = FilterParams & {
  stage?: Stage;
  status?: string;
  sort?: Sort;
  direction?: Direction;
  /** The text searched for. */
  q?: string;
  /** The open order's number. */
  order?: number;
};

export type OrdersView = {
  stage: Stage;
  status: string | null;
  sort: Sort;
  direction: Direction;
  search: string;
  filters: Filters;
};

function oneOf<Option>(options: readonly Option[], value: unknown): Option | undefined {
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

/** How many filters are set. */
export function activeFilterCount(filters: Filters): number {
  return Object.values(filters).filter((value) => value !== null).length;
}

/** Reads the parameters of the URL, leaving out those that are absent or invalid. */
export function readOrdersSearch(search: Record<string, unknown>): OrdersSearch {
  const total = textParameter(search.total);
  const read = {
    stage: oneOf(stages, search.stage),
    status: textParameter(search.status),
    sort: oneOf(sorts, search.sort),
    direction: oneOf(["asc", "desc"], search.direction),
    q: textParameter(search.q),
    stock: oneOf(choiceValues.stock, search.stock),
    payment: oneOf(choiceValues.payment, search.payment),
    picking: oneOf(choiceValues.picking, search.picking),
    shipping: textParameter(search.shipping),
    country: textParameter(search.country),
    age: oneOf(ages, search.age),
    total: total !== undefined && parseAmount(total) !== null ? total : undefined,
    order:
      Number.isSafeInteger(Number(search.order)) && Number(search.order) > 0
        ? Number(search.order)
        : undefined,
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

/** Fills in the defaults: all orders, newest first. */
export function toView(search: OrdersSearch): OrdersView {
  const { stage = "all", status = null, sort = "ordered", direction = "desc", q = "" } = search;
  const { stock = null, payment = null, picking = null } = search;
  const { shipping = null, country = null, age = null, total = null } = search;
  const filters = { stock, payment, picking, shipping, country, age, total };
  return { stage, status, sort, direction, search: q, filters };
}
