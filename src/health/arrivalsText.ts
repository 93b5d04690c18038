/** All text about the ways in which events reach a store. */
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";
import { locale, words } from "../language/language";

type Arrivals = FunctionReturnType<typeof api.marketplaces.bricklink.queue.trends.byHour>["arrivals"];

const arrivalWords = words({
  en: {
    percent: (percent: number) => `${percent}%`,
    none: "None in a day.",
    webhook: {
      share: (share: string) => `${share} by callback.`,
      shareAfter: (share: string, duration: string) =>
        `${share} by callback, ${duration} after the event on average.`,
    },
    poll: {
      share: (share: string) => `${share} by poll.`,
      shareAfter: (share: string, duration: string) =>
        `${share} by poll, ${duration} after the event on average.`,
    },
    reconcile: (share: string) => `${share} by comparison.`,
  },
  de: {
    percent: (percent) => `${percent}\u00a0%`,
    none: "Keine in 24 Stunden.",
    webhook: {
      share: (share) => `${share} durch Callback.`,
      shareAfter: (share, duration) =>
        `${share} durch Callback, im Durchschnitt ${duration} nach dem Ereignis.`,
    },
    poll: {
      share: (share) => `${share} durch Abfrage.`,
      shareAfter: (share, duration) =>
        `${share} durch Abfrage, im Durchschnitt ${duration} nach dem Ereignis.`,
    },
    reconcile: (share) => `${share} durch Abgleich.`,
  },
});

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

const tenths = new Intl.NumberFormat(locale, { minimumFractionDigits: 1, maximumFractionDigits: 1 });

/** From here on a delay is told in minutes. */
export const MINUTES_FROM_MS = 2 * MINUTE_MS;

/** "0.4 s", "12 s", "3 min", each in one line. */
export function durationText(ms: number): string {
  if (ms < 10 * SECOND_MS) return `${tenths.format(ms / SECOND_MS)}\u00a0s`;
  if (ms < MINUTES_FROM_MS) return `${Math.round(ms / SECOND_MS)}\u00a0s`;
  return `${Math.round(ms / MINUTE_MS)}\u00a0min`;
}

/** The share of each way and how long it took on average: "90% by callback, 0.4 s after the event." */
export function arrivalsText({ webhook, poll, reconcile }: Arrivals): string {
  const total = webhook.count + poll.count + reconcile.count;
  if (total === 0) return arrivalWords.none;
  const share = (count: number) => arrivalWords.percent(Math.round((count / total) * 100));
  const wayText = (way: "webhook" | "poll", { count, delayMs }: Arrivals["poll"]) =>
    delayMs === null
      ? arrivalWords[way].share(share(count))
      : arrivalWords[way].shareAfter(share(count), durationText(delayMs));
  return [
    wayText("webhook", webhook),
    ...(poll.count > 0 ? [wayText("poll", poll)] : []),
    ...(reconcile.count > 0 ? [arrivalWords.reconcile(share(reconcile.count))] : []),
  ].join(" ");
}
