import { Progress, Skeleton, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useConvexConnectionState, useQuery } from "convex/react";
import { lazy, Suspense } from "react";
import { api } from "../../convex/_generated/api";
import { useBusiness } from "../account/business";
import { Card } from "../ui/Card";
import list from "../ui/list.module.css";
import { PageScreen } from "../ui/Screen";
import text from "../ui/text.module.css";
import { useNow } from "../ui/time";
import { AuditCard } from "./AuditCard";
import { checksOf, type Check } from "./checks";
import { callsToday, healthOf } from "./health";
import classes from "./HealthScreen.module.css";
import { ToneDot } from "./ToneDot";

const Trends = lazy(() => import("./Trends"));

/** What the strip says in a line, at length: what is well, what is wrong, and what to do about it. */
export function HealthScreen() {
  const { businessAccountId, role } = useBusiness();
  const strip = useQuery(api.marketplaces.bricklink.health.strip, { businessAccountId });
  const connection = useConvexConnectionState();
  const now = useNow();
  const health = healthOf(strip, connection, now);
  return (
    <PageScreen title={health.tone === "good" ? "All is well" : "Health"} isWide>
      {strip === undefined && <Skeleton height={260} />}
      {strip && (
        <Card title="How orders come in">
          <ul className={list.divided} aria-label="Checks">
            {checksOf(strip, connection, now).map((check) => (
              <CheckRow key={check.title} check={check} />
            ))}
          </ul>
          <Calls count={callsToday(strip, now)} limit={strip.callLimit} />
        </Card>
      )}
      <Suspense fallback={<Skeleton height={300} />}>
        <Trends businessAccountId={businessAccountId} />
      </Suspense>
      <AuditCard businessAccountId={businessAccountId} isStaff={role !== "viewer"} now={now} />
    </PageScreen>
  );
}

function CheckRow({ check: { tone, title, text: detail, advice, to } }: { check: Check }) {
  return (
    <li className={classes.check}>
      <ToneDot tone={tone} label={tone === "good" ? "Well:" : tone === "warn" ? "Look at this:" : "Wrong:"} />
      <span>
        <strong>{title}</strong> <span className={text.soft}>{detail}</span>
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
    <div className={classes.calls}>
      <Text>
        {count.toLocaleString()} of {limit.toLocaleString()} BrickLink calls in the last 24 hours
      </Text>
      <Progress
        value={share}
        color={share > 90 ? "red" : "accent"}
        aria-label="BrickLink calls used"
        mt="xs"
      />
    </div>
  );
}
