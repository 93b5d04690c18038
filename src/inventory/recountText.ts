/** All text about a lot that is to be counted again. */
import { formatCount } from "../ui/formatCount";
import { timeAgo } from "../ui/time";

/** Who reported how many pieces lost, when, and what to do. `now`: milliseconds UTC. */
export function recountText(
  { quantity, person, askedAt }: { quantity: number; person: string | null; askedAt: number },
  now: number,
): string {
  const who = person ?? "a former colleague";
  return `To count: ${formatCount(quantity, "piece")} reported lost, last by ${who}, ${timeAgo(askedAt, now)}. Count the bin below.`;
}
