/** All text about who picked what, and when. Times are milliseconds UTC. */
import type { OrderLine } from "../orders/types";
import { timeAgo } from "../ui/time";

/** A colleague who is no longer a member has no name. */
function personText(person: string | null): string {
  return person ?? "a former colleague";
}

/**
 * "Picked by ann, 2 min ago": each person who picked of these lines once, with their latest tick. "Not sent yet" while the
 * server has not confirmed a tick of them. Null when nothing of them is in a
 * parcel.
 */
export function pickedText(
  lines: readonly Pick<OrderLine, "picked" | "isPending">[],
  now: number,
): string | null {
  const latest = new Map<string, number>();
  for (const { picked } of lines) {
    if (picked === null) continue;
    const person = picked.isYou ? "you" : personText(picked.person);
    latest.set(person, Math.max(picked.at, latest.get(person) ?? 0));
  }
  if (lines.some(({ isPending }) => isPending)) return "Not sent yet";
  if (latest.size === 0) return null;
  return `Picked by ${[...latest].map(([person, at]) => `${person}, ${timeAgo(at, now)}`).join("; ")}`;
}
