import { Link } from "@tanstack/react-router";
import { useConvexConnectionState, useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { timeAgo, useNow } from "../ui/time";
import classes from "./HealthStrip.module.css";
import { StatusDot } from "./StatusDot";
import { callsToday, type StoreHealth } from "./storeHealth";
import { healthSummary, type HealthSummary } from "./summaryText";

/** Latest callback and poll, waiting notifications and calls made. */
function Figures({ storeHealth, now }: { storeHealth: StoreHealth; now: number }) {
  const { lastCallbackAt, lastPolledAt, waiting, callLimit } = storeHealth;
  const calls = callsToday(storeHealth, now);
  return (
    <span className={classes.figures}>
      <span>Callback {lastCallbackAt === null ? "none yet" : timeAgo(lastCallbackAt, now)}</span>
      <span>Poll {lastPolledAt === null ? "none yet" : timeAgo(lastPolledAt, now)}</span>
      <span>
        {waiting.isMore ? "over " : ""}
        {waiting.count} waiting
      </span>
      <span>
        {calls.toLocaleString()} of {callLimit.toLocaleString()} BrickLink calls in 24 hours
      </span>
    </span>
  );
}

/** A link to the screen on which staff can act on the problem. */
function ActionLink({ action }: Pick<HealthSummary, "action">) {
  if (action === "settings") return <Link to="/settings">Open Settings</Link>;
  if (action === "events") {
    return (
      <Link to="/events" search={{ filter: "failed" }}>
        See what failed
      </Link>
    );
  }
  if (action === "health") return <Link to="/health">What to do</Link>;
  return null;
}

/** Shown on every screen: whether orders are received, and if not, why and what to do. */
export function HealthStrip({ businessAccountId }: Pick<Business, "businessAccountId">) {
  const storeHealth = useQuery(api.marketplaces.bricklink.limits.health.strip, { businessAccountId });
  const connection = useConvexConnectionState();
  const now = useNow();
  const summary = healthSummary(storeHealth, connection, now);
  return (
    <section className={classes.strip} data-tone={summary.tone} aria-label="Health">
      <span className={classes.message}>
        <StatusDot tone={summary.tone} label={summary.label} />
        <span role="status">{summary.message}</span>
        <ActionLink action={summary.action} />
      </span>
      {storeHealth && storeHealth.connection !== "notConnected" && (
        <Figures storeHealth={storeHealth} now={now} />
      )}
    </section>
  );
}
