/** All text of the palette. */
import { formatCount } from "../ui/formatCount";
import type { GroupName } from "./entries";

export const groupTitles: Record<GroupName, string> = {
  orders: "Orders",
  lots: "Lots",
  screens: "Screens",
  actions: "Actions",
};

export const paletteText = {
  title: "Find anything",
  placeholder: "Order, buyer, lot, screen, action",
  toLight: "Light colours",
  toDark: "Dark colours",
  toDevice: "Colours like this device",
  signOut: "Sign out",
  fetchAny: "Fetch an order from BrickLink by its number",
  /** What that action leaves in the field, for the number to be typed after it. */
  fetchPrefix: "Fetch order ",
} as const;

export function pickListText(count: number): string {
  return `Pick list of ${formatCount(count, "selected order")}`;
}

export function switchStoreText(name: string): string {
  return `Switch to ${name}`;
}

export function fetchOrderText(orderNumber: number): string {
  return `Fetch order ${orderNumber} from BrickLink`;
}

export function nothingFoundText(typed: string): string {
  return `Nothing has “${typed}” in it.`;
}

/** Read out when the list changes. */
export function foundText(count: number): string {
  return count === 0 ? "Nothing found" : formatCount(count, "result");
}
