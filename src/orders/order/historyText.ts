/** All text of an order's history but that about events, feedback and changes sent to BrickLink, which have their own. */
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../../convex/_generated/api";
import { words } from "../../language/language";
import { movementText } from "../../inventory/movementText";
import { isKnownBin } from "../bins";

export type History = NonNullable<FunctionReturnType<typeof api.orders.history.get>>;
type Item = History["counts"][number]["item"];

/** `at`: milliseconds UTC. */
export type HistoryEntry = { at: number; sentence: string };

const historyWords = words({
  en: {
    /** A colleague who is no longer a member has no name. */
    formerColleague: "A former colleague",
    noBin: "no bin",
    placed: "The buyer placed the order",
    paid: "The payment arrived",
    paidBy: (method: string) => `The payment arrived, by ${method}`,
    steps: {
      picked: (person: string, goods: string) => `${person} picked ${goods}`,
      unpicked: (person: string, goods: string) => `${person} marked ${goods} as not picked`,
      returned: (person: string, goods: string) => `${person} put ${goods} back in the bin`,
    },
    fetched: (person: string) => `${person} asked BrickLink for the order`,
    counted: (person: string, item: string, result: string) => `${person} counted ${item}: ${result}`,
    undone: (person: string, item: string, result: string) => `${person} undid a count of ${item}: ${result}`,
    asBefore: (onHand: number) => `${onHand} on hand, as before`,
    changed: (before: number, after: number) => `on hand ${before} → ${after}`,
    /** After the result of a count, and a comma. */
    reasons: {
      found: "pieces were found",
      missing: "pieces were missing",
      damaged: "pieces were damaged",
      returned: "a parcel came back",
    },
  },
  de: {
    formerColleague: "Ein früheres Mitglied",
    noBin: "kein Fach",
    placed: "Der Käufer hat bestellt",
    paid: "Die Zahlung ist eingegangen",
    paidBy: (method) => `Die Zahlung ist eingegangen, per ${method}`,
    steps: {
      picked: (person, goods) => `${person} hat ${goods} gepickt`,
      unpicked: (person, goods) => `${person} hat ${goods} als nicht gepickt markiert`,
      returned: (person, goods) => `${person} hat ${goods} zurückgelegt`,
    },
    fetched: (person) => `${person} hat die Bestellung bei BrickLink abgefragt`,
    counted: (person, item, result) => `${person} hat ${item} gezählt: ${result}`,
    undone: (person, item, result) => `${person} hat eine Zählung von ${item} rückgängig gemacht: ${result}`,
    asBefore: (onHand) => `${onHand} auf Lager, wie zuvor`,
    changed: (before, after) => `auf Lager ${before} → ${after}`,
    reasons: {
      found: "Stücke wurden gefunden",
      missing: "Stücke fehlten",
      damaged: "Stücke waren beschädigt",
      returned: "ein Paket kam zurück",
    },
  },
});

function personText(person: string | null): string {
  return person ?? historyWords.formerColleague;
}

/** "Red Plate 2 x 4 (A01-02)". */
function itemText({ itemName, colorName, location }: Item): string {
  const name = colorName === null ? itemName : `${colorName} ${itemName}`;
  return `${name} (${isKnownBin(location) ? location : historyWords.noBin})`;
}

function stepText({ person, kind, quantity, item }: History["steps"][number]): string {
  if (kind === "fetched") return historyWords.fetched(personText(person));
  const goods = item === null ? "" : `${quantity} × ${itemText(item)}`;
  return historyWords.steps[kind](personText(person), goods);
}

const countReasons: Partial<Record<NonNullable<History["counts"][number]["reason"]>, string>> =
  historyWords.reasons;

function countText({ person, reason, onHandBefore, onHandAfter, item }: History["counts"][number]): string {
  const numbers =
    onHandBefore === onHandAfter
      ? historyWords.asBefore(onHandAfter)
      : historyWords.changed(onHandBefore, onHandAfter);
  const why = reason === null ? undefined : countReasons[reason];
  const result = why === undefined ? numbers : `${numbers}, ${why}`;
  const sentence = reason === "undo" ? historyWords.undone : historyWords.counted;
  return sentence(personText(person), itemText(item), result);
}

function stockText({ person, item, ...movement }: History["movements"][number]): string {
  const sentence = movementText(movement, item, "");
  return person === null ? sentence : `${person}: ${sentence}`;
}

/** What happened to an order here, in words, in no particular order. */
export function historyEntries({ orderedAt, payment, movements, steps, counts }: History): HistoryEntry[] {
  return [
    { at: orderedAt, sentence: historyWords.placed },
    ...(payment === null
      ? []
      : [
          {
            at: payment.at,
            sentence: payment.method === null ? historyWords.paid : historyWords.paidBy(payment.method),
          },
        ]),
    ...movements.map((movement) => ({ at: movement.at, sentence: stockText(movement) })),
    ...steps.map((step) => ({ at: step.at, sentence: stepText(step) })),
    ...counts.map((count) => ({ at: count.at, sentence: countText(count) })),
  ];
}
