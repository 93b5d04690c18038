/** Pieces reported missing or damaged, and what came from other bins instead, in words. Quantities are pieces. */
import { words } from "../language/language";
import type { OrderLine } from "../orders/types";

/** The reasons that the server accepts for a loss. */
export const lossReasons = ["missing", "damaged"] as const;
export type LossReason = (typeof lossReasons)[number];

export const lossWords = words({
  en: {
    reasons: { missing: "Missing", damaged: "Damaged" },
    lost: {
      missing: (quantity: number) => `${quantity} missing`,
      damaged: (quantity: number) => `${quantity} damaged`,
    },
    /** `lost`: as above. */
    lostFor: (lost: string, orderNumber: number) => `${lost} for ${orderNumber}`,
    /** A loss of more than the order wanted: the spare pieces of the bin are lost too. */
    offStockToo: (lost: string) => `${lost}, taken off your stock.`,
    /** `orderNumber`: null where only one order is shown. */
    orderLacks: (short: number, orderNumber: number | null) =>
      `${orderNumber === null ? "This order" : `Order ${orderNumber}`} lacks ${short}.`,
    undo: "Undo",
    undoLabel: (lost: string, itemName: string) => `Undo: ${lost}, ${itemName}`,
    report: "Missing or damaged",
    reportLabel: (itemName: string) => `Missing or damaged: ${itemName}`,
    /** `lost`: as above, or several of them. */
    reported: (lost: string) => `Reported: ${lost}`,
    howMany: "How many pieces",
    oneFewer: "One fewer",
    oneMore: "One more",
    whichOrder: "For which order",
    offStock: "Reported pieces are taken off your stock.",
    binEmpty: (all: number) => `The bin is empty: all ${all}`,
    toSpare: (spare: number) => `The bin should have ${spare} to spare.`,
    takeInstead: (quantity: number) => `Take ${quantity === 1 ? "one" : quantity} of them instead.`,
    willBeShort: (short: number) => `The order will be ${short} short.`,
    otherBins: "Other bins with the same goods",
    takeFrom: (quantity: number, bin: string, there: number) =>
      `Take ${quantity} from ${bin}, which has ${there}`,
    from: (quantity: number, bin: string) => `${quantity} from ${bin}`,
    putBack: "Put back",
    putBackLabel: (quantity: number, bin: string, orderNumber: number) =>
      `Put ${quantity} back in ${bin}, order ${orderNumber}`,
    binShort: "The bin is short",
    fewer: "Fewer",
    /** Under the buttons of a stop, before a press on "Missing". `all`: pieces that the bin should have. */
    missingTakes: (all: number) => `“Missing” takes all ${all} off your stock.`,
    howManyThere: "How many are there",
    howManyDamaged: "How many are damaged",
    send: "Report",
    needsConnection: "Reporting what is missing needs a connection.",
  },
  de: {
    reasons: { missing: "Fehlt", damaged: "Beschädigt" },
    lost: {
      missing: (quantity) => (quantity === 1 ? "1 fehlt" : `${quantity} fehlen`),
      damaged: (quantity) => `${quantity} beschädigt`,
    },
    lostFor: (lost, orderNumber) => `${lost} (Bestellung ${orderNumber})`,
    offStockToo: (lost) => `${lost}, vom Bestand abgezogen.`,
    orderLacks: (short, orderNumber) =>
      `${orderNumber === null ? "Dieser Bestellung" : `Der Bestellung ${orderNumber}`} ${short === 1 ? "fehlt" : "fehlen"} ${short}.`,
    undo: "Rückgängig",
    undoLabel: (lost, itemName) => `Rückgängig: ${lost}, ${itemName}`,
    report: "Fehlt oder beschädigt",
    reportLabel: (itemName) => `Fehlt oder beschädigt: ${itemName}`,
    reported: (lost) => `Gemeldet: ${lost}`,
    howMany: "Wie viele Stück?",
    oneFewer: "Eins weniger",
    oneMore: "Eins mehr",
    whichOrder: "Für welche Bestellung?",
    offStock: "Was Sie melden, wird vom Bestand abgezogen.",
    binEmpty: (all) => `Das Fach ist leer: alle ${all}`,
    toSpare: (spare) => `Im Fach ${spare === 1 ? "sollte" : "sollten"} noch ${spare} Stück übrig sein.`,
    takeInstead: (quantity) => `Nehmen Sie stattdessen ${quantity === 1 ? "eins" : quantity} davon.`,
    willBeShort: (short) => `Der Bestellung ${short === 1 ? "wird" : "werden"} ${short} Stück fehlen.`,
    otherBins: "Andere Fächer mit der gleichen Ware",
    takeFrom: (quantity, bin, there) => `${quantity} aus ${bin} nehmen (dort: ${there})`,
    from: (quantity, bin) => `${quantity} aus ${bin}`,
    putBack: "Zurücklegen",
    putBackLabel: (quantity, bin, orderNumber) =>
      `${quantity} in ${bin} zurücklegen, Bestellung ${orderNumber}`,
    binShort: "Im Fach ist zu wenig",
    fewer: "Zu wenig",
    missingTakes: (all) => `„Fehlt“ zieht alle ${all} vom Bestand ab.`,
    howManyThere: "Wie viele sind da?",
    howManyDamaged: "Wie viele sind beschädigt?",
    send: "Melden",
    needsConnection: "Fehlendes lässt sich nur mit Verbindung melden.",
  },
});

/** "2 missing, 1 damaged": the sum over all `lines`. Empty when nothing was reported. */
export function lossText(lines: readonly Pick<OrderLine, "losses">[]): string {
  return lossReasons
    .map((reason) => [lines.reduce((sum, { losses }) => sum + losses[reason], 0), reason] as const)
    .filter(([quantity]) => quantity > 0)
    .map(([quantity, reason]) => lossWords.lost[reason](quantity))
    .join(", ");
}

type Reported = Pick<OrderLine, "losses" | "quantity" | "shortQuantity"> & { orderNumber: number };

/**
 * "1 missing"; "52 missing, taken off your stock. This order lacks 3." `isOneOfMany`: whether the lines of several orders are side by
 * side, so that the order is named.
 */
export function reportedText(line: Reported, reason: LossReason, isOneOfMany: boolean): string {
  const quantity = line.losses[reason];
  const lost = lossWords.lost[reason](quantity);
  if (quantity <= line.quantity) return isOneOfMany ? lossWords.lostFor(lost, line.orderNumber) : lost;
  const orderNumber = isOneOfMany ? line.orderNumber : null;
  return [
    lossWords.offStockToo(lost),
    ...(line.shortQuantity > 0 ? [lossWords.orderLacks(line.shortQuantity, orderNumber)] : []),
  ].join(" ");
}

/**
 * What a loss would mean for the order, shown before it is reported. `quantity`: pieces about to be reported; `spare`:
 * pieces in the bin that no order has reserved.
 */
export function lossConsequenceText(quantity: number, spare: number): string {
  const short = Math.max(0, quantity - spare);
  return [
    ...(spare > 0 ? [lossWords.toSpare(spare)] : []),
    short === 0 ? lossWords.takeInstead(quantity) : lossWords.willBeShort(short),
  ].join(" ");
}
