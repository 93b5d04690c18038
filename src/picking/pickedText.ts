/** All text about what is picked: who picked what and when, how far it has come, and ticks. Times are milliseconds UTC. */
import { words } from "../language/language";
import { statusText } from "../orders/statusText";
import type { OrderLine } from "../orders/types";
import { formatCount } from "../ui/formatCount";
import { timeAgo } from "../ui/time";
import type { PendingTick } from "./pendingTicks";
import type { TickProblem } from "./sendTicks";

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
    cancelled: (orderNumber: number) => `Order ${orderNumber} was cancelled: put its pieces back.`,
    /** `status`: as staff read it. */
    closed: (orderNumber: number, status: string) =>
      `Order ${orderNumber} is closed (${status}), so this pick was not stored: put back what you took for it.`,
    notTakenBack: (orderNumber: number, status: string) =>
      `Order ${orderNumber} is closed (${status}), so its pick was not undone.`,
    fewerWanted: (orderNumber: number, quantity: number, itemName: string) =>
      `Order ${orderNumber} wants fewer ${itemName} by now: put ${quantity} back.`,
    notThere: (orderNumber: number, quantity: number, itemName: string) =>
      `${quantity} × ${itemName} of order ${orderNumber} were not stored as picked, because they count as missing or belong to another order: undo the report, or put them back.`,
    removed: (orderNumber: number, quantity: number, itemName: string) =>
      `Order ${orderNumber} no longer has ${itemName}: put ${quantity} back.`,
    removedUnnamed: "A line that you ticked is no longer in its order: put its pieces back.",
    dismiss: "Done",
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
    cancelled: (orderNumber) => `Bestellung ${orderNumber} wurde storniert: Legen Sie ihre Stücke zurück.`,
    closed: (orderNumber, status) =>
      `Bestellung ${orderNumber} ist abgeschlossen (${status}), deshalb wurde dieser Pick nicht gespeichert: Legen Sie zurück, was Sie für sie entnommen haben.`,
    notTakenBack: (orderNumber, status) =>
      `Bestellung ${orderNumber} ist abgeschlossen (${status}), deshalb wurde ihr Pick nicht zurückgenommen.`,
    fewerWanted: (orderNumber, quantity, itemName) =>
      `Bestellung ${orderNumber} braucht inzwischen weniger ${itemName}: Legen Sie ${quantity} zurück.`,
    notThere: (orderNumber, quantity, itemName) =>
      `${quantity} × ${itemName} für Bestellung ${orderNumber} wurden nicht als gepickt gespeichert, weil sie als fehlend gemeldet oder für eine andere Bestellung reserviert sind: Nehmen Sie die Meldung zurück, oder legen Sie sie zurück.`,
    removed: (orderNumber, quantity, itemName) =>
      `Bestellung ${orderNumber} enthält ${itemName} nicht mehr: Legen Sie ${quantity} zurück.`,
    removedUnnamed:
      "Eine Position, die Sie abgehakt haben, ist nicht mehr in ihrer Bestellung: Legen Sie ihre Stücke zurück.",
    dismiss: "Erledigt",
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

/** What the picker has to do about a line of their tick that was not marked, or of which the tote has too many. Null for nothing. */
export function tickProblemText(
  problem: TickProblem,
  { isPicked, seen }: Pick<PendingTick, "isPicked" | "seen">,
): string | null {
  if (problem.reason === "fewerWanted") {
    return tickText.fewerWanted(problem.orderNumber, problem.quantity, problem.itemName);
  }
  if (problem.reason === "notThere") {
    return tickText.notThere(problem.orderNumber, problem.quantity, problem.itemName);
  }
  if (problem.reason === "notOpen") {
    const { orderNumber, status, tab } = problem;
    if (!isPicked) return tickText.notTakenBack(orderNumber, statusText(status));
    return tab === "cancelled"
      ? tickText.cancelled(orderNumber)
      : tickText.closed(orderNumber, statusText(status));
  }
  // The pieces of an undone pick are back already.
  if (!isPicked) return null;
  const line = seen?.[problem.lineId];
  return line ? tickText.removed(line.orderNumber, line.quantity, line.itemName) : tickText.removedUnnamed;
}
