/** Filters of the orders table, alone or combined, decided on plain values. */
import { v, type Infer } from "convex/values";

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
});
export type OrderFilters = Infer<typeof filtersValidator>;

type Filtered = {
  shortQuantity: number;
  unmatchedLines: number;
  lineCount: number;
  pickedLines: number;
  isPaid: boolean;
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
export function passesFilters(order: Filtered, { stock, payment, picking }: OrderFilters): boolean {
  return (
    (stock === null || stock === stockOf(order)) &&
    (payment === null || payment === (order.isPaid ? "paid" : "unpaid")) &&
    (picking === null || isAtPickingStage(picking, order))
  );
}
