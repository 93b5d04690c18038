import { UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense, useState } from "react";
import type { Business } from "../account/business";
import { usePopoverButton } from "../ui/usePopoverButton";
import { dismissedUntil, dismissUntil, undismissedSilence, withoutDismissed, type Viewer } from "./dismissal";
import classes from "./HealthStrip.module.css";
import { StatusDot } from "./StatusDot";
import type { StoreHealth } from "./storeHealth";
import { healthSummary, stripText, type HealthSummary } from "./summaryText";
import { useHealth } from "./useHealth";

const loadDetails = () => import("./StripDetails");
const StripDetails = lazy(loadDetails);

/** A link to the screen on which staff can act on the problem. */
function ActionLink({ action }: Pick<HealthSummary, "action">) {
  if (action === "settings") return <Link to="/settings">{stripText.openSettings}</Link>;
  if (action === "events") {
    return (
      <Link to="/events" search={{ filter: "failed" }}>
        {stripText.seeFailed}
      </Link>
    );
  }
  if (action === "health") return <Link to="/health">{stripText.whatToDo}</Link>;
  return null;
}

type WellProps = { label: string; storeHealth: StoreHealth; now: number };

/** All is well: a dot in the header, where there is room two words, and the figures on a press. */
function Well({ label, storeHealth, now }: WellProps) {
  const { button, popover } = usePopoverButton("dialog", loadDetails);
  return (
    <>
      <UnstyledButton className={classes.well} title={stripText.howOrdersComeIn} {...button}>
        <StatusDot tone="good" label={label} />
        <span aria-hidden="true">{label}</span>
      </UnstyledButton>
      <Suspense>{popover && <StripDetails {...popover} storeHealth={storeHealth} now={now} />}</Suspense>
    </>
  );
}

/**
 * Shown on every screen: whether orders are received, and if not, why and what to do. What can last although nobody can do more about it
 * can be dismissed: failures for good, which are listed under "Needs you" all the same, and callbacks that do not reach this server.
 */
export function HealthStrip({ email, businessAccountId }: Viewer & Pick<Business, "businessAccountId">) {
  const health = useHealth(businessAccountId);
  const { storeHealth, now } = health;
  const viewer = { email, businessAccountId };
  // Read anew when it is rendered, and rendered anew when something is dismissed.
  const [, setDismissals] = useState(0);
  const summary = healthSummary({
    ...health,
    storeHealth: storeHealth && withoutDismissed(storeHealth, dismissedUntil(viewer, "failures")),
    silence: undismissedSilence(health.silence, dismissedUntil(viewer, "silence")),
  });
  const { dismissible } = summary;
  const until = { failures: storeHealth?.failed.latestAt ?? now, silence: now };
  return (
    <section className={classes.strip} data-tone={summary.tone} aria-label={stripText.title}>
      {summary.tone === "good" && storeHealth && (
        <Well label={summary.label} storeHealth={storeHealth} now={now} />
      )}
      <span className={classes.message}>
        {summary.tone !== "good" && <StatusDot tone={summary.tone} label={summary.label} />}
        <span role="status">{summary.message}</span>
        <ActionLink action={summary.action} />
        {dismissible && (
          <button
            type="button"
            className={classes.dismiss}
            title={stripText.dismissTitles[dismissible]}
            onClick={() => {
              dismissUntil(viewer, dismissible, until[dismissible]);
              setDismissals((count) => count + 1);
            }}
          >
            {stripText.dismiss}
          </button>
        )}
      </span>
    </section>
  );
}
