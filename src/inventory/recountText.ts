/** All text about a lot that is to be counted again or lowered on BrickLink. Quantities are pieces. */
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";
import { words } from "../language/language";
import { formatCount } from "../ui/formatCount";
import { timeAgo } from "../ui/time";

export const recountWords = words({
  en: {
    formerColleague: "a former colleague",
    toCount: (pieces: number, person: string, at: string) =>
      `To count: ${formatCount(pieces, "piece")} reported lost, last by ${person}, ${at}. Count them below.`,
    /** `orders`: their numbers. */
    taken: (pieces: number, orders: readonly number[]) =>
      `${formatCount(pieces, "piece")} taken for ${orders.length === 1 ? "order" : "orders"} ${orders.join(", ")}: lower this lot on BrickLink.`,
    takenBy: (person: string, at: string) => `By ${person}, ${at}.`,
    dismiss: "No count needed",
    lowered: "Lowered on BrickLink",
    done: "Done",
  },
  de: {
    formerColleague: "einem früheren Mitglied",
    toCount: (pieces, person, at) =>
      `Nachzuzählen: ${formatCount(pieces, "Stück", "Stück")} als verloren gemeldet, zuletzt von ${person}, ${at}. Zählen Sie unten nach.`,
    taken: (pieces, orders) =>
      `${formatCount(pieces, "Stück", "Stück")} für ${orders.length === 1 ? "Bestellung" : "die Bestellungen"} ${orders.join(", ")} entnommen: Verringern Sie das Lot bei BrickLink.`,
    takenBy: (person, at) => `Von ${person}, ${at}.`,
    dismiss: "Nicht nötig",
    lowered: "Bei BrickLink verringert",
    done: "Erledigt",
  },
});

type Recount = FunctionReturnType<typeof api.inventory.lots.toRecount>["lots"][number]["recount"];

/** "2 pieces taken for order 123: lower this lot on BrickLink." Null when none were. */
export function takenText({ taken }: Pick<Recount, "taken">): string | null {
  if (taken.length === 0) return null;
  const pieces = taken.reduce((sum, { quantity }) => sum + quantity, 0);
  return recountWords.taken(
    pieces,
    taken.map(({ orderNumber }) => orderNumber),
  );
}

type Task = Recount & { person: string | null; askedAt: number };

/** Who reported how many pieces lost or took them, when, and what to do. `now`: milliseconds UTC. */
export function recountText(task: Task, now: number): string {
  const { quantity, askedAt } = task;
  const person = task.person ?? recountWords.formerColleague;
  const at = timeAgo(askedAt, now);
  const lost = quantity > 0 ? recountWords.toCount(quantity, person, at) : null;
  const taken = takenText(task);
  const by = taken !== null && lost === null ? recountWords.takenBy(person, at) : null;
  return [lost, taken, by].filter((sentence) => sentence !== null).join(" ");
}

/** The label of the button that closes the task without a count. */
export function dismissText({ quantity, taken }: Recount): string {
  if (taken.length === 0) return recountWords.dismiss;
  return quantity === 0 ? recountWords.lowered : recountWords.done;
}
