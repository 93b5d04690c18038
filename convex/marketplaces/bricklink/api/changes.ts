/** What a seller can change of an order, and the requests with which BrickLink is told (API manual, "Order"). */
import { v, type Infer } from "convex/values";
import { omitUndefined } from "../../../lib/collections";
import { ratingValidator } from "../../../orders/correspondence/schema";
import { ratingNumbers } from "./correspondence";
import { sellerPaymentStatusValidator, sellerStatusValidator } from "./statusMoves";

/** One kind for each of BrickLink's writes. Absent fields stay as they are. `shippedAt`: milliseconds UTC. */
export const changeValidator = v.union(
  v.object({ kind: v.literal("status"), status: sellerStatusValidator }),
  v.object({ kind: v.literal("payment"), paymentStatus: sellerPaymentStatusValidator }),
  v.object({
    kind: v.literal("shipping"),
    trackingNumber: v.optional(v.string()),
    trackingLink: v.optional(v.string()),
    shippedAt: v.optional(v.number()),
    methodId: v.optional(v.number()),
  }),
  v.object({ kind: v.literal("remarks"), remarks: v.string() }),
  v.object({ kind: v.literal("filing"), isFiled: v.boolean() }),
  // The mail with which a seller tells that the parcel is on its way.
  v.object({ kind: v.literal("driveThru"), isCopyWanted: v.boolean() }),
  // For the buyer, once an order (BrickLink help page 248).
  v.object({ kind: v.literal("feedback"), rating: ratingValidator, comment: v.string() }),
);
export type Change = Infer<typeof changeValidator>;
export type ChangeKind = Change["kind"];
export type ShippingChange = Extract<Change, { kind: "shipping" }>;

type WriteRequest = { method: "PUT" | "POST"; path: string; body?: unknown };

/** The request for a change of an order. */
export function requestFor(orderNumber: number, change: Change): WriteRequest {
  const order = `/orders/${orderNumber}`;
  switch (change.kind) {
    case "status":
      return { method: "PUT", path: `${order}/status`, body: { field: "status", value: change.status } };
    case "payment":
      return {
        method: "PUT",
        path: `${order}/payment_status`,
        body: { field: "payment_status", value: change.paymentStatus },
      };
    case "shipping":
      return {
        method: "PUT",
        path: order,
        body: {
          shipping: omitUndefined({
            tracking_no: change.trackingNumber,
            tracking_link: change.trackingLink,
            date_shipped:
              change.shippedAt === undefined ? undefined : new Date(change.shippedAt).toISOString(),
            method_id: change.methodId,
          }),
        },
      };
    case "remarks":
      return { method: "PUT", path: order, body: { remarks: change.remarks } };
    case "filing":
      return { method: "PUT", path: order, body: { is_filed: change.isFiled } };
    case "driveThru":
      return { method: "POST", path: `${order}/drive_thru?mail_me=${change.isCopyWanted}` };
    case "feedback":
      return {
        method: "POST",
        path: "/feedback",
        body: {
          order_id: orderNumber,
          rating: ratingNumbers[change.rating],
          comment: change.comment.trim(),
        },
      };
  }
}
