import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { count } from "../ui/count";

type PickStateProps = {
  picked: number;
  all: number;
  shortQuantity: number;
  unmatchedLines: number;
  what: string;
};

/** How far picking is. What is short is never called done: the parcel must not be closed without a look. */
export function PickState({ picked, all, shortQuantity, unmatchedLines, what }: PickStateProps) {
  if (picked < all) {
    return (
      <span role="status" className="pick-state">
        {picked} of {what === "" ? `${all} picked` : `${count(all, what)} picked`}
      </span>
    );
  }
  if (shortQuantity === 0 && unmatchedLines === 0) {
    return (
      <span role="status" className="pick-state" data-tone="good">
        <IconCheck size={20} stroke={3} aria-hidden /> Everything is picked
      </span>
    );
  }
  const lacking = [
    shortQuantity > 0 && `${count(shortQuantity, "piece")} short`,
    unmatchedLines > 0 && `${count(unmatchedLines, "line")} without a lot`,
  ].filter(Boolean);
  return (
    <span role="status" className="pick-state" data-tone="short">
      <IconAlertTriangle size={20} aria-hidden /> All that is there is picked: {lacking.join(", ")}
    </span>
  );
}
