import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { tickText } from "./pickedText";
import classes from "./PickProgress.module.css";

type PickProgressProps = {
  picked: number;
  total: number;
  /** What is counted; omitted where the surroundings say it. */
  unit?: "line";
  shortQuantity: number;
};

/** How far picking has come. An order with short lines never counts as done, so that its parcel is not closed unchecked. */
export function PickProgress({ picked, total, unit, shortQuantity }: PickProgressProps) {
  if (picked < total) {
    return (
      <span role="status" className={classes.state}>
        {unit === undefined ? tickText.progress(picked, total) : tickText.progressOfLines(picked, total)}
      </span>
    );
  }
  if (shortQuantity === 0) {
    return (
      <span role="status" className={classes.state} data-tone="good">
        <IconCheck size={20} stroke={3} aria-hidden /> {tickText.everything}
      </span>
    );
  }
  return (
    <span role="status" className={classes.state} data-tone="short">
      <IconAlertTriangle size={20} aria-hidden /> {tickText.allButMissing(shortQuantity)}
    </span>
  );
}
