import { Link } from "@tanstack/react-router";
import { useConvexConnectionState, useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { ago, useNow } from "../ui/time";
import { callsToday, healthOf, type Health, type Strip } from "./health";
import classes from "./HealthStrip.module.css";
import { ToneDot } from "./ToneDot";

function Facts({ strip, now }: { strip: Strip; now: number }) {
  const { lastCallbackAt, lastPolledAt, waiting, callLimit } = strip;
  const calls = callsToday(strip, now);
  return (
    <span className={classes.facts}>
      <span>Callback {lastCallbackAt === null ? "none yet" : ago(lastCallbackAt, now)}</span>
      <span>Poll {lastPolledAt === null ? "none yet" : ago(lastPolledAt, now)}</span>
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

function Advice({ health }: { health: Health }) {
  if (health.action === "settings") return <Link to="/settings">Open Settings</Link>;
  if (health.action === "deliveries") {
    return (
      <Link to="/deliveries" search={{ filter: "failed" }}>
        See what failed
      </Link>
    );
  }
  if (health.action === "health") return <Link to="/health">What to do</Link>;
  return null;
}

/** On every screen: are orders coming in, and if not, why and what to do. Green needs no words. */
export function HealthStrip({ businessAccountId }: Pick<Business, "businessAccountId">) {
  const strip = useQuery(api.marketplaces.bricklink.health.strip, { businessAccountId });
  const connection = useConvexConnectionState();
  const now = useNow();
  const health = healthOf(strip, connection, now);
  return (
    <section className={classes.strip} data-tone={health.tone} aria-label="Health">
      <span className={classes.message}>
        <ToneDot tone={health.tone} label={health.label} />
        <span role="status">{health.message}</span>
        <Advice health={health} />
      </span>
      {strip && strip.connection !== "notConnected" && <Facts strip={strip} now={now} />}
    </section>
  );
}
