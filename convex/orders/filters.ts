/** What a packer narrows the open orders down to, each on its own or all at once. Decided on plain values. */
import { v, type Infer } from "convex/values";

/** short: of some line there is too little, or no lot fits it. */
const stockFilterValidator = v.union(v.literal("complete"), v.literal("short"));
const paymentFilterValidator = v.union(v.literal("paid"), v.literal("unpaid"));
/** unfinished: untouched or begun. */
const pickingFilterValidator = v.union(
  v.literal("untouched"),
  v.literal("begun"),
  v.literal("unfinished"),
  v.literal("picked"),
);

/** Null: any. */
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

function isPickingAt(wanted: NonNullable<OrderFilters["picking"]>, order: Filtered): boolean {
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

export function fits(order: Filtered, { stock, payment, picking }: OrderFilters): boolean {
  return (
    (stock === null || stock === stockOf(order)) &&
    (payment === null || payment === (order.isPaid ? "paid" : "unpaid")) &&
    (picking === null || isPickingAt(picking, order))
  );
}

/** Statuses of a payment that is in: PayPal's word, the seller's own (BrickLink help 121), and one more of theirs. */
const inHand = ["Completed", "Received", "Paid"];

/** Statuses of a payment that was in and is not any more. */
const gone = ["Returned", "Bounced"];

export function isPaid(order: { status: string; payment: { paidAt?: number; status?: string } }): boolean {
  const { paidAt, status = "None" } = order.payment;
  if (inHand.includes(status) || order.status === "PAID") return true;
  return paidAt !== undefined && !gone.includes(status);
}
