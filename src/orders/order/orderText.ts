/** All text of an open order but that of its buyer, costs, lines and history. */
import { words } from "../../language/language";
import { formatCount } from "../../ui/formatCount";

export const orderText = words({
  en: {
    title: (orderNumber: number) => `Order ${orderNumber}`,
    noSuchOrder: (orderNumber: number) =>
      `There is no order ${orderNumber} in this store. It may not have arrived yet.`,
    previous: "Previous order",
    next: "Next order",
    close: "Close the order",
    more: "More",
    moreAbout: "More about this order",
    openOnBricklink: "Open on BrickLink",
    auditLog: "Audit log of this order",
    unknownBuyer: "unknown buyer",
    noShippingMethod: "no shipping method",
    size: (lots: number, pieces: number) => `${formatCount(lots, "lot")}, ${formatCount(pieces, "piece")}`,
    /** Before the time since then. */
    placed: "placed",
    cancelledAfterSent: (pieces: number) =>
      `Cancelled after it was sent: ${formatCount(pieces, "piece")} left the shelf. If the parcel comes back, put them back and adjust the stock.`,
    notPaid: "Not paid yet.",
    notPaidBy: (method: string) => `Not paid yet, by ${method}.`,
    buyer: "Buyer",
    costs: "Costs",
    history: "History",
    isBack: "It is back",
    isBackOf: (pieces: string) => `It is back: ${pieces}`,
    toPutBack: "To put back, in walking order",
  },
  de: {
    title: (orderNumber) => `Bestellung ${orderNumber}`,
    noSuchOrder: (orderNumber) =>
      `In diesem Shop gibt es keine Bestellung ${orderNumber}. Vielleicht ist sie noch nicht eingegangen.`,
    previous: "Vorige Bestellung",
    next: "Nächste Bestellung",
    close: "Bestellung schließen",
    more: "Mehr",
    moreAbout: "Mehr zu dieser Bestellung",
    openOnBricklink: "Bei BrickLink öffnen",
    auditLog: "Protokoll dieser Bestellung",
    unknownBuyer: "Käufer unbekannt",
    noShippingMethod: "keine Versandart",
    size: (lots, pieces) => `${formatCount(lots, "Lot", "Lots")}, ${formatCount(pieces, "Stück", "Stück")}`,
    placed: "bestellt",
    cancelledAfterSent: (pieces) =>
      `Nach dem Versand storniert, mit ${pieces} Stück im Paket. Kommt das Paket zurück, legen Sie alles zurück und passen Sie den Bestand an.`,
    notPaid: "Noch nicht bezahlt.",
    notPaidBy: (method) => `Noch nicht bezahlt, Zahlung per ${method}.`,
    buyer: "Käufer",
    costs: "Kosten",
    history: "Verlauf",
    isBack: "Zurückgelegt",
    isBackOf: (pieces) => `Zurückgelegt: ${pieces}`,
    toPutBack: "Zurückzulegen, in Laufreihenfolge",
  },
});
