import { Button } from "@mantine/core";
import { isKnownBin } from "../orders/bins";
import print from "../ui/print.module.css";
import classes from "./PickBinButton.module.css";
import { tickText } from "./pickedText";
import type { PickListLine } from "./pickList";
import { isToDo } from "../../convex/orders/picking/pickQuantities";
import type { Picking } from "./usePicking";

type PickBinButtonProps = {
  location: string;
  /** The lines behind each checkbox of this bin. */
  lineGroups: readonly (readonly PickListLine[])[];
  picking: Picking;
};

/**
 * Marks everything in one bin picked. Renders nothing where fewer than two checkboxes are open, for one click does the
 * same there, and where the bin is unknown.
 */
export function PickBinButton({ location, lineGroups, picking }: PickBinButtonProps) {
  const open = lineGroups.filter((lines) => lines.some(isToDo));
  const { setPicked } = picking;
  if (!setPicked || open.length < 2 || !isKnownBin(location)) return null;
  return (
    <li className={`${classes.bin} ${print.hidden}`}>
      <Button variant="default" onClick={() => setPicked(open.flat().filter(isToDo), true)}>
        {tickText.tickAll(open.length, location)}
      </Button>
    </li>
  );
}
