/** All text of the pick list: its head, its rows, and what it does not have. Quantities are pieces. */
import { words } from "../language/language";

export const pickListText = words({
  en: {
    title: "Pick list",
    back: "Back",
    printed: (at: string) => `Printed ${at}`,
    oneByOne: "One by one",
    print: "Print",
    bins: "Bins, in walking order",
    buyerUnknown: "buyer unknown",
    closed: (status: string) => `${status}: nothing to pick`,
    notPaid: "not paid",
    unknownOrders: (numbers: readonly number[]) => `This store has no order ${numbers.join(", ")}.`,
    /** "12", "12 and 13", "12, 13 and 14". */
    enumeration: (first: string, last: string) => `${first} and ${last}`,
    leftOut: (number: string) =>
      `Order ${number} did not fit on this list. Pick these first, then open another list.`,
    leftOutSeveral: (numbers: string) =>
      `Orders ${numbers} did not fit on this list. Pick these first, then open another list.`,
    openOther: "Open the other list",
    nothingToPick: "There is nothing to pick here.",
    chooseOrders: "Choose orders",
    pickLabel: (quantity: number, itemName: string, bin: string) =>
      `${quantity} × ${itemName} in ${bin} picked`,
    tote: (tote: number) => `tote ${tote}`,
    short: (quantity: number) => `${quantity} short: the bin has no more`,
    noLot: "Not in your inventory: look for it yourself",
    noLotRemarked: (remarks: string) =>
      `Not in your inventory: look for it yourself. Seller's remark: ${remarks}`,
    putBack: (quantity: number) => `Put ${quantity} back: the buyer wants fewer`,
  },
  de: {
    title: "Pickliste",
    back: "Zurück",
    printed: (at) => `Gedruckt am ${at}`,
    oneByOne: "Rundgang starten",
    print: "Drucken",
    bins: "Fächer in der Reihenfolge des Rundgangs",
    buyerUnknown: "Käufer unbekannt",
    closed: (status) => `${status}: nichts zu picken`,
    notPaid: "nicht bezahlt",
    unknownOrders: (numbers) => `Dieser Shop hat keine Bestellung ${numbers.join(", ")}.`,
    enumeration: (first, last) => `${first} und ${last}`,
    leftOut: (number) =>
      `Bestellung ${number} passt nicht mehr auf diese Liste. Picken Sie zuerst, was hier steht, und öffnen Sie dann eine weitere Liste.`,
    leftOutSeveral: (numbers) =>
      `Die Bestellungen ${numbers} passen nicht mehr auf diese Liste. Picken Sie zuerst, was hier steht, und öffnen Sie dann eine weitere Liste.`,
    openOther: "Weitere Liste öffnen",
    nothingToPick: "Hier gibt es nichts zu picken.",
    chooseOrders: "Bestellungen auswählen",
    pickLabel: (quantity, itemName, bin) => `${quantity} × ${itemName} in ${bin} gepickt`,
    tote: (tote) => `Kiste ${tote}`,
    short: (quantity) => `${quantity} zu wenig: Mehr ist nicht im Fach`,
    noLot: "Nicht in Ihrem Lager: selbst suchen",
    noLotRemarked: (remarks) => `Nicht in Ihrem Lager: selbst suchen. Bemerkung des Shops: ${remarks}`,
    putBack: (quantity) => `${quantity} zurücklegen: Der Käufer möchte weniger`,
  },
});

/** Which orders are left out because the list is full, and what to do. `numbers` has at least one. */
export function leftOutText(numbers: readonly number[]): string {
  const others = numbers.map(String);
  const last = others.pop() ?? "";
  if (others.length === 0) return pickListText.leftOut(last);
  return pickListText.leftOutSeveral(pickListText.enumeration(others.join(", "), last));
}
