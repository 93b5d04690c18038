/** All text about the ways in which events reach a store. */
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";

type Arrivals = FunctionReturnType<typeof api.marketplaces.bricklink.queue.trends.byHour>["arrivals"];

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;

/** "0.4 s", "12 s", "3 min". */
function durationText(ms: number): string {
  if (ms < 10 * SECOND_MS) return `${(ms / SECOND_MS).toFixed(1)} s`;
  if (ms < 2 * MINUTE_MS) return `${Math.round(ms / SECOND_MS)} s`;
  return `${Math.round(ms / MINUTE_MS)} min`;
}

/** The share of each way and how long it took on average: "90 % by callback, 0.4 s after the event." */
export function arrivalsText({ webhook, poll, reconcile }: Arrivals): string {
  const total = webhook.count + poll.count + reconcile.count;
  if (total === 0) return "None in a day.";
  const share = (count: number) => `${Math.round((count / total) * 100)} %`;
  const after = ({ delayMs }: Arrivals["poll"]) =>
    delayMs === null ? "" : `, ${durationText(delayMs)} after the event on average`;
  return [
    `${share(webhook.count)} by callback${after(webhook)}.`,
    ...(poll.count > 0 ? [`${share(poll.count)} by poll${after(poll)}.`] : []),
    ...(reconcile.count > 0 ? [`${share(reconcile.count)} by comparison.`] : []),
  ].join(" ");
}
