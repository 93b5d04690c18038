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
import { arrivalsText } from "./arrivalsText";
import {
  arrivalsOfHour,
  axisTicks,
  dayText,
  delayChart,
  eventsOfHour,
  eventsText,
  hourText,
  ordersOfDay,
  ordersText,
  trendsText,
} from "./trendsText";
import classes from "./Trends.module.css";

const DAYS = 14;
const HOURS = 24;
const HOUR_MS = 60 * 60_000;
/** Often enough for bars of hours and days. */
const REFRESH_INTERVAL_MS = 60_000;

type TrendData = {
  orders: FunctionReturnType<typeof api.orders.trends.byDay>;
  events: FunctionReturnType<typeof api.marketplaces.bricklink.queue.trends.byHour>;
};

/** The starts of the last days up to today, in the viewer's time zone, as milliseconds since the epoch. */
function dayStarts(): number[] {
  return Array.from({ length: DAYS }, (_, day) => {
    const start = new Date();
    start.setHours(0, 0, 0, 0);
    start.setDate(start.getDate() - (DAYS - 1 - day));
    return start.getTime();
  });
}

/** The starts of the last hours up to the current one, as milliseconds since the epoch. */
function hourStarts(): number[] {
  const current = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  return Array.from({ length: HOURS }, (_, hour) => current - (HOURS - 1 - hour) * HOUR_MS);
}

/** Fetched every minute rather than subscribed to: a live query would run again with every order and event. */
function useTrends(businessAccountId: Business["businessAccountId"]): TrendData | null {
  const convex = useConvex();
  const [trends, setTrends] = useState<TrendData | null>(null);
  useEffect(() => {
    let isMounted = true;
    const refresh = () => {
      Promise.all([
        convex.query(api.orders.trends.byDay, { businessAccountId, days: dayStarts() }),
        convex.query(api.marketplaces.bricklink.queue.trends.byHour, {
          businessAccountId,
          hours: hourStarts(),
        }),
      ]).then(
        ([orders, events]) => {
          if (isMounted) setTrends({ orders, events });
        },
        // The previous data stays, and the next refresh tries again.
        () => undefined,
      );
    };
    refresh();
    const timer = setInterval(refresh, REFRESH_INTERVAL_MS);
    return () => {
      isMounted = false;
      clearInterval(timer);
    };
  }, [convex, businessAccountId]);
  return trends;
}

const orderSeries = [
  { name: "toPack", label: trendsText.toPack, color: "var(--accent)" },
  { name: "problem", label: trendsText.problem, color: "var(--bad)" },
  { name: "shipped", label: trendsText.shipped, color: "var(--good)" },
  { name: "cancelled", label: trendsText.cancelled, color: "var(--text-soft)" },
];
const arrivalSeries = [
  { name: "webhook", label: trendsText.webhook, color: "var(--good)" },
  { name: "poll", label: trendsText.poll, color: "var(--warn)" },
  { name: "reconcile", label: trendsText.reconcile, color: "var(--accent)" },
];
const eventSeries = [
  { name: "done", label: trendsText.done, color: "var(--good)" },
  { name: "waiting", label: trendsText.waiting, color: "var(--warn)" },
  { name: "failed", label: trendsText.failed, color: "var(--bad)" },
];

type ChartProps = {
  title: string;
  summary: string;
  rows: Record<string, number | string>[];
  series: typeof orderSeries;
  /** The highest bar. */
  largest: number;
  /** Some of the data is not counted, because there is too much of it. */
  isTruncated: boolean;
};

function Chart({ title, summary, rows, series, largest, isTruncated }: ChartProps) {
  const ticks = axisTicks(largest);
  return (
    <figure className={classes.chart}>
      <figcaption>
        <strong className={classes.title}>{title}</strong> <span className={text.soft}>{summary}</span>
        {isTruncated && <span className={text.soft}> {trendsText.onlyNewest}</span>}
      </figcaption>
      <div aria-hidden="true">
        <BarChart
          h={190}
          data={rows}
          dataKey="period"
          type="stacked"
          withLegend
          legendProps={{ verticalAlign: "bottom", height: 30 }}
          // Every label, every second, every third and so on, as there is room.
          xAxisProps={{ interval: "equidistantPreserveStart" }}
          yAxisProps={{ width: 34, ticks, domain: [0, ticks.at(-1) ?? 1], interval: 0 }}
          barProps={{ isAnimationActive: false }}
          // The caption says what the chart shows. The chart is hidden from screen readers, so it must not
          // take the focus.
          barChartProps={{ accessibilityLayer: false }}
          series={series}
        />
      </div>
    </figure>
  );
}

type DelayChartProps = { way: "webhook" | "poll"; events: TrendData["events"] };

/** How long one way took, in each hour. An hour without such an event has no bar. */
function DelayChart({ way, events: { buckets, arrivals, isCut } }: DelayChartProps) {
  const { title, summary, values, largest } = delayChart(way, buckets, arrivals[way]);
  return (
    <Chart
      title={title}
      summary={summary}
      largest={largest}
      rows={buckets.map(({ startsAt }, index) => {
        const value = values[index];
        return { period: hourText(startsAt), ...(value !== undefined && { [way]: value }) };
      })}
      series={arrivalSeries.filter(({ name }) => name === way)}
      isTruncated={isCut}
    />
  );
}

/** Charts of the orders of two weeks and of the events of a day: how they came, how long that took, and their current state. */
export default function Trends({ businessAccountId }: { businessAccountId: Business["businessAccountId"] }) {
  const trends = useTrends(businessAccountId);
  if (trends === null) return <Skeleton height={300} />;
  const { orders, events } = trends;
  return (
    <Card title={trendsText.title}>
      <div className={classes.charts}>
        <Chart
          title={trendsText.ordersByDay}
          summary={ordersText(orders.buckets)}
          largest={Math.max(0, ...orders.buckets.map(ordersOfDay))}
          rows={orders.buckets.map(({ startsAt, ...counts }) => ({
            period: dayText(startsAt),
            ...counts,
          }))}
          series={orderSeries}
          isTruncated={orders.isCut}
        />
        <Chart
          title={trendsText.arrivals}
          summary={arrivalsText(events.arrivals)}
          largest={Math.max(0, ...events.buckets.map(arrivalsOfHour))}
          rows={events.buckets.map(({ startsAt, webhook, poll, reconcile }) => ({
            period: hourText(startsAt),
            webhook,
            poll,
            reconcile,
          }))}
          series={arrivalSeries}
          isTruncated={events.isCut}
        />
        <DelayChart way="webhook" events={events} />
        <DelayChart way="poll" events={events} />
        <Chart
          title={trendsText.eventsByHour}
          summary={eventsText(events.buckets)}
          largest={Math.max(0, ...events.buckets.map(eventsOfHour))}
          rows={events.buckets.map(({ startsAt, done, waiting, failed }) => ({
            period: hourText(startsAt),
            done,
            waiting,
            failed,
          }))}
          series={eventSeries}
          isTruncated={events.isCut}
        />
      </div>
      <Text size="sm" c="dimmed" mt="xl">
        {trendsText.countedAnew}
      </Text>
    </Card>
  );
}
