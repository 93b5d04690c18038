import { Popover } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Target } from "../ui/Target";
import type { PopoverProps } from "../ui/usePopoverButton";
import { timeAgo } from "../ui/time";
import { figuresText } from "./figuresText";
import classes from "./HealthStrip.module.css";
import { callsToday, type StoreHealth } from "./storeHealth";

type StripDetailsProps = PopoverProps & { storeHealth: StoreHealth; now: number };

/** How orders come in, in figures: latest callback and poll, waiting events and calls made. */
export default function StripDetails({ target, storeHealth, now, ...popover }: StripDetailsProps) {
  const { lastCallbackAt, lastPolledAt, waiting, callLimit } = storeHealth;
  return (
    <Popover position="bottom" withArrow trapFocus returnFocus {...popover}>
      <Popover.Target>
        <Target element={target} />
      </Popover.Target>
      <Popover.Dropdown>
        <dl className={classes.figures}>
          <dt>{figuresText.lastCallback}</dt>
          <dd>{lastCallbackAt === null ? figuresText.noCallback : timeAgo(lastCallbackAt, now)}</dd>
          <dt>{figuresText.lastPoll}</dt>
          <dd>{lastPolledAt === null ? figuresText.noPoll : timeAgo(lastPolledAt, now)}</dd>
          <dt>{figuresText.waiting}</dt>
          <dd>{waiting.isMore ? figuresText.over(waiting.count) : waiting.count}</dd>
          <dt>{figuresText.calls}</dt>
          <dd>{figuresText.ofLimit(callsToday(storeHealth, now), callLimit)}</dd>
        </dl>
        <Link to="/health" onClick={() => popover.onChange(false)}>
          {figuresText.more}
        </Link>
      </Popover.Dropdown>
    </Popover>
  );
}
