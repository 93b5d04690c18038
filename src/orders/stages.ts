/** The tabs of the orders table, by their names in the URL and in the order shown: all orders, then what can be done with them next. */
export const stages = [
  "all",
  "waitingForPayment",
  "readyToPick",
  "picking",
  "picked",
  "packed",
  "shipped",
  "cancelled",
] as const;

export type Stage = (typeof stages)[number];
