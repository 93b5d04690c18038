import { Button } from "@mantine/core";
import { isBin } from "../orders/lineWords";
import type { OrderLine } from "../orders/types";
import print from "../ui/print.module.css";
import classes from "./BinTick.module.css";
import type { Picking } from "./usePicking";

type BinTickProps = {
  location: string;
  /** What has a tick of its own in this bin: the lines behind each. */
  ticks: readonly (readonly OrderLine[])[];
  picking: Picking;
};

/** Ticks all that is left to pick in one bin. Nothing where one tick does that, or where there is no bin. */
export function BinTick({ location, ticks, picking }: BinTickProps) {
  const open = ticks.filter((lines) => lines.some(({ pickStatus }) => pickStatus !== "picked"));
  const { tick } = picking;
  if (!tick || open.length < 2 || !isBin(location)) return null;
  return (
    <li className={`${classes.bin} ${print.hidden}`}>
      <Button
        variant="default"
        onClick={() =>
          tick(
            open.flat().map(({ lineId }) => lineId),
            true,
          )
        }
      >
        Tick all {open.length} in {location}
      </Button>
    </li>
  );
}
