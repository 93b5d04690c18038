import { Button, Title } from "@mantine/core";
import { IconArrowLeft, IconCheck } from "@tabler/icons-react";
import { useMutation } from "convex/react";
import { useEffect, useRef } from "react";
import { api } from "../../convex/_generated/api";
import { useBusiness } from "../account/business";
import { focusAppeared } from "../keyboard/focus";
import { binText } from "../orders/lineText";
import { ErrorAlert } from "../ui/ErrorAlert";
import text from "../ui/text.module.css";
import { useAsyncTask } from "../ui/useAsyncTask";
import { shortLines, type Detour } from "./OtherBins";
import { shareFound } from "./shortage";
import buttons from "./StopButtons.module.css";
import { Goods } from "./StopCard";
import classes from "./StopCard.module.css";
import type { Stop } from "./stops";
import { ToteMark } from "./ToteMark";
import type { Picking } from "./usePicking";
import screen from "./WalkScreen.module.css";
import { doneLabel, walkText } from "./walkText";

type DetourStopProps = {
  stop: Stop;
  detour: Detour;
  setPicked: NonNullable<Picking["setPicked"]>;
  /** Back to the stop, with or without the pieces. */
  onEnd: () => void;
};

/** A stop that was not planned: another bin with the goods that a stop lacks. */
export function DetourStop({ stop, detour, setPicked, onEnd }: DetourStopProps) {
  const { businessAccountId } = useBusiness();
  const take = useMutation(api.orders.picking.otherBins.take);
  const largeRef = useRef<HTMLButtonElement>(null);
  useEffect(() => focusAppeared(largeRef.current), []);
  const lines = shortLines(stop);
  const shares = shareFound(lines, detour.quantity);
  const taking = useAsyncTask(async () => {
    for (const share of shares) await take({ businessAccountId, lotId: detour.lotId, ...share });
    // The picker holds all there is of these lines now, from their own bin and from this one.
    setPicked(
      shares.flatMap(({ lineId, quantity }) =>
        lines
          .filter((line) => line.lineId === lineId)
          .map((line) => ({ ...line, shortQuantity: line.shortQuantity - quantity })),
      ),
      true,
    );
    onEnd();
  });
  return (
    <>
      <div className={screen.stop}>
        <div className={classes.card}>
          <Title order={1} className={classes.bin} data-testid="bin">
            <span className={text.visuallyHidden}>{walkText.bin} </span>
            {binText(detour.location)}
          </Title>
          <p className={classes.instead}>{walkText.insteadOf(binText(stop.location))}</p>
          <Goods stop={stop} />
          <p className={classes.total} data-testid="to-take">
            {walkText.take} <strong>{detour.quantity}</strong>
          </p>
          <ul className={classes.totes} aria-label={walkText.intoTotes}>
            {shares.map(({ lineId, quantity }) => {
              const tote = stop.lines.find((line) => line.lineId === lineId)?.tote ?? null;
              return (
                tote !== null && (
                  <li key={lineId}>
                    <strong>{quantity}</strong> → <ToteMark number={tote} size={44} /> {walkText.tote(tote)}
                  </li>
                )
              );
            })}
          </ul>
          <ErrorAlert message={taking.errorMessage} />
        </div>
      </div>
      <div className={screen.foot}>
        <div className={buttons.small}>
          <Button variant="default" leftSection={<IconArrowLeft size={18} aria-hidden />} onClick={onEnd}>
            {walkText.notFromHere}
          </Button>
        </div>
        <Button
          ref={largeRef}
          className={buttons.large}
          h={76}
          loading={taking.isRunning}
          leftSection={<IconCheck size={28} stroke={3} aria-hidden />}
          onClick={taking.run}
        >
          {doneLabel({ toTake: detour.quantity, toReturn: 0 })}
        </Button>
      </div>
    </>
  );
}
