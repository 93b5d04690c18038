import { IconCheck } from "@tabler/icons-react";
import type { KeyboardEvent } from "react";
import classes from "./Tick.module.css";

/** Every tick of a list, for those who go from one to the next. */
export const TICK = "[role='checkbox']";

type TickProps = {
  isPicked: boolean;
  /** What is ticked, for those who do not see it. */
  label: string;
  onTick: ((isPicked: boolean) => void) | undefined;
};

/** Arrow up and down go from tick to tick of the same list. */
function moveToTick(event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
  event.preventDefault();
  const ticks = [...(event.currentTarget.closest("ul")?.querySelectorAll<HTMLElement>(TICK) ?? [])];
  const place = ticks.indexOf(event.currentTarget) + (event.key === "ArrowDown" ? 1 : -1);
  ticks[place]?.focus();
}

/** A big box to hit with a glove on. */
export function Tick({ isPicked, label, onTick }: TickProps) {
  return (
    <button
      type="button"
      className={classes.tick}
      role="checkbox"
      aria-checked={isPicked}
      aria-label={label}
      disabled={onTick === undefined}
      onClick={() => onTick?.(!isPicked)}
      onKeyDown={moveToTick}
    >
      {isPicked && <IconCheck size={26} stroke={3} aria-hidden />}
    </button>
  );
}
