/** The figures of the charts in words, and their axes. Days and hours are named as the viewer's language does. */
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";
import { formatCount } from "../ui/formatCount";

type OrderBucket = FunctionReturnType<typeof api.orders.trends.byDay>["buckets"][number];
type EventBucket = FunctionReturnType<
  typeof api.marketplaces.bricklink.queue.trends.byHour
>["buckets"][number];

const dayFormat = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const longDayFormat = new Intl.DateTimeFormat(undefined, { weekday: "long", day: "numeric", month: "long" });
const hourFormat = new Intl.DateTimeFormat(undefined, { hour: "numeric" });

/** `startsAt`: milliseconds UTC. */
export function dayText(startsAt: number): string {
  return dayFormat.format(startsAt);
}

export function hourText(startsAt: number): string {
  return hourFormat.format(startsAt);
}

/** Parts of an axis at most: more would be narrower than their numbers. */
const STEPS_MAX = 4;

/** Whole numbers from zero to at least the largest value, in even steps, for an axis. */
export function axisTicks(largest: number): number[] {
  // 1, 2, 5, 10, 20, 50 and so on.
  let step = 1;
  for (let scale = 1; largest > step * STEPS_MAX; scale *= 10) {
    step = [2, 5, 10].map((digit) => digit * scale).find((next) => largest <= next * STEPS_MAX) ?? 10 * scale;
  }
  const parts = Math.max(1, Math.ceil(largest / step));
  return Array.from({ length: parts + 1 }, (_, part) => part * step);
}

/** The bucket with the most; the earliest of several. Undefined when all are empty. */
function busiest<Bucket>(
  buckets: readonly Bucket[],
  countOf: (bucket: Bucket) => number,
): Bucket | undefined {
  const most = Math.max(0, ...buckets.map(countOf));
  return most === 0 ? undefined : buckets.find((bucket) => countOf(bucket) === most);
}

function sumOf<Bucket>(buckets: readonly Bucket[], countOf: (bucket: Bucket) => number): number {
  return buckets.reduce((sum, bucket) => sum + countOf(bucket), 0);
}

export function ordersOfDay({ toPack, problem, shipped, cancelled }: OrderBucket): number {
  return toPack + problem + shipped + cancelled;
}

/** What the chart of two weeks of orders shows. */
export function ordersText(buckets: readonly OrderBucket[]): string {
  const day = busiest(buckets, ordersOfDay);
  if (!day) return "None in two weeks.";
  const states = [
    [sumOf(buckets, ({ toPack }) => toPack), "still to pack"],
    [sumOf(buckets, ({ problem }) => problem), "with a problem"],
    [sumOf(buckets, ({ shipped }) => shipped), "shipped"],
    [sumOf(buckets, ({ cancelled }) => cancelled), "cancelled"],
  ] as const;
  const parts = states
    .filter(([count]) => count > 0)
    .map(([count, state]) => `${count.toLocaleString()} ${state}`);
  return `${formatCount(sumOf(buckets, ordersOfDay), "order")} in two weeks: ${parts.join(", ")}. Most on ${longDayFormat.format(day.startsAt)}: ${ordersOfDay(day).toLocaleString()}.`;
}

export function arrivalsOfHour({ webhook, poll, reconcile }: EventBucket): number {
  return webhook + poll + reconcile;
}

export function eventsOfHour({ done, waiting, failed }: EventBucket): number {
  return done + waiting + failed;
}

/** What the chart of a day of events shows. */
export function eventsText(buckets: readonly EventBucket[]): string {
  const hour = busiest(buckets, eventsOfHour);
  if (!hour) return "None in a day.";
  const open = sumOf(buckets, ({ waiting }) => waiting);
  const failed = sumOf(buckets, ({ failed: count }) => count);
  const rest = [
    ...(open > 0 ? [`${open.toLocaleString()} waiting`] : []),
    ...(failed > 0 ? [`${failed.toLocaleString()} that ${failed === 1 ? "needs" : "need"} you`] : []),
  ];
  const state = rest.length === 0 ? "all done" : `${rest.join(", ")}, the others done`;
  return `${formatCount(sumOf(buckets, eventsOfHour), "event")} in a day: ${state}. Most in the hour from ${hourText(hour.startsAt)}: ${eventsOfHour(hour).toLocaleString()}.`;
}
