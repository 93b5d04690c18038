/** Filters of the orders table, alone or combined, decided on plain values. */
import { v, type Infer } from "convex/values";
import { moneyValidator } from "./snapshot";

/** short: some line has too little stock, or no lot matches it. */
const stockFilterValidator = v.union(v.literal("complete"), v.literal("short"));
const paymentFilterValidator = v.union(v.literal("paid"), v.literal("unpaid"));
/** unfinished: untouched or begun. */
const pickingFilterValidator = v.union(
  v.literal("untouched"),
  v.literal("begun"),
  v.literal("unfinished"),
  v.literal("picked"),
);

/** A filter that is null lets every order through. */
export const filtersValidator = v.object({
  stock: v.union(stockFilterValidator, v.null()),
  payment: v.union(paymentFilterValidator, v.null()),
  picking: v.union(pickingFilterValidator, v.null()),
  /** The shipping method, as the marketplace names it. */
  shippingMethod: v.union(v.string(), v.null()),
  /** Where the parcel goes: two letters, as in ISO 3166. */
  countryCode: v.union(v.string(), v.null()),
  /** Placed before this time, milliseconds UTC. */
  orderedBefore: v.union(v.number(), v.null()),
  /** The least grand total, in the order's own currency. */
  totalFrom: v.union(moneyValidator, v.null()),
});
export type OrderFilters = Infer<typeof filtersValidator>;

type Filtered = {
  shortQuantity: number;
  unmatchedLines: number;
  lineCount: number;
  pickedLines: number;
  isPaid: boolean;
  shippingMethod: string | null;
  countryCode: string | null;
  orderedAt: number;
  grandTotal: bigint;
};

function stockOf({ shortQuantity, unmatchedLines }: Filtered): OrderFilters["stock"] {
  return shortQuantity > 0 || unmatchedLines > 0 ? "short" : "complete";
}

function isAtPickingStage(wanted: NonNullable<OrderFilters["picking"]>, order: Filtered): boolean {
  const { pickedLines, lineCount } = order;
  switch (wanted) {
    case "untouched":
      return pickedLines === 0;
    case "begun":
      return pickedLines > 0 && pickedLines < lineCount;
    case "unfinished":
      return pickedLines < lineCount;
    case "picked":
      return pickedLines > 0 && pickedLines === lineCount;
  }
}

/** Whether an order passes all filters. */
export function passesFilters(order: Filtered, filters: OrderFilters): boolean {
  const { stock, payment, picking, shippingMethod, countryCode, orderedBefore, totalFrom } = filters;
  return (
    (stock === null || stock === stockOf(order)) &&
    (payment === null || payment === (order.isPaid ? "paid" : "unpaid")) &&
    (picking === null || isAtPickingStage(picking, order)) &&
    (shippingMethod === null || shippingMethod === order.shippingMethod) &&
    (countryCode === null || countryCode === order.countryCode) &&
    (orderedBefore === null || order.orderedAt < orderedBefore) &&
    (totalFrom === null || order.grandTotal >= totalFrom)
  );
}
