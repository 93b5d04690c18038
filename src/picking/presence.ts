/** Who stands at which stop, among the colleagues that the server lists. */
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";
import { walkText } from "./walkText";

export type Colleague = FunctionReturnType<typeof api.orders.picking.walks.colleagues>[number];

/** After this long at one stop, a picker has probably put the phone down. */
const HERE_FOR_MS = 5 * 60_000;

/** The names of those who came to the stop within the last minutes. `now`: milliseconds UTC. */
export function colleaguesAt(colleagues: readonly Colleague[], stop: string, now: number): string[] {
  return colleagues
    .filter((colleague) => colleague.stop === stop && now - colleague.activeAt < HERE_FOR_MS)
    .map(({ person }) => person ?? walkText.colleague);
}

/** "ann is here", "ann and bob are here". Null when nobody is. */
export function presenceText(people: readonly string[]): string | null {
  const [first, ...others] = people;
  if (first === undefined) return null;
  const last = others.pop();
  if (last === undefined) return walkText.isHere(first);
  return walkText.areHere([first, ...others].join(", "), last);
}
