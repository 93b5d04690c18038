/** All text about what waits for a person: why, and what to do. */
import { statusText } from "../orders/statusText";
import { formatCount } from "../ui/formatCount";
import type { AttentionOrder } from "./useAttention";

const problemAdvice: Record<string, string> = {
  OCR: "The buyer asks to cancel. Accept or decline on BrickLink.",
  NPB: "The buyer does not pay. BrickLink closes the order; if the payment came in after all, withdraw the alert on BrickLink.",
  NPX: "The buyer does not pay and accepts it. Cancel it on BrickLink.",
  NRS: "The buyer says that the store does not answer. Answer on BrickLink today.",
  NSS: "The buyer says that the parcel was not sent. Answer on BrickLink today.",
};

export type Reason = { title: string; advice: string };

/** Why an order needs a person, the most urgent reason first, each with what to do. */
export function attentionReasons(order: AttentionOrder): Reason[] {
  const { tab, status, shortQuantity, unmatchedLines, returnCount } = order;
  const isOpen = tab === "toPack" || tab === "problem";
  return [
    ...(tab === "problem"
      ? [
          {
            title: statusText(status),
            advice: problemAdvice[status] ?? "This status is not known here. Look at the order on BrickLink.",
          },
        ]
      : []),
    ...(isOpen && unmatchedLines > 0
      ? [
          {
            title: `${formatCount(unmatchedLines, "line")} unmatched`,
            advice:
              "No lot has these goods. Import the inventory, or correct the bin in the lot's remarks on BrickLink.",
          },
        ]
      : []),
    ...(isOpen && shortQuantity > 0
      ? [
          {
            title: `${formatCount(shortQuantity, "piece")} short`,
            advice: "Count the bin, or agree with the buyer on what is sent.",
          },
        ]
      : []),
    ...(returnCount > 0
      ? [
          {
            title: `${formatCount(returnCount, "return")} to the shelf`,
            advice: "Picked pieces lie in the parcel. Put them back and say so in the order.",
          },
        ]
      : []),
  ];
}

export function lateText(hours: number): string {
  return `Paid and waiting for more than ${formatCount(hours, "hour")}`;
}
