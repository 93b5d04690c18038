import { Button } from "@mantine/core";
import { IconArrowBackUp, IconArrowLeft, IconArrowRight, IconCheck } from "@tabler/icons-react";
import { useEffect, useRef } from "react";
import { focusAppeared } from "../keyboard/focus";
import { useIsSettled } from "../ui/useIsSettled";
import type { Stop } from "./stops";
import classes from "./StopButtons.module.css";
import type { Walk } from "./useWalk";
import { doneLabel, stopText, walkText } from "./walkText";

type StopButtonsProps = {
  stop: Stop;
  walk: Walk;
  /** Whether this person may mark anything. A viewer can only look from stop to stop. */
  canPick: boolean;
  /** Whether a report is being entered, whose own button is the next one to press then. */
  isReporting: boolean;
};

/** What a thumb reaches: back, undo, skip, and one large button. The large one has the focus, so that Enter goes on. */
export function StopButtons({ stop, walk, canPick, isReporting }: StopButtonsProps) {
  const largeRef = useRef<HTMLButtonElement>(null);
  useEffect(() => focusAppeared(largeRef.current), [stop.key]);
  const isToMark = canPick && stop.isToDo;
  const isSettled = useIsSettled(stop.key);
  return (
    <>
      <div className={classes.small}>
        <Button
          variant="default"
          leftSection={<IconArrowLeft size={18} aria-hidden />}
          disabled={!walk.back}
          onClick={walk.back}
        >
          {walkText.back}
        </Button>
        {canPick && (
          <Button
            variant="default"
            leftSection={<IconArrowBackUp size={18} aria-hidden />}
            disabled={!walk.undo}
            onClick={walk.undo}
          >
            {walkText.undo}
          </Button>
        )}
        {isToMark && (
          <Button
            variant="default"
            rightSection={<IconArrowRight size={18} aria-hidden />}
            onClick={walk.skip}
          >
            {walkText.skip}
          </Button>
        )}
      </div>
      <Button
        ref={largeRef}
        className={classes.large}
        variant={isReporting ? "default" : "filled"}
        h={76}
        leftSection={isToMark ? <IconCheck size={28} stroke={3} aria-hidden /> : null}
        rightSection={isToMark ? null : <IconArrowRight size={28} aria-hidden />}
        aria-disabled={!isSettled || undefined}
        // Pressed by key, it has no place under which another could slide.
        onClick={({ detail }) => (isSettled || detail === 0) && walk.goOn()}
      >
        {isToMark ? doneLabel(stop) : walkText.nextStop}
      </Button>
      <span className={classes.announcement} role="status">
        {stopText(stop)}
      </span>
    </>
  );
}
