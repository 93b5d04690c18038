import { isLinkOrEmpty } from "../../changes/shipping";
import { addressText } from "../../parcels/address";
import { CopyAddressButton } from "../../parcels/CopyAddressButton";
import { formatMoney } from "../../ui/money";
import text from "../../ui/text.module.css";
import { formatDate, formatDateTime } from "../../ui/time";
import { paymentText } from "../cells";
import { factsText } from "./factsText";
import classes from "./OrderFacts.module.css";
import type { OrderDetail } from "../types";

/** Buyer, shipping and payment. `buyer` is null for viewers, who are told that it is hidden, not missing. */
export function BuyerFacts({ order }: { order: OrderDetail }) {
  const { buyer } = order;
  const address = addressText(buyer?.address ?? {});
  const { trackingNumber, trackingLink } = order;
  const link = trackingLink && isLinkOrEmpty(trackingLink) ? trackingLink : null;
  const tracking = trackingNumber ?? trackingLink ?? "";
  return (
    <dl className={classes.facts}>
      <dt>{factsText.buyer}</dt>
      <dd>
        {order.buyerName ?? factsText.unknown}
        {order.buyerOrderCount !== null && (
          <span className={text.soft}> · {factsText.orders(order.buyerOrderCount)}</span>
        )}
      </dd>
      <dt>{factsText.address}</dt>
      <dd className={classes.address}>
        {buyer === null ? (
          <span className={text.soft}>{factsText.hidden}</span>
        ) : address === "" ? (
          <span className={text.soft}>{factsText.noAddress}</span>
        ) : (
          <>
            {address}
            <CopyAddressButton address={address} />
          </>
        )}
      </dd>
      {buyer?.address?.phoneNumber && (
        <>
          <dt>{factsText.telephone}</dt>
          <dd>{buyer.address.phoneNumber}</dd>
        </>
      )}
      {buyer?.email && (
        <>
          <dt>{factsText.email}</dt>
          <dd>{buyer.email}</dd>
        </>
      )}
      <dt>{factsText.shipping}</dt>
      <dd>
        {order.shippingMethod ?? factsText.notChosen}
        {order.shippedAt !== null && (
          <span className={text.soft}> · {factsText.shippedOn(formatDate(order.shippedAt))}</span>
        )}
      </dd>
      {tracking !== "" && (
        <>
          <dt>{factsText.tracking}</dt>
          <dd className={classes.tracking}>
            {link === null ? (
              tracking
            ) : (
              <a href={link} target="_blank" rel="noreferrer">
                {tracking}
              </a>
            )}
          </dd>
        </>
      )}
      <dt>{factsText.payment}</dt>
      <dd>
        {[paymentText(order), order.paymentMethod].filter((part) => part !== null).join(" · ")}
        {order.paidAt !== null && <span className={text.soft}> · {formatDateTime(order.paidAt)}</span>}
      </dd>
    </dl>
  );
}

/** In the order shown. */
const costFields = [
  "subtotal",
  "shipping",
  "insurance",
  "additionalCharge1",
  "additionalCharge2",
  "vatAmount",
  "salesTax",
  "credit",
  "coupon",
] as const;

/** What the order costs, in the store's currency. Amounts of zero are left out. */
export function Costs({ costs }: Pick<OrderDetail, "costs">) {
  return (
    <dl className={classes.facts}>
      {costFields.map((field) => {
        const amount = costs[field];
        if (amount === undefined || amount === 0n) return null;
        return (
          <div key={field} className={classes.cost}>
            <dt>{factsText.costs[field]}</dt>
            <dd className={classes.amount}>{formatMoney(amount, costs.currency)}</dd>
          </div>
        );
      })}
      <dt>
        <strong>{factsText.total}</strong>
      </dt>
      <dd className={classes.amount}>
        <strong>{formatMoney(costs.grandTotal, costs.currency)}</strong>
      </dd>
    </dl>
  );
}
