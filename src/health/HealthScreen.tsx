import { Progress, Skeleton, Text } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { isPermitted } from "../../convex/accounts/permissions";
import { useBusiness } from "../account/business";
import { Card } from "../ui/Card";
import list from "../ui/list.module.css";
import { PageScreen } from "../ui/Screen";
import text from "../ui/text.module.css";
import { AskBricklinkCard } from "./AskBricklinkCard";
import { AuditCard } from "./AuditCard";
import { healthChecks, type HealthCheck } from "./checksText";
import classes from "./HealthScreen.module.css";
import { healthText } from "./healthText";
import { StatusDot } from "./StatusDot";
import { callsToday } from "./storeHealth";
import { stripText } from "./summaryText";
import { useHealth } from "./useHealth";

const Trends = lazy(() => import("./Trends"));

/** The health strip in detail: every check with advice, charts, and the audit of the stock. */
export function HealthScreen() {
  const { businessAccountId, role } = useBusiness();
  const health = useHealth(businessAccountId);
  const { storeHealth, now } = health;
  return (
    <PageScreen title={stripText.title} isWide>
      {storeHealth === undefined && <Skeleton height={260} />}
      {storeHealth && (
        <Card title={stripText.howOrdersComeIn}>
          <ul className={list.divided} aria-label={healthText.checks}>
            {healthChecks({ ...health, storeHealth }).map((check) => (
              <CheckRow key={check.title} check={check} />
            ))}
          </ul>
          <CallBudget count={callsToday(storeHealth, now)} limit={storeHealth.callLimit} />
        </Card>
      )}
      {isPermitted(role, "marketplaces.bricklink.queue.log.fetchOrder") && (
        <AskBricklinkCard businessAccountId={businessAccountId} />
      )}
      <Suspense fallback={<Skeleton height={300} />}>
        <Trends businessAccountId={businessAccountId} />
      </Suspense>
      <AuditCard
        businessAccountId={businessAccountId}
        canStart={isPermitted(role, "orders.allocation.audit.start")}
        now={now}
      />
    </PageScreen>
  );
}

function CheckRow({ check: { tone, title, text: detail, advice, to } }: { check: HealthCheck }) {
  return (
    <li className={classes.check}>
      <StatusDot tone={tone} label={healthText.tones[tone]} />
      <span>
        <strong>{title}</strong> <span className={tone === "good" ? text.soft : undefined}>{detail}</span>
        {advice !== null && (
          <Text size="sm">
            {advice} {to === "settings" && <Link to="/settings">{stripText.openSettings}</Link>}
            {to === "events" && (
              <Link to="/events" search={{ filter: "failed" }}>
                {stripText.seeFailed}
              </Link>
            )}
          </Text>
        )}
      </span>
    </li>
  );
}

/** BrickLink calls made, as a share of the daily limit. */
function CallBudget({ count, limit }: { count: number; limit: number }) {
  const percent = Math.min(100, (count / limit) * 100);
  return (
    <div className={classes.callBudget}>
      <Text>{healthText.calls(count, limit)}</Text>
      <Progress
        value={percent}
        color={percent > 90 ? "red" : "accent"}
        aria-label={healthText.callsUsed}
        mt="xs"
      />
    </div>
  );
}
