import { Button } from "@mantine/core";
import { isBin } from "../orders/lineWords";
import type { OrderLine } from "../orders/types";
import type { Picking } from "./usePicking";

type BinTickProps = { location: string; lines: readonly OrderLine[]; picking: Picking };

/** Ticks all that is left to pick in one bin. Nothing where that is one line, or no bin. */
export function BinTick({ location, lines, picking }: BinTickProps) {
  const open = lines.filter(({ pickStatus }) => pickStatus !== "picked");
  const { tick } = picking;
  if (!tick || open.length < 2 || !isBin(location)) return null;
  return (
    <li className="bin-tick no-print">
      <Button
        variant="default"
        h={44}
        onClick={() =>
          tick(
            open.map(({ lineId }) => lineId),
            true,
          )
        }
      >
        Tick all {open.length} in {location}
      </Button>
    </li>
  );
}
