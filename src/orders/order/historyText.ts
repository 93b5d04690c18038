/** All text of an order's history but that about events, feedback and changes sent to BrickLink, which have their own. */
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../../convex/_generated/api";
import { movementText } from "../../inventory/movementText";
import { isKnownBin } from "../bins";

export type History = NonNullable<FunctionReturnType<typeof api.orders.history.get>>;
type Item = History["counts"][number]["item"];

/** `at`: milliseconds UTC. */
export type HistoryEntry = { at: number; sentence: string };

/** A colleague who is no longer a member has no name. */
function personText(person: string | null): string {
  return person ?? "A former colleague";
}

/** "Red Plate 2 x 4 (A01-02)". */
function itemText({ itemName, colorName, location }: Item): string {
  const name = colorName === null ? itemName : `${colorName} ${itemName}`;
  return `${name} (${isKnownBin(location) ? location : "no bin"})`;
}

function stepText({ person, kind, quantity, item }: History["steps"][number]): string {
  const goods = item === null ? "" : `${quantity} × ${itemText(item)}`;
  switch (kind) {
    case "picked":
      return `${personText(person)} picked ${goods}`;
    case "unpicked":
      return `${personText(person)} marked ${goods} as not picked`;
    case "returned":
      return `${personText(person)} put ${goods} back in the bin`;
    case "fetched":
      return `${personText(person)} asked BrickLink for the order`;
  }
}

const countReasons: Partial<Record<NonNullable<History["counts"][number]["reason"]>, string>> = {
  found: ", pieces were found",
  missing: ", pieces were missing",
  damaged: ", pieces were damaged",
  returned: ", a parcel came back",
};

function countText({ person, reason, onHandBefore, onHandAfter, item }: History["counts"][number]): string {
  const verb = reason === "undo" ? "undid a count of" : "counted";
  const result =
    onHandBefore === onHandAfter
      ? `${onHandAfter} on hand, as before`
      : `on hand ${onHandBefore} → ${onHandAfter}`;
  const why = reason === null ? "" : (countReasons[reason] ?? "");
  return `${personText(person)} ${verb} ${itemText(item)}: ${result}${why}`;
}

function stockText({ person, item, ...movement }: History["movements"][number]): string {
  const sentence = movementText(movement, item, "");
  return person === null ? sentence : `${person}: ${sentence}`;
}

/** What happened to an order here, in words, in no particular order. */
export function historyEntries({ orderedAt, payment, movements, steps, counts }: History): HistoryEntry[] {
  return [
    { at: orderedAt, sentence: "The buyer placed the order" },
    ...(payment === null
      ? []
      : [
          {
            at: payment.at,
            sentence: `The payment arrived${payment.method === null ? "" : `, by ${payment.method}`}`,
          },
        ]),
    ...movements.map((movement) => ({ at: movement.at, sentence: stockText(movement) })),
    ...steps.map((step) => ({ at: step.at, sentence: stepText(step) })),
    ...counts.map((count) => ({ at: count.at, sentence: countText(count) })),
  ];
}
