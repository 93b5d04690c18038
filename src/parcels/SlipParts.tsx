import type { Parcel, SlipStore, SlipTotals } from "./slip";
import classes from "./Slip.module.css";
import { incompleteText, pageText, slipDateText, totalsText } from "./slipText";

type HeadProps = {
  parcel: Parcel;
  store: SlipStore;
  /** The lines of the address; none for viewers. */
  recipient: readonly string[];
  totals: SlipTotals;
  /** From 1. */
  page: number;
  pageCount: number;
};

/** Whose parcel it is, for whom, and whether all of it is there. */
export function FirstHead({ parcel, store, recipient, totals, page, pageCount }: HeadProps) {
  const { orderNumber, orderedAt, buyerName, shippingMethod } = parcel;
  const incomplete = incompleteText(totals);
  return (
    <div data-part="firstHead" className={classes.head}>
      <div className={classes.title}>
        <h2>{store.name}</h2>
        <div>
          Packing slip
          <br />
          <strong>{pageText(orderNumber, page, pageCount)}</strong>
        </div>
      </div>
      <div className={classes.parties}>
        <div>
          <div className={classes.label}>Ship to</div>
          {recipient.length === 0 ? (
            <div>{buyerName ?? "Buyer unknown"}</div>
          ) : (
            recipient.map((line, index) => <div key={index}>{line}</div>)
          )}
        </div>
        <dl className={classes.facts}>
          <dt>Ordered</dt>
          <dd>{slipDateText(orderedAt)}</dd>
          {buyerName !== null && (
            <>
              <dt>Buyer</dt>
              <dd>{buyerName}</dd>
            </>
          )}
          {shippingMethod !== null && (
            <>
              <dt>Shipping</dt>
              <dd>{shippingMethod}</dd>
            </>
          )}
        </dl>
      </div>
      {incomplete !== null && <div className={classes.incomplete}>{incomplete}</div>}
    </div>
  );
}

/** The head of the pages after the first. */
export function NextHead({ parcel, store, page, pageCount }: HeadProps) {
  return (
    <div data-part="nextHead" className={classes.head}>
      <div className={classes.title}>
        <div>{store.name}</div>
        <strong>{pageText(parcel.orderNumber, page, pageCount)}</strong>
      </div>
    </div>
  );
}

/** Totals, and the store's line of thanks. */
export function SlipFoot({ totals, thanks }: { totals: SlipTotals; thanks: string }) {
  return (
    <div data-part="foot" className={classes.foot}>
      <div className={classes.totals}>{totalsText(totals)}</div>
      {thanks !== "" && <div className={classes.thanks}>{thanks}</div>}
    </div>
  );
}
