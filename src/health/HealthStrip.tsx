import { UnstyledButton } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useQuery } from "convex/react";
import { lazy, Suspense, useState } from "react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { useNow } from "../ui/time";
import { usePopoverButton } from "../ui/usePopoverButton";
import { dismissedUntil, dismissUntil, withoutDismissed, type Viewer } from "./dismissal";
import classes from "./HealthStrip.module.css";
import { StatusDot } from "./StatusDot";
import type { StoreHealth } from "./storeHealth";
import { healthSummary, stripText, type HealthSummary } from "./summaryText";
import { usePageConnection } from "./usePageConnection";

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

/** All is well: a dot and two words, and the figures on a press. On a phone the dot alone. */
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
 * Shown on every screen: whether orders are received, and if not, why and what to do. Failures for good can be dismissed: where nothing
 * more can be done, they would stay for ever. They are listed under "Needs you" all the same.
 */
export function HealthStrip({ email, businessAccountId }: Viewer & Pick<Business, "businessAccountId">) {
  const storeHealth = useQuery(api.marketplaces.bricklink.limits.health.strip, { businessAccountId });
  const connection = usePageConnection();
  const now = useNow();
  const viewer = { email, businessAccountId };
  // Read anew when it is rendered, and rendered anew when something is dismissed.
  const [, setDismissals] = useState(0);
  const shown = storeHealth && withoutDismissed(storeHealth, dismissedUntil(viewer));
  const summary = healthSummary(shown, connection, now);
  const failedAt = summary.action === "events" ? (storeHealth?.failed.latestAt ?? null) : null;
  return (
    <section className={classes.strip} data-tone={summary.tone} aria-label={stripText.title}>
      {summary.tone === "good" && storeHealth && (
        <Well label={summary.label} storeHealth={storeHealth} now={now} />
      )}
      <span className={classes.message}>
        {summary.tone !== "good" && <StatusDot tone={summary.tone} label={summary.label} />}
        <span role="status">{summary.message}</span>
        <ActionLink action={summary.action} />
        {failedAt !== null && (
          <button
            type="button"
            className={classes.dismiss}
            title={stripText.dismissTitle}
            onClick={() => {
              dismissUntil(viewer, failedAt);
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
