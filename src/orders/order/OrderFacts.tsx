import { addressText } from "../../parcels/address";
import { CopyAddressButton } from "../../parcels/CopyAddressButton";
import { formatMoney } from "../../ui/money";
import text from "../../ui/text.module.css";
import { formatDateTime } from "../../ui/time";
import { paymentText } from "../cells";
import classes from "./OrderFacts.module.css";
import type { OrderDetail } from "../types";

/** Buyer, shipping and payment. `buyer` is null for viewers, who are told that it is hidden, not missing. */
export function BuyerFacts({ order }: { order: OrderDetail }) {
  const { buyer } = order;
  const address = addressText(buyer?.address ?? {});
  return (
    <dl className={classes.facts}>
      <dt>Buyer</dt>
      <dd>
        {order.buyerName ?? "unknown"}
        {order.buyerOrderCount !== null && (
          <span className={text.soft}>
            {" "}
            · {order.buyerOrderCount} {order.buyerOrderCount === 1 ? "order" : "orders"}
          </span>
        )}
      </dd>
      <dt>Address</dt>
      <dd className={classes.address}>
        {buyer === null ? (
          <span className={text.soft}>Shown to staff and owners</span>
        ) : address === "" ? (
          <span className={text.soft}>none given</span>
        ) : (
          <>
            {address}
            <CopyAddressButton address={address} />
          </>
        )}
      </dd>
      {buyer?.address?.phoneNumber && (
        <>
          <dt>Telephone</dt>
          <dd>{buyer.address.phoneNumber}</dd>
        </>
      )}
      {buyer?.email && (
        <>
          <dt>E-mail</dt>
          <dd>{buyer.email}</dd>
        </>
      )}
      <dt>Shipping</dt>
      <dd>
        {order.shippingMethod ?? "not chosen"}
        {order.trackingNumber !== null && <span className={text.soft}> · {order.trackingNumber}</span>}
      </dd>
      <dt>Payment</dt>
      <dd>
        {[paymentText(order), order.paymentMethod].filter((part) => part !== null).join(" · ")}
        {order.paidAt !== null && <span className={text.soft}> · {formatDateTime(order.paidAt)}</span>}
      </dd>
    </dl>
  );
}

const costLabels = [
  ["subtotal", "Goods"],
  ["shipping", "Shipping"],
  ["insurance", "Insurance"],
  ["additionalCharge1", "Additional charge"],
  ["additionalCharge2", "Additional charge 2"],
  ["vatAmount", "VAT included"],
  ["salesTax", "Sales tax"],
  ["credit", "Credit"],
  ["coupon", "Coupon"],
] as const;

/** What the order costs, in the store's currency. Amounts of zero are left out. */
export function Costs({ costs }: Pick<OrderDetail, "costs">) {
  return (
    <dl className={classes.facts}>
      {costLabels.map(([field, label]) => {
        const amount = costs[field];
        if (amount === undefined || amount === 0n) return null;
        return (
          <div key={field} className={classes.cost}>
            <dt>{label}</dt>
            <dd className={classes.amount}>{formatMoney(amount, costs.currency)}</dd>
          </div>
        );
      })}
      <dt>
        <strong>Total</strong>
      </dt>
      <dd className={classes.amount}>
        <strong>{formatMoney(costs.grandTotal, costs.currency)}</strong>
      </dd>
    </dl>
  );
}
