import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import { formatCount } from "../ui/formatCount";
import classes from "./PickProgress.module.css";

type PickProgressProps = {
  picked: number;
  total: number;
  /** The noun for what is counted; omitted where the surroundings say it. */
  unit?: string;
  shortQuantity: number;
};

/** How far picking has come. An order with short lines never counts as done, so that its parcel is not closed unchecked. */
export function PickProgress({ picked, total, unit, shortQuantity }: PickProgressProps) {
  if (picked < total) {
    return (
      <span role="status" className={classes.state}>
        {picked} of {unit === undefined ? total : formatCount(total, unit)} picked
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
      <IconAlertTriangle size={20} aria-hidden /> All that is there is picked:{" "}
      {formatCount(shortQuantity, "piece")} short
    </span>
  );
}
