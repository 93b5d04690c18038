import { useLayoutEffect, useRef, useState } from "react";
import print from "../ui/print.module.css";
import classes from "./Labels.module.css";
import { printText } from "./printText";
import { orderText } from "./slipText";

export type LabelText = {
  orderNumber: number;
  /** The store's name and return address; empty when it has none. */
  sender: readonly string[];
  recipient: readonly string[];
};

/** Of the sizes that the label's style makes of its own, the largest that fits is taken. The last is small and still legible. */
const SCALES = [1, 0.9, 0.8, 0.7, 0.6, 0.5];

/** Sets the largest scale at which the content is no higher than its label. Returns false when it is even at the smallest. */
function fit(label: HTMLElement, content: HTMLElement): boolean {
  return SCALES.some((scale) => {
    label.style.setProperty("--scale", String(scale));
    return content.getBoundingClientRect().height <= label.getBoundingClientRect().height;
  });
}

/** One address with its sender above and, so that it finds its parcel, its order's number below. */
export function AddressLabel({ label: { orderNumber, sender, recipient } }: { label: LabelText }) {
  const labelRef = useRef<HTMLDivElement>(null);
  const contentRef = useRef<HTMLDivElement>(null);
  const [isTooLong, setIsTooLong] = useState(false);
  // After every render, because the label's text or size may have changed.
  useLayoutEffect(() => {
    let isCurrent = true;
    const update = () => {
      if (isCurrent && labelRef.current && contentRef.current) {
        setIsTooLong(!fit(labelRef.current, contentRef.current));
      }
    };
    update();
    void document.fonts.ready.then(update);
    return () => {
      isCurrent = false;
    };
  });
  return (
    <div className={classes.place} ref={labelRef} data-testid="label">
      <div className={classes.content} ref={contentRef}>
        {sender.length > 0 && (
          <div className={classes.sender}>
            {sender.map((line, index) => (
              <span key={index}>{line}</span>
            ))}
          </div>
        )}
        <div className={classes.recipient}>
          {recipient.map((line, index) => (
            <div key={index}>{line}</div>
          ))}
        </div>
        <div className={classes.order}>{orderText(orderNumber)}</div>
      </div>
      {isTooLong && (
        <div className={`${classes.tooLong} ${print.hidden}`} role="alert">
          {printText.tooLong}
        </div>
      )}
    </div>
  );
}
