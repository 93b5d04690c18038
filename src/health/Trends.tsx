import "@mantine/charts/styles.layer.css";
import { BarChart } from "@mantine/charts";
import { Skeleton, Text } from "@mantine/core";
import { useConvex } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useEffect, useState } from "react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { Card } from "../ui/Card";
import text from "../ui/text.module.css";
import classes from "./Trends.module.css";

const { trends } = api.marketplaces.bricklink;
const DAYS = 14;
const HOURS = 24;
const HOUR_MS = 60 * 60_000;
const REFRESHED_EVERY_MS = 60_000;

type Read = {
  orders: FunctionReturnType<typeof trends.orders>;
  events: FunctionReturnType<typeof trends.events>;
};

/** When each of the last days began here, today included. */
function dayStarts(): number[] {
  return Array.from({ length: DAYS }, (_, day) => {
    const start = new Date();
    start.setHours(0, 0, 0, 0);
    start.setDate(start.getDate() - (DAYS - 1 - day));
    return start.getTime();
  });
}

function hourStarts(): number[] {
  const current = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  return Array.from({ length: HOURS }, (_, hour) => current - (HOURS - 1 - hour) * HOUR_MS);
}

/** Read now and then rather than live: a chart of weeks need not move with every order. */
function useTrends(businessAccountId: Business["businessAccountId"]): Read | null {
  const convex = useConvex();
  const [read, setRead] = useState<Read | null>(null);
  useEffect(() => {
    let isShown = true;
    const refresh = () => {
      Promise.all([
        convex.query(trends.orders, { businessAccountId, days: dayStarts() }),
        convex.query(trends.events, { businessAccountId, hours: hourStarts() }),
      ]).then(
        ([orders, events]) => {
          if (isShown) setRead({ orders, events });
        },
        () => undefined,
      );
    };
    refresh();
    const timer = setInterval(refresh, REFRESHED_EVERY_MS);
    return () => {
      isShown = false;
      clearInterval(timer);
    };
  }, [convex, businessAccountId]);
  return read;
}

const dayFormat = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const hourFormat = new Intl.DateTimeFormat(undefined, { hour: "numeric" });

const orderSeries = [
  { name: "toPack", label: "To pack", color: "var(--accent)" },
  { name: "problem", label: "Problem", color: "var(--bad)" },
  { name: "shipped", label: "Shipped", color: "var(--good)" },
  { name: "cancelled", label: "Cancelled", color: "var(--text-soft)" },
];
const eventSeries = [
  { name: "done", label: "Done", color: "var(--good)" },
  { name: "waiting", label: "Waiting", color: "var(--warn)" },
  { name: "failed", label: "Need you", color: "var(--bad)" },
];

type ChartProps = {
  title: string;
  summary: string;
  rows: Record<string, number | string>[];
  series: typeof orderSeries;
  isCut: boolean;
};

function Chart({ title, summary, rows, series, isCut }: ChartProps) {
  return (
    <figure className={classes.chart}>
      <figcaption>
        <strong>{title}</strong> <span className={text.soft}>{summary}</span>
        {isCut && <span className={text.soft}> Only the newest are counted.</span>}
      </figcaption>
      <div aria-hidden="true">
        <BarChart
          h={190}
          data={rows}
          dataKey="when"
          type="stacked"
          withLegend
          legendProps={{ verticalAlign: "bottom", height: 30 }}
          yAxisProps={{ allowDecimals: false, width: 34, tickCount: 3 }}
          barProps={{ isAnimationActive: false }}
          // Its words are in the caption: the picture is hidden, and so must be its stops of the keyboard.
          barChartProps={{ accessibilityLayer: false }}
          series={series}
        />
      </div>
    </figure>
  );
}

/** Orders of two weeks and events of a day, each with what still waits. */
export default function Trends({ businessAccountId }: { businessAccountId: Business["businessAccountId"] }) {
  const read = useTrends(businessAccountId);
  if (read === null) return <Skeleton height={300} />;
  const { orders, events } = read;
  const placed = orders.buckets.reduce(
    (sum, { toPack, problem, shipped, cancelled }) => sum + toPack + problem + shipped + cancelled,
    0,
  );
  const toPack = orders.buckets.reduce((sum, bucket) => sum + bucket.toPack, 0);
  const arrived = events.buckets.reduce((sum, { done, waiting, failed }) => sum + done + waiting + failed, 0);
  const undone = events.buckets.reduce((sum, { waiting, failed }) => sum + waiting + failed, 0);
  return (
    <Card title="Orders and waiting work">
      <div className={classes.charts}>
        <Chart
          title="Orders by day"
          summary={`${placed} in two weeks, ${toPack} of them still to pack.`}
          rows={orders.buckets.map(({ startsAt, ...counts }) => ({
            when: dayFormat.format(startsAt),
            ...counts,
          }))}
          series={orderSeries}
          isCut={orders.isCut}
        />
        <Chart
          title="Events by hour"
          summary={`${arrived} in a day, ${undone} of them not done.`}
          rows={events.buckets.map(({ startsAt, ...counts }) => ({
            when: hourFormat.format(startsAt),
            ...counts,
          }))}
          series={eventSeries}
          isCut={events.isCut}
        />
      </div>
      <Text size="sm" c="dimmed" mt="xl">
        Counted anew every minute.
      </Text>
    </Card>
  );
}
