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

/** As headings name them. An order that is on hold waits for a person and is listed under "Needs you". */
export const stageLabels: Record<Stage | "onHold", string> = {
  all: "All",
  waitingForPayment: "Waiting for payment",
  readyToPick: "Ready to pick",
  picking: "Picking",
  picked: "Picked",
  packed: "Packed",
  onHold: "Needs you",
  shipped: "Shipped",
  cancelled: "Cancelled",
};
