/** All text of a walk: its stops, its totes, and what a screen reader announces. Quantities are pieces. */
import { binText } from "../orders/lineText";
import { formatCount } from "../ui/formatCount";
import { lossText } from "./lossText";
import type { PickListLine } from "./pickList";
import { quantitiesByTote, type Stop, type ToteState } from "./stops";

/** "Resume your walk of 5 orders: 12 lots left". */
export function resumeText({
  orderNumbers,
  linesLeft,
}: {
  orderNumbers: readonly number[];
  linesLeft: number;
}): string {
  const orders = orderNumbers.length === 1 ? `order ${orderNumbers[0]}` : `${orderNumbers.length} orders`;
  return `Resume your walk of ${orders}: ${formatCount(linesLeft, "lot")} left`;
}

/** "12 of 19 stops left"; "All stops done". */
export function leftText(left: number, total: number): string {
  return left === 0 ? "All stops done" : `${left} of ${formatCount(total, "stop")} left`;
}

/** "3 ticks not sent yet". */
export function pendingText(count: number): string {
  return `${formatCount(count, "tick")} not sent yet`;
}

/** The label of the large button at a stop with something to do. */
export function doneLabel({ toTake, toReturn }: Pick<Stop, "toTake" | "toReturn">): string {
  if (toReturn === 0) return `Picked ${toTake}`;
  return toTake === 0 ? `Put ${toReturn} back` : `Picked ${toTake}, put ${toReturn} back`;
}

/** What a screen reader says on arriving at a stop. */
export function stopText(stop: Stop): string {
  const [goods] = stop.lines;
  if (!goods) return "";
  const intoTotes = quantitiesByTote(stop)
    .filter(({ tote, quantity }) => tote !== null && quantity > 0)
    .map(({ tote, quantity }) => `${quantity} into tote ${tote}`);
  return [`${binText(stop.location)}: ${stop.toTake} × ${goods.itemName}`, ...intoTotes].join(", ");
}

/** Why a line is short: what was reported, else that the bin has no more. */
function shortReason(line: Pick<PickListLine, "losses">): string {
  const lost = lossText([line]);
  return lost === "" ? "the bin has no more" : lost;
}

/** "2 × Plate 1 x 2 from A01-02 short: 1 missing". */
export function shortLineText(line: ToteState["short"][number]): string {
  return `${line.shortQuantity} × ${line.itemName} from ${binText(line.location)} short: ${shortReason(line)}`;
}

/** How far a tote is filled, in a few words. */
export function toteStateText({ state, linesToPick, picked, short }: ToteState): string {
  if (state === "toPick") return `${formatCount(linesToPick, "lot")} to pick`;
  if (state === "pending") return "All picked, not sent yet";
  if (state === "complete") return `Complete: ${formatCount(picked, "piece")}`;
  const missing = short.reduce((sum, { shortQuantity }) => sum + shortQuantity, 0);
  return `${formatCount(missing, "piece")} short, ${picked} in the tote`;
}

/** What the end of a walk comes to. */
export function boardText(totes: readonly ToteState[]): string {
  const complete = totes.filter(({ state }) => state === "complete").length;
  const short = totes.filter(({ state }) => state === "short").length;
  const pending = totes.filter(({ state }) => state === "pending").length;
  const toPick = totes.length - complete - short - pending;
  return [
    `${complete} of ${formatCount(totes.length, "tote")} complete`,
    ...(short > 0 ? [`${short} short`] : []),
    ...(pending > 0 ? [`${pending} not sent yet`] : []),
    ...(toPick > 0 ? [`${toPick} to pick`] : []),
  ].join(", ");
}
