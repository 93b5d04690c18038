import "./health.css";
import { Progress, Skeleton, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useConvexConnectionState, useQuery } from "convex/react";
import { lazy, Suspense } from "react";
import { api } from "../../convex/_generated/api";
import { useBusiness } from "../account/business";
import { useNow } from "../ui/time";
import { AuditCard } from "./AuditCard";
import { checksOf, type Check } from "./checks";
import { callsToday, healthOf } from "./health";

const Trends = lazy(() => import("./Trends"));

/** What the strip says in a line, at length: what is well, what is wrong, and what to do about it. */
export function HealthScreen() {
  const { businessAccountId, role } = useBusiness();
  const strip = useQuery(api.marketplaces.bricklink.health.strip, { businessAccountId });
  const connection = useConvexConnectionState();
  const now = useNow();
  const health = healthOf(strip, connection, now);
  return (
    <div className="settings">
      <div className="health-page">
        <Title order={1} size="h2">
          {health.tone === "good" ? "All is well" : "Health"}
        </Title>
        {strip === undefined && <Skeleton height={260} radius="md" />}
        {strip && (
          <section className="card" aria-labelledby="checks-title">
            <Title order={2} size="h4" id="checks-title" mb="sm">
              How orders come in
            </Title>
            <ul className="plain-list" aria-label="Checks">
              {checksOf(strip, connection, now).map((check) => (
                <CheckRow key={check.title} check={check} />
              ))}
            </ul>
            <Calls count={callsToday(strip, now)} limit={strip.callLimit} />
          </section>
        )}
        <Suspense fallback={<Skeleton height={300} radius="md" />}>
          <Trends businessAccountId={businessAccountId} />
        </Suspense>
        <AuditCard businessAccountId={businessAccountId} isStaff={role !== "viewer"} now={now} />
      </div>
    </div>
  );
}

function CheckRow({ check: { tone, title, text, advice, to } }: { check: Check }) {
  return (
    <li className="check" data-tone={tone}>
      <span
        className="check-dot"
        role="img"
        aria-label={tone === "good" ? "Well:" : tone === "warn" ? "Look at this:" : "Wrong:"}
      />
      <span>
        <strong>{title}</strong> <span className="soft">{text}</span>
        {advice !== null && (
          <Text size="sm">
            {advice} {to === "settings" && <Link to="/settings">Open Settings</Link>}
            {to === "deliveries" && (
              <Link to="/deliveries" search={{ filter: "failed" }}>
                See what failed
              </Link>
            )}
          </Text>
        )}
      </span>
    </li>
  );
}

function Calls({ count, limit }: { count: number; limit: number }) {
  const share = Math.min(100, (count / limit) * 100);
  return (
    <div className="calls">
      <Text>
        {count.toLocaleString()} of {limit.toLocaleString()} BrickLink calls in the last 24 hours
      </Text>
      <Progress
        value={share}
        color={share > 90 ? "red" : "accent"}
        aria-label="BrickLink calls used"
        mt={6}
      />
    </div>
  );
}
