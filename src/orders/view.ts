/** What the orders screen shows, as its address says it. Whatever is not understood falls back to the default. */
const tabs = ["toPack", "problem", "shipped", "cancelled", "all"] as const;
const sorts = ["ordered", "number", "buyer", "total"] as const;

export type Tab = (typeof tabs)[number];
export type Sort = (typeof sorts)[number];
export type Direction = "asc" | "desc";

export type OrdersSearch = {
  tab?: Tab;
  status?: string;
  sort?: Sort;
  direction?: Direction;
  q?: string;
  /** The open order's number. */
  order?: number;
};

export type OrdersView = {
  tab: Tab;
  status: string | null;
  sort: Sort;
  direction: Direction;
  search: string;
};

function oneOf<Word extends string>(words: readonly Word[], value: unknown): Word | undefined {
  return words.find((word) => word === value);
}

function text(value: unknown): string | undefined {
  // The router reads a search of digits as a number.
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Reads an address's parameters, leaving out what is absent or wrong. */
export function readView(search: Record<string, unknown>): OrdersSearch {
  const read = {
    tab: oneOf(tabs, search.tab),
    status: text(search.status),
    sort: oneOf(sorts, search.sort),
    direction: oneOf(["asc", "desc"], search.direction),
    q: text(search.q),
    order:
      Number.isSafeInteger(Number(search.order)) && Number(search.order) > 0
        ? Number(search.order)
        : undefined,
  };
  return Object.fromEntries(Object.entries(read).filter(([, value]) => value !== undefined));
}

/** The view with its defaults: what there is to pack, newest first. */
export function viewOf(search: OrdersSearch): OrdersView {
  return {
    tab: search.tab ?? "toPack",
    status: search.status ?? null,
    sort: search.sort ?? "ordered",
    direction: search.direction ?? "desc",
    search: search.q ?? "",
  };
}
