import type { StoreState } from "./model";

/** Chosen: as long as BrickLink's order numbers are today. */
const FIRST_ORDER_ID = 28_400_101;

/** 32 hexadecimal digits, as BrickLink's are. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0"))
    .join("")
    .toUpperCase();
}

/** A new store without orders, with random API keys. */
export function newStoreState(name: string): StoreState {
  return {
    name,
    currency: "EUR",
    keys: { consumerKey: newKey(), consumerSecret: newKey(), tokenValue: newKey(), tokenSecret: newKey() },
    callback: null,
    isClosed: false,
    unread: [],
    nextOrderId: FIRST_ORDER_ID,
  };
}
