import { Anchor, Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useConvexConnectionState, useMutation, useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { ago, useNow } from "../ui/time";
import { useTask } from "../ui/useTask";
import { healthOf, type Health, type Strip } from "./health";

const DAY_MS = 24 * 60 * 60_000;

function Facts({ strip, now }: { strip: Strip; now: number }) {
  const { lastCallbackAt, lastPolledAt, waiting, callsToday, callLimit } = strip;
  const calls = now - callsToday.dayStartedAt < DAY_MS ? callsToday.count : 0;
  return (
    <>
      <span>Callback {lastCallbackAt === null ? "none yet" : ago(lastCallbackAt, now)}</span>
      <span>Poll {lastPolledAt === null ? "none yet" : ago(lastPolledAt, now)}</span>
      <span>
        {waiting.isMore ? "over " : ""}
        {waiting.count} waiting
      </span>
      <span>
        {calls.toLocaleString()} of {callLimit.toLocaleString()} BrickLink calls today
      </span>
    </>
  );
}

function Advice({ health, role, retry }: { health: Health; role: Business["role"]; retry: () => void }) {
  if (health.action === "settings") {
    return (
      <Anchor component={Link} to="/settings" inherit underline="always">
        Open Settings
      </Anchor>
    );
  }
  if (health.action === "retry" && role !== "viewer") {
    return (
      <Button size="compact-sm" variant="default" onClick={retry}>
        Retry all
      </Button>
    );
  }
  return null;
}

/** On every screen: are orders coming in, and if not, why and what to do. Green needs no words. */
export function HealthStrip({ businessAccountId, role }: Pick<Business, "businessAccountId" | "role">) {
  const strip = useQuery(api.marketplaces.bricklink.health.strip, { businessAccountId });
  const connection = useConvexConnectionState();
  const retryFailed = useTask(useMutation(api.marketplaces.bricklink.deliveries.retryFailed));
  const now = useNow();
  const health = healthOf(strip, connection);
  return (
    <section className="health" data-tone={health.tone} aria-label="Health">
      <span className="health-dot" role="img" aria-label={health.label} />
      <span role="status">{health.message}</span>
      <Advice health={health} role={role} retry={() => retryFailed.run({ businessAccountId })} />
      {retryFailed.failure !== null && <span role="alert">{retryFailed.failure}</span>}
      {strip && strip.connection !== "notConnected" && <Facts strip={strip} now={now} />}
    </section>
  );
}
