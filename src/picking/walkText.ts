/** All text of a walk: its head, its stops, scans, and what a screen reader announces. Quantities are pieces. */
import { words } from "../language/language";
import { binText } from "../orders/lineText";
import { formatCount } from "../ui/formatCount";
import { quantitiesByTote, type Stop } from "./stops";

export const walkText = words({
  en: {
    title: "Pick",
    leave: "Leave the walk",
    listOfStops: "List of all stops",
    resumeOrder: (orderNumber: number) => `Resume your walk of order ${orderNumber}`,
    resumeOrders: (orders: number) => `Resume your walk of ${orders} orders`,
    allDone: "All stops done",
    left: (left: number, total: number) => `${left} of ${formatCount(total, "stop")} left`,
    notSent: (ticks: number) => `${formatCount(ticks, "tick")} not sent yet`,
    ordersInWalk: (orders: number) => `${formatCount(orders, "order")} in this walk`,
    /** Before the name of a bin. */
    bin: "Bin",
    insteadOf: (bin: string) => `instead of ${bin}`,
    /** Before a quantity. */
    take: "Take",
    intoTotes: "Into which totes",
    tote: (tote: number) => `tote ${tote}`,
    order: (orderNumber: number) => `order ${orderNumber}`,
    pickedOnly: (quantity: number) => `Picked ${quantity}`,
    putBackOnly: (quantity: number) => `Put ${quantity} back`,
    pickedAndPutBack: (picked: number, putBack: number) => `Picked ${picked}, put ${putBack} back`,
    picked: "Picked",
    back: "Back",
    undo: "Undo",
    skip: "Skip",
    nextStop: "Next stop",
    notFromHere: "Not from here",
    short: (quantity: number) => `${quantity} short: the bin has no more.`,
    shortAndNothing: (quantity: number) =>
      `${quantity} short: the bin has no more, so there is nothing to take here.`,
    noLot: "Not in your inventory: look for it yourself.",
    noLotRemarked: (remarks: string) =>
      `Not in your inventory: look for it yourself. Seller's remark: ${remarks}`,
    putBackWhy: (quantity: number) => `Put ${quantity} back: the buyer wants fewer.`,
    goods: (bin: string, quantity: number, itemName: string) => `${bin}: ${quantity} × ${itemName}`,
    intoTote: (quantity: number, tote: number) => `${quantity} into tote ${tote}`,
    scanTitle: "Scan a bin",
    scanLabel: "Scan a bin with the camera",
    noCamera: "This page may not use the camera. Allow it in the browser, then try again.",
    noReader: "The reader of codes could not be loaded. Check the connection, then try again.",
    scanRight: (bin: string) => `${bin} is right`,
    scanDone: (bin: string) => `${bin} is done already`,
    scanUnknown: (bin: string) => `${bin} is no bin of this walk`,
    scanWrong: (bin: string, goTo: string) => `${bin} is not this stop's bin: go to ${goTo}`,
    colleague: "a colleague",
    isHere: (person: string) => `${person} is here`,
    areHere: (others: string, last: string) => `${others} and ${last} are here`,
  },
  de: {
    title: "Picken",
    leave: "Rundgang verlassen",
    listOfStops: "Liste aller Stationen",
    resumeOrder: (orderNumber) => `Weiterpicken: Bestellung ${orderNumber}`,
    resumeOrders: (orders) => `Weiterpicken: ${orders} Bestellungen`,
    allDone: "Alle Stationen erledigt",
    left: (left, total) => `Noch ${left} von ${formatCount(total, "Station", "Stationen")}`,
    notSent: (ticks) => `${formatCount(ticks, "Pick", "Picks")} noch nicht übertragen`,
    ordersInWalk: (orders) => `${formatCount(orders, "Bestellung", "Bestellungen")} auf diesem Rundgang`,
    bin: "Fach",
    insteadOf: (bin) => `statt ${bin}`,
    take: "Entnehmen:",
    intoTotes: "In welche Kisten",
    tote: (tote) => `Kiste ${tote}`,
    order: (orderNumber) => `Bestellung ${orderNumber}`,
    pickedOnly: (quantity) => `${quantity} gepickt`,
    putBackOnly: (quantity) => `${quantity} zurückgelegt`,
    pickedAndPutBack: (picked, putBack) => `${picked} gepickt, ${putBack} zurück`,
    picked: "Gepickt",
    back: "Zurück",
    undo: "Rückgängig",
    skip: "Auslassen",
    nextStop: "Nächste Station",
    notFromHere: "Nicht von hier",
    short: (quantity) => `${quantity} zu wenig: Mehr ist nicht im Fach.`,
    shortAndNothing: (quantity) =>
      `${quantity} zu wenig: Mehr ist nicht im Fach, hier ist also nichts zu entnehmen.`,
    noLot: "Nicht in Ihrem Lager: selbst suchen.",
    noLotRemarked: (remarks) => `Nicht in Ihrem Lager: selbst suchen. Bemerkung des Shops: ${remarks}`,
    putBackWhy: (quantity) => `${quantity} zurücklegen: Der Käufer möchte weniger.`,
    goods: (bin, quantity, itemName) => `${bin}: ${quantity} × ${itemName}`,
    intoTote: (quantity, tote) => `${quantity} in Kiste ${tote}`,
    scanTitle: "Fach scannen",
    scanLabel: "Fach mit der Kamera scannen",
    noCamera:
      "Diese Seite darf die Kamera nicht benutzen. Erlauben Sie es im Browser und versuchen Sie es dann noch einmal.",
    noReader:
      "Die Code-Erkennung konnte nicht geladen werden. Prüfen Sie die Verbindung und versuchen Sie es dann noch einmal.",
    scanRight: (bin) => `${bin} ist richtig`,
    scanDone: (bin) => `${bin} ist schon erledigt`,
    scanUnknown: (bin) => `${bin} gehört nicht zu diesem Rundgang`,
    scanWrong: (bin, goTo) => `${bin} ist nicht das Fach für diese Station: Gehen Sie zu ${goTo}`,
    colleague: "ein anderes Mitglied",
    isHere: (person) => `${person} ist hier`,
    areHere: (others, last) => `${others} und ${last} sind hier`,
  },
});

/** "Resume your walk of 5 orders". How many stops are left is known only from the orders' lines, which the walk itself loads. */
export function resumeText(orderNumbers: readonly number[]): string {
  const [first] = orderNumbers;
  return orderNumbers.length === 1 && first !== undefined
    ? walkText.resumeOrder(first)
    : walkText.resumeOrders(orderNumbers.length);
}

/** "12 of 19 stops left"; "All stops done". */
export function leftText(left: number, total: number): string {
  return left === 0 ? walkText.allDone : walkText.left(left, total);
}

/** The label of the large button at a stop with something to do. */
export function doneLabel({ toTake, toReturn }: Pick<Stop, "toTake" | "toReturn">): string {
  if (toReturn === 0) return walkText.pickedOnly(toTake);
  return toTake === 0 ? walkText.putBackOnly(toReturn) : walkText.pickedAndPutBack(toTake, toReturn);
}

/** What a screen reader says on arriving at a stop. */
export function stopText(stop: Stop): string {
  const [goods] = stop.lines;
  if (!goods) return "";
  const intoTotes = quantitiesByTote(stop).flatMap(({ tote, quantity }) =>
    tote !== null && quantity > 0 ? [walkText.intoTote(quantity, tote)] : [],
  );
  return [walkText.goods(binText(stop.location), stop.toTake, goods.itemName), ...intoTotes].join(", ");
}
