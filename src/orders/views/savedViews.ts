/** Views of the orders table that a person gave a name, stored in this browser for each store. */
import type { Business } from "../../account/business";
import { readOrdersSearch, type OrdersSearch } from "./view";

/** `search`: the parameters of the URL, without the open order. */
export type SavedView = { name: string; search: OrdersSearch };

const keyOf = (businessAccountId: Business["businessAccountId"]) => `orders-views-${businessAccountId}`;

/** What of the URL belongs to a view. */
export function viewSearchOf({ order: _order, ...search }: OrdersSearch): OrdersSearch {
  return search;
}

function readView(stored: unknown): SavedView[] {
  if (typeof stored !== "object" || stored === null) return [];
  const { name, search } = stored as { name?: unknown; search?: unknown };
  if (typeof name !== "string" || typeof search !== "object" || search === null) return [];
  return [{ name, search: viewSearchOf(readOrdersSearch(search as Record<string, unknown>)) }];
}

/** The saved views by name; none where nothing is stored or it is unusable. */
export function readViews(businessAccountId: Business["businessAccountId"]): SavedView[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(keyOf(businessAccountId)) ?? "[]");
    return Array.isArray(stored) ? stored.flatMap(readView) : [];
  } catch {
    return [];
  }
}

/** The views with one more, in the order of their names. It replaces one of the same name. */
export function withView(views: readonly SavedView[], view: SavedView): SavedView[] {
  const others = views.filter(({ name }) => name !== view.name);
  return [...others, view].sort((a, b) => a.name.localeCompare(b.name));
}

/** Stores the views of a store in place of those before. */
export function saveViews(
  businessAccountId: Business["businessAccountId"],
  views: readonly SavedView[],
): void {
  localStorage.setItem(keyOf(businessAccountId), JSON.stringify(views));
}

/** Whether two views show the same. */
export function isSameView(a: OrdersSearch, b: OrdersSearch): boolean {
  const textOf = (search: OrdersSearch) => JSON.stringify(Object.entries(search).sort());
  return textOf(viewSearchOf(a)) === textOf(viewSearchOf(b));
}
