import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { count } from "../ui/count";
import classes from "./PickState.module.css";

type PickStateProps = {
  picked: number;
  all: number;
  /** What is counted, where that needs a word. */
  unit?: string;
  shortQuantity: number;
};

/** How far picking is. What is short is never called done: the parcel must not be closed without a look. */
export function PickState({ picked, all, unit, shortQuantity }: PickStateProps) {
  if (picked < all) {
    return (
      <span role="status" className={classes.state}>
        {picked} of {unit === undefined ? all : count(all, unit)} picked
      </span>
    );
  }
  if (shortQuantity === 0) {
    return (
      <span role="status" className={classes.state} data-tone="good">
        <IconCheck size={20} stroke={3} aria-hidden /> Everything is picked
      </span>
    );
  }
  return (
    <span role="status" className={classes.state} data-tone="short">
      <IconAlertTriangle size={20} aria-hidden /> All that is there is picked: {count(shortQuantity, "piece")}{" "}
      short
    </span>
  );
}
