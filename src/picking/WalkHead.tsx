import { ActionIcon } from "@mantine/core";
import { IconClock, IconList, IconX } from "@tabler/icons-react";
import { Link, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useBusiness } from "../account/business";
import { StatusDot } from "../health/StatusDot";
import { healthSummary } from "../health/summaryText";
import { useHealth } from "../health/useHealth";
import { useGoBack } from "../ui/useGoBack";
import { TickNotices } from "./TickNotices";
import type { Picking } from "./usePicking";
import classes from "./WalkHead.module.css";
import { leftText, walkText } from "./walkText";

/** What is left of the health strip, which a phone has no room for here: a dot, and a word where something is wrong. */
function HealthMark() {
  const { businessAccountId } = useBusiness();
  const { tone, label } = healthSummary(useHealth(businessAccountId));
  return (
    <span className={classes.health}>
      <StatusDot tone={tone} label={label} />
      {tone !== "good" && <span aria-hidden>{label}</span>}
    </span>
  );
}

type WalkHeadProps = {
  /** Stops with something to do, of all; null while they load. */
  progress: { left: number; total: number } | null;
  picking: Pick<Picking, "pendingCount" | "notices">;
  /** Further buttons. */
  children?: ReactNode;
};

/** The way out of the walk, how much of it is left, the way to the list, and what became of earlier ticks. */
export function WalkHead({ progress, picking, children }: WalkHeadProps) {
  const search = useSearch({ from: "/pick" });
  const goBack = useGoBack();
  const { pendingCount, notices } = picking;
  const done = progress === null ? 0 : (progress.total - progress.left) / Math.max(1, progress.total);
  return (
    <div className={classes.top}>
      <header className={classes.head} role="presentation">
        <ActionIcon variant="subtle" aria-label={walkText.leave} onClick={goBack}>
          <IconX size={24} />
        </ActionIcon>
        <div className={classes.progress}>
          <strong role="status">{progress && leftText(progress.left, progress.total)}</strong>
          {pendingCount > 0 && (
            <span className={classes.pending}>
              <IconClock size={16} aria-hidden /> {walkText.notSent(pendingCount)}
            </span>
          )}
          <span className={classes.track} aria-hidden>
            <span className={classes.fill} style={{ width: `${done * 100}%` }} />
          </span>
        </div>
        <HealthMark />
        {children}
        <ActionIcon
          aria-label={walkText.listOfStops}
          renderRoot={(props) => <Link {...props} to="/pick" search={{ ...search, view: "list" }} replace />}
        >
          <IconList size={22} />
        </ActionIcon>
      </header>
      <TickNotices notices={notices} />
    </div>
  );
}
