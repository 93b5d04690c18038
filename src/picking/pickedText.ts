/** All text about what is picked: who picked what and when, how far it has come, and ticks. Times are milliseconds UTC. */
import { words } from "../language/language";
import type { OrderLine } from "../orders/types";
import { formatCount } from "../ui/formatCount";
import { timeAgo } from "../ui/time";

export const tickText = words({
  en: {
    you: "you",
    formerColleague: "a former colleague",
    /** `people`: each with a time. */
    pickedBy: (people: string) => `Picked by ${people}`,
    notSentYet: "Not sent yet",
    labelNotSentYet: (label: string) => `Not sent yet: ${label}`,
    nothingToTake: "Nothing to take",
    progress: (picked: number, total: number) => `${picked} of ${total} picked`,
    progressOfLines: (picked: number, total: number) => `${picked} of ${formatCount(total, "line")} picked`,
    everything: "Everything is picked",
    allButMissing: (short: number) => `Picked, except ${formatCount(short, "missing piece")}`,
    pickOrders: (orders: number) => (orders === 1 ? "Pick this order" : `Pick these ${orders} orders`),
    tickAll: (count: number, bin: string) => `Tick all ${count} in ${bin}`,
    /** `message`: why. */
    refused: (message: string) => `Not stored, and undone: ${message}`,
  },
  de: {
    you: "Ihnen",
    formerColleague: "einem früheren Mitglied",
    pickedBy: (people) => `Gepickt von ${people}`,
    notSentYet: "Noch nicht übertragen",
    labelNotSentYet: (label) => `Noch nicht übertragen: ${label}`,
    nothingToTake: "Nichts zu entnehmen",
    progress: (picked, total) => `${picked} von ${total} gepickt`,
    progressOfLines: (picked, total) =>
      `${picked} von ${formatCount(total, "Position", "Positionen")} gepickt`,
    everything: "Alles ist gepickt",
    allButMissing: (short) =>
      `Gepickt, ${formatCount(short, "Stück", "Stück")} ${short === 1 ? "fehlt" : "fehlen"}`,
    pickOrders: (orders) =>
      orders === 1 ? "Diese Bestellung picken" : `Diese ${orders} Bestellungen picken`,
    tickAll: (count, bin) => `Alle ${count} in ${bin} abhaken`,
    refused: (message) => `Nicht gespeichert und zurückgenommen: ${message}`,
  },
});

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
    // A colleague who is no longer a member has no name.
    const person = picked.isYou ? tickText.you : (picked.person ?? tickText.formerColleague);
    latest.set(person, Math.max(picked.at, latest.get(person) ?? 0));
  }
  if (lines.some(({ isPending }) => isPending)) return tickText.notSentYet;
  if (latest.size === 0) return null;
  return tickText.pickedBy([...latest].map(([person, at]) => `${person}, ${timeAgo(at, now)}`).join("; "));
}
