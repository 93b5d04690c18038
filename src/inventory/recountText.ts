/** All text about a lot that is to be counted again. */
import { words } from "../language/language";
import { formatCount } from "../ui/formatCount";
import { timeAgo } from "../ui/time";

export const recountWords = words({
  en: {
    formerColleague: "a former colleague",
    toCount: (pieces: number, person: string, at: string) =>
      `To count: ${formatCount(pieces, "piece")} reported lost, last by ${person}, ${at}. Count them below.`,
    dismiss: "No count needed",
  },
  de: {
    formerColleague: "einem früheren Mitglied",
    toCount: (pieces, person, at) =>
      `Nachzuzählen: ${formatCount(pieces, "Stück", "Stück")} als verloren gemeldet, zuletzt von ${person}, ${at}. Zählen Sie unten nach.`,
    dismiss: "Nicht nötig",
  },
});

/** Who reported how many pieces lost, when, and what to do. `now`: milliseconds UTC. */
export function recountText(
  { quantity, person, askedAt }: { quantity: number; person: string | null; askedAt: number },
  now: number,
): string {
  return recountWords.toCount(quantity, person ?? recountWords.formerColleague, timeAgo(askedAt, now));
}
