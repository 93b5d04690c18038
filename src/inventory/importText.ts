/** All text about the progress of an import of the inventory. */
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";
import { problemText } from "../health/problemText";

export type ImportRun = NonNullable<FunctionReturnType<typeof api.marketplaces.bricklink.import.runs.latest>>;

function orderCountText(count: number): string {
  return count === 1 ? "1 order" : `${count} orders`;
}

function lotCountText(count: number): string {
  return count === 1 ? "1 lot" : `${count} lots`;
}

/** "3 orders could not be read (100, 101, 1 other)", naming those whose number is known and stored. */
function unreadableText({ unreadableOrders = [], unreadableOrderCount = 0 }: ImportRun["progress"]): string {
  const others = unreadableOrderCount - unreadableOrders.length;
  const names = [
    ...unreadableOrders.map(String),
    ...(others > 0 ? [`${others} other${others === 1 ? "" : "s"}`] : []),
  ];
  return `${orderCountText(unreadableOrderCount)} could not be read (${names.join(", ")})`;
}

/** What a finished import did, and what it left as it was. */
function resultText(progress: ImportRun["progress"]): string {
  const { count = 0, leftOut = 0, uncounted = 0, recounted = 0, uncertain = 0 } = progress;
  const { unreadableOrderCount = 0, deferred = 0, lowered = 0, unconfirmed = 0 } = progress;
  const sentences = [
    `${lotCountText(count)} imported.`,
    leftOut > 0 && `Left as before, because BrickLink's entry could not be read: ${lotCountText(leftOut)}.`,
    uncounted > 0 &&
      `Left as before, because too many open orders need the same goods: ${lotCountText(uncounted)}. Import again once some are shipped.`,
    recounted > 0 &&
      `${lotCountText(recounted)} had been counted by a person and now ${recounted === 1 ? "has" : "have"} BrickLink's number instead: count the bin, then correct BrickLink or the number here.`,
    deferred > 0 &&
      `BrickLink lists fewer pieces of ${lotCountText(deferred)} than are on hand here, perhaps for a checkout that is not paid yet. They are taken off if a later list, at least ten minutes from now, lacks them too.`,
    unconfirmed > 0 &&
      `BrickLink listed fewer pieces of ${lotCountText(unconfirmed)} than are on hand here, and could not be asked again for a day. Import again to take them off.`,
    lowered > 0 && `Pieces that BrickLink no longer lists were taken off: ${lotCountText(lowered)}.`,
    unreadableOrderCount > 0 &&
      `${unreadableText(progress)}, so what ${unreadableOrderCount === 1 ? "it holds" : "they hold"} is not counted. See Events for the reason, then import again.`,
    uncertain > 0 &&
      `Left as before and marked as uncertain, because ${unreadableOrderCount === 1 ? "that order needs" : "those orders need"} the same goods: ${lotCountText(uncertain)}.`,
  ];
  return sentences.filter((sentence) => sentence !== false).join(" ");
}

/** The current step of an import, or how it ended. */
export function importText(progress: ImportRun["progress"]): string {
  const { step, count = 0, failure } = progress;
  switch (step) {
    case "listing":
      return "Asking BrickLink for orders and lots.";
    case "readingOrders":
      return `Reading ${orderCountText(count)} first, because what open orders hold counts as stock.`;
    case "unreadableOrders":
      return `${unreadableText(progress)}, so what open orders hold is not known. Nothing was changed. See Events for the reason, then import again.`;
    case "changed":
      return "An order changed meanwhile, so BrickLink is asked for the list again.";
    case "failure":
      return failure === undefined
        ? "BrickLink could not be asked. Nothing was changed. Import again later."
        : problemText(failure);
    case "writing":
      return "Storing the lots.";
    case "imported":
      return resultText(progress);
    case "closedStore":
      return "BrickLink lists no lots, as it does for a closed store. Nothing was changed. Open the store there first.";
    case "paused":
      return "The store was paused, so the import stopped. Resume it in Settings, then import again.";
    case "circuitOpen":
      return "BrickLink has failed too often to be asked now. Import again when it answers.";
    case "outOfCalls":
      return "The day's calls to BrickLink are nearly used up, and the last are kept for orders. Import tomorrow.";
  }
}
