import { Popover } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Target } from "../ui/Target";
import type { PopoverProps } from "../ui/usePopoverButton";
import { timeAgo } from "../ui/time";
import classes from "./HealthStrip.module.css";
import { callsToday, type StoreHealth } from "./storeHealth";

type StripDetailsProps = PopoverProps & { storeHealth: StoreHealth; now: number };

/** How orders come in, in figures: latest callback and poll, waiting events and calls made. */
export default function StripDetails({ target, storeHealth, now, ...popover }: StripDetailsProps) {
  const { lastCallbackAt, lastPolledAt, waiting, callLimit } = storeHealth;
  return (
    <Popover position="bottom-start" trapFocus returnFocus {...popover}>
      <Popover.Target>
        <Target element={target} />
      </Popover.Target>
      <Popover.Dropdown>
        <dl className={classes.figures}>
          <dt>Last callback</dt>
          <dd>{lastCallbackAt === null ? "none yet" : timeAgo(lastCallbackAt, now)}</dd>
          <dt>Last poll</dt>
          <dd>{lastPolledAt === null ? "none yet" : timeAgo(lastPolledAt, now)}</dd>
          <dt>Waiting</dt>
          <dd>
            {waiting.isMore ? "over " : ""}
            {waiting.count}
          </dd>
          <dt>BrickLink calls in 24 hours</dt>
          <dd>
            {callsToday(storeHealth, now).toLocaleString()} of {callLimit.toLocaleString()}
          </dd>
        </dl>
        <Link to="/health" onClick={() => popover.onChange(false)}>
          More under Health
        </Link>
      </Popover.Dropdown>
    </Popover>
  );
}
