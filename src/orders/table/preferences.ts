/** A person's preferences for the orders table, stored in this browser. */
import { tableText } from "./tableText";

const { columns } = tableText;

export const optionalColumns = [
  { id: "ordered", label: columns.ordered },
  { id: "size", label: columns.size },
  { id: "total", label: columns.total },
  { id: "stock", label: columns.stock },
  { id: "payment", label: columns.payment },
  { id: "shipping", label: columns.shipping },
  { id: "source", label: columns.source },
] as const;
export type OptionalColumn = (typeof optionalColumns)[number]["id"];

/** Window width, in CSS pixels, from which a column has room. Columns that cannot be hidden always have it, except on phones. */
export const minWindowWidth: Record<OptionalColumn, number> = {
  stock: 701,
  total: 701,
  ordered: 821,
  size: 1001,
  payment: 1301,
  shipping: 1301,
  source: 1301,
};

export type Preferences = {
  density: "comfortable" | "compact";
  hidden: OptionalColumn[];
  /** A new order plays a sound. */
  isSounded: boolean;
  /** A new order shows a desktop notification. */
  isNotified: boolean;
};

const STORAGE_KEY = "orders-layout";
const defaults: Preferences = {
  density: "comfortable",
  hidden: ["source"],
  isSounded: false,
  isNotified: false,
};

/** CSS pixels. Where fingers touch the rows, dense ones are as high as a touch target (WCAG 2.5.5). */
export function rowHeightOf({ density }: Preferences, isTouched: boolean): number {
  if (density === "comfortable") return 48;
  return isTouched ? 44 : 36;
}

/** Falls back to the defaults where nothing is stored or the stored value is unusable. */
export function readPreferences(): Preferences {
  try {
    const stored = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "null") as Partial<Preferences> | null;
    const hidden = optionalColumns.map(({ id }) => id).filter((id) => stored?.hidden?.includes(id));
    if (!stored) return defaults;
    return {
      density: stored.density === "compact" ? "compact" : "comfortable",
      hidden,
      isSounded: stored.isSounded === true,
      isNotified: stored.isNotified === true,
    };
  } catch {
    return defaults;
  }
}

export function savePreferences(preferences: Preferences): void {
  localStorage.setItem(STORAGE_KEY, JSON.stringify(preferences));
}
