/** The figures of the charts in words, and their axes. Days and hours are named as the viewer's language does. */
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";
import { locale, words } from "../language/language";
import { formatCount } from "../ui/formatCount";
import { durationText, MINUTES_FROM_MS } from "./arrivalsText";

export const trendsText = words({
  en: {
    title: "Orders and events",
    ordersByDay: "Orders by day",
    arrivals: "How events arrived",
    eventsByHour: "Events by hour",
    onlyNewest: "Only the newest are counted.",
    countedAnew: "Counted anew every minute.",
    toPack: "To pack",
    problem: "Problem",
    shipped: "Shipped",
    cancelled: "Cancelled",
    webhook: "Callback",
    poll: "Poll",
    reconcile: "Comparison",
    done: "Done",
    waiting: "Waiting",
    failed: "Need you",
  },
  de: {
    title: "Bestellungen und Ereignisse",
    ordersByDay: "Bestellungen pro Tag",
    arrivals: "Wie Ereignisse ankamen",
    eventsByHour: "Ereignisse pro Stunde",
    onlyNewest: "Nur die neuesten sind gezählt.",
    countedAnew: "Wird jede Minute neu gezählt.",
    toPack: "Zu packen",
    problem: "Problem",
    shipped: "Versendet",
    cancelled: "Storniert",
    webhook: "Callback",
    poll: "Abfrage",
    reconcile: "Abgleich",
    done: "Erledigt",
    waiting: "Wartend",
    failed: "Zu klären",
  },
});

const number = (count: number) => count.toLocaleString(locale);

const sumWords = words({
  en: {
    noOrders: "None in two weeks.",
    states: {
      toPack: (count: number) => `${number(count)} still to pack`,
      problem: (count: number) => `${number(count)} with a problem`,
      shipped: (count: number) => `${number(count)} shipped`,
      cancelled: (count: number) => `${number(count)} cancelled`,
    },
    orders: (count: number, states: string, day: string, most: number) =>
      `${formatCount(count, "order")} in two weeks: ${states}. Most on ${day}: ${number(most)}.`,
    noEvents: "None in a day.",
    waiting: (count: number) => `${number(count)} waiting`,
    failed: (count: number) => `${number(count)} that ${count === 1 ? "needs" : "need"} you`,
    allDone: "all done",
    othersDone: "the others done",
    events: (count: number, states: string, hour: string, most: number) =>
      `${formatCount(count, "event")} in a day: ${states}. Most in the hour from ${hour}: ${number(most)}.`,
    delayOf: {
      webhook: (unit: string) => `Delay of callbacks, in ${unit}`,
      poll: (unit: string) => `Delay of polls, in ${unit}`,
    },
    seconds: "seconds",
    minutes: "minutes",
    delays: (mean: string, hour: string, longest: string) =>
      `${mean} after the event on average. Longest in the hour from ${hour}: ${longest}.`,
  },
  de: {
    noOrders: "Keine in zwei Wochen.",
    states: {
      toPack: (count) => `${number(count)} noch zu packen`,
      problem: (count) => `${number(count)} mit einem Problem`,
      shipped: (count) => `${number(count)} versendet`,
      cancelled: (count) => `${number(count)} storniert`,
    },
    orders: (count, states, day, most) =>
      `${formatCount(count, "Bestellung", "Bestellungen")} in zwei Wochen: ${states}. Die meisten am ${day}: ${number(most)}.`,
    noEvents: "Keine in 24 Stunden.",
    waiting: (count) => `${number(count)} wartend`,
    failed: (count) => `${number(count)} zu klären`,
    allDone: "alle erledigt",
    othersDone: "die übrigen erledigt",
    events: (count, states, hour, most) =>
      `${formatCount(count, "Ereignis", "Ereignisse")} in 24 Stunden: ${states}. Die meisten in der Stunde ab ${hour}: ${number(most)}.`,
    delayOf: {
      webhook: (unit) => `Verzögerung der Callbacks in ${unit}`,
      poll: (unit) => `Verzögerung der Abfragen in ${unit}`,
    },
    seconds: "Sekunden",
    minutes: "Minuten",
    delays: (mean, hour, longest) =>
      `Im Durchschnitt ${mean} nach dem Ereignis. Am längsten in der Stunde ab ${hour}: ${longest}.`,
  },
});

type OrderBucket = FunctionReturnType<typeof api.orders.trends.byDay>["buckets"][number];
type Events = FunctionReturnType<typeof api.marketplaces.bricklink.queue.trends.byHour>;
type EventBucket = Events["buckets"][number];

const dayFormat = new Intl.DateTimeFormat(locale, { day: "numeric", month: "short" });
const longDayFormat = new Intl.DateTimeFormat(locale, { weekday: "long", day: "numeric", month: "long" });
const hourFormat = new Intl.DateTimeFormat(locale, { hour: "numeric" });

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

const orderStates = ["toPack", "problem", "shipped", "cancelled"] as const;

/** What the chart of two weeks of orders shows. */
export function ordersText(buckets: readonly OrderBucket[]): string {
  const day = busiest(buckets, ordersOfDay);
  if (!day) return sumWords.noOrders;
  const parts = orderStates
    .map((state) => ({ state, count: sumOf(buckets, (bucket) => bucket[state]) }))
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => sumWords.states[state](count));
  return sumWords.orders(
    sumOf(buckets, ordersOfDay),
    parts.join(", "),
    longDayFormat.format(day.startsAt),
    ordersOfDay(day),
  );
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
  if (!hour) return sumWords.noEvents;
  const open = sumOf(buckets, ({ waiting }) => waiting);
  const failed = sumOf(buckets, ({ failed: count }) => count);
  const rest = [
    ...(open > 0 ? [sumWords.waiting(open)] : []),
    ...(failed > 0 ? [sumWords.failed(failed)] : []),
  ];
  const states = rest.length === 0 ? [sumWords.allDone] : [...rest, sumWords.othersDone];
  return sumWords.events(
    sumOf(buckets, eventsOfHour),
    states.join(", "),
    hourText(hour.startsAt),
    eventsOfHour(hour),
  );
}

/**
 * The chart of the delays of one way by which events came, as the mean of each hour: its title with the unit, its figures in words,
 * the values of its bars, none where no event came that way, and the largest of them.
 */
export function delayChart(
  way: "webhook" | "poll",
  buckets: readonly EventBucket[],
  { delayMs }: Events["arrivals"]["poll"],
): { title: string; summary: string; values: (number | undefined)[]; largest: number } {
  const known = buckets.flatMap(({ startsAt, delayMs: { [way]: ms } }) =>
    ms === null ? [] : [{ startsAt, ms }],
  );
  const slowest = known.toSorted((a, b) => b.ms - a.ms)[0];
  const isInMinutes = slowest !== undefined && slowest.ms >= MINUTES_FROM_MS;
  const unitMs = isInMinutes ? 60_000 : 1_000;
  const inUnit = (ms: number) => Math.round((ms / unitMs) * 10) / 10;
  return {
    title: sumWords.delayOf[way](isInMinutes ? sumWords.minutes : sumWords.seconds),
    summary:
      delayMs === null || slowest === undefined
        ? sumWords.noEvents
        : sumWords.delays(durationText(delayMs), hourText(slowest.startsAt), durationText(slowest.ms)),
    values: buckets.map(({ delayMs: { [way]: ms } }) => (ms === null ? undefined : inUnit(ms))),
    largest: slowest === undefined ? 0 : inUnit(slowest.ms),
  };
}
