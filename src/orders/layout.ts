/** How a person likes the table: remembered in this browser. */
export const optionalColumns = [
  { id: "ordered", label: "Placed" },
  { id: "size", label: "Lots / pieces" },
  { id: "total", label: "Total" },
  { id: "stock", label: "Stock" },
  { id: "payment", label: "Payment" },
  { id: "shipping", label: "Shipping" },
  { id: "source", label: "Source" },
] as const;
export type OptionalColumn = (typeof optionalColumns)[number]["id"];

/** Pixels of the window from which on there is room for a column; the others always have it, but on a phone. */
export const roomFrom: Record<OptionalColumn, number> = {
  ordered: 701,
  stock: 701,
  total: 701,
  size: 901,
  payment: 1201,
  shipping: 1201,
  source: 1201,
};

export type Layout = {
  density: "comfortable" | "compact";
  hidden: OptionalColumn[];
  /** How arrivals are told of, beside the table itself. */
  isSounded: boolean;
  isNotified: boolean;
};

const KEY = "orders-layout";
const standard: Layout = {
  density: "comfortable",
  hidden: ["source"],
  isSounded: false,
  isNotified: false,
};

/** Pixels; 44 is the least that a finger finds. */
export const rowHeights: Record<Layout["density"], number> = { comfortable: 52, compact: 44 };

export function readLayout(): Layout {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "null") as Partial<Layout> | null;
    const hidden = optionalColumns.map(({ id }) => id).filter((id) => kept?.hidden?.includes(id));
    if (!kept) return standard;
    return {
      density: kept.density === "compact" ? "compact" : "comfortable",
      hidden,
      isSounded: kept.isSounded === true,
      isNotified: kept.isNotified === true,
    };
  } catch {
    return standard;
  }
}

export function saveLayout(layout: Layout): void {
  localStorage.setItem(KEY, JSON.stringify(layout));
}
