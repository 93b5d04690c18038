/** All text about a print on the screen: its choices, its papers, and what is not printed and why. */
import { words } from "../language/language";
import type { PrintKind } from "./search";

export const printText = words({
  en: {
    kinds: { slips: "Packing slips", labels: "Address labels" },
    papers: {
      slips: { a4: "A4", letter: "Letter", label: "Label, 100 × 150 mm" },
      labels: {
        a4: "A4 sheet, 2 × 7 labels (Avery L7163)",
        letter: "Letter sheet, 2 × 5 labels (Avery 5163)",
        label: "One label a page, 100 × 150 mm",
      },
    },
    sorts: { name: "By name", bin: "In walking order" },
    slips: (orders: number): string => (orders === 1 ? "Packing slip" : "Packing slips"),
    printSlip: "Print the packing slip",
    printLabel: "Print the address label",
    print: "Print",
    back: "Back",
    kind: "What to print",
    paper: "Paper",
    slipsInEnglish: "Packing slips are in English, for buyers of any country.",
    lines: "Lines",
    firstFree: "First free label",
    copyAddress: "Copy address",
    copied: "Copied",
    notCopied: "The browser did not allow it. Mark the address and copy it by hand.",
    openOthers: "Open the others",
    nothing: "There is nothing to print here.",
    chooseOrders: "Choose orders",
    tooLong: "Too long for this label. Print it on a larger one.",
    addressesHidden: {
      slips: "Addresses are shown to staff and owners, so these slips name only the buyer.",
      labels: "Addresses are shown to staff and owners. Ask one of them to print the labels.",
    },
    /** British, without a comma before "and". */
    list: "en-GB",
    /** `numbers`: one number, or a list of several. */
    orders: (count: number, numbers: string) => `${count === 1 ? "Order" : "Orders"} ${numbers}`,
    /** `orders`: as above. */
    leftOut: (orders: string) =>
      `${orders} did not fit into this print. Print these pages first, then the others.`,
    unknown: (orders: string, count: number) =>
      count === 1
        ? `${orders} is not in this store. It may not have arrived yet.`
        : `${orders} are not in this store. They may not have arrived yet.`,
    noAddress: {
      slips: (orders: string, count: number) =>
        `${orders} ${count === 1 ? "has" : "have"} no address, so the slip names only the buyer. BrickLink sent none, or it was removed some time after the order was closed.`,
      labels: (orders: string, count: number) =>
        `${orders} ${count === 1 ? "has" : "have"} no address, so no label is printed. BrickLink sent none, or it was removed some time after the order was closed.`,
    },
    cancelled: (orders: string, count: number) =>
      count === 1 ? `${orders} is cancelled: do not send it.` : `${orders} are cancelled: do not send them.`,
  },
  de: {
    kinds: { slips: "Packzettel", labels: "Adressetiketten" },
    papers: {
      slips: { a4: "A4", letter: "Letter", label: "Etikett, 100 × 150 mm" },
      labels: {
        a4: "A4, 2 × 7 (Avery L7163)",
        letter: "Letter, 2 × 5 (Avery 5163)",
        label: "Ein Etikett je Seite, 100 × 150 mm",
      },
    },
    sorts: { name: "Nach Name", bin: "Wie auf dem Rundgang" },
    slips: () => "Packzettel",
    printSlip: "Packzettel drucken",
    printLabel: "Adressetikett drucken",
    print: "Drucken",
    back: "Zurück",
    kind: "Was gedruckt wird",
    paper: "Papier",
    slipsInEnglish: "Packzettel sind auf Englisch, für Käufer aller Länder.",
    lines: "Positionen",
    firstFree: "Ab Etikett",
    copyAddress: "Adresse kopieren",
    copied: "Kopiert",
    notCopied: "Der Browser hat es nicht erlaubt. Markieren Sie die Adresse und kopieren Sie sie von Hand.",
    openOthers: "Die übrigen öffnen",
    nothing: "Hier gibt es nichts zu drucken.",
    chooseOrders: "Bestellungen auswählen",
    tooLong: "Zu lang für dieses Etikett. Drucken Sie auf ein größeres.",
    addressesHidden: {
      slips:
        "Adressen sehen nur Mitarbeiter und Inhaber, deshalb steht auf diesen Packzetteln nur der Name des Käufers.",
      labels:
        "Adressen sehen nur Mitarbeiter und Inhaber. Bitten Sie jemanden von ihnen, die Etiketten zu drucken.",
    },
    list: "de",
    orders: (count, numbers) => `${count === 1 ? "Bestellung" : "Bestellungen"} ${numbers}`,
    leftOut: (orders) =>
      `Kein Platz in diesem Druck: ${orders}. Drucken Sie zuerst diese Seiten, dann die übrigen.`,
    unknown: (orders, count) =>
      count === 1
        ? `${orders} ist nicht in diesem Shop. Vielleicht ist sie noch nicht angekommen.`
        : `${orders} sind nicht in diesem Shop. Vielleicht sind sie noch nicht angekommen.`,
    noAddress: {
      slips: (orders, count) =>
        `${orders} ${count === 1 ? "hat" : "haben"} keine Adresse, deshalb steht auf dem Packzettel nur der Name des Käufers. BrickLink hat keine gesendet, oder sie wurde einige Zeit nach Abschluss der Bestellung entfernt.`,
      labels: (orders, count) =>
        `${orders} ${count === 1 ? "hat" : "haben"} keine Adresse, deshalb wird kein Etikett gedruckt. BrickLink hat keine gesendet, oder sie wurde einige Zeit nach Abschluss der Bestellung entfernt.`,
    },
    cancelled: (orders, count) => `${orders} ${count === 1 ? "ist" : "sind"} storniert: Nicht versenden.`,
  },
});

const list = new Intl.ListFormat(printText.list, { type: "conjunction" });

/** "Order 12", "Orders 12, 13 and 14". */
function ordersText(numbers: readonly number[]): string {
  return printText.orders(numbers.length, list.format(numbers.map(String)));
}

/** `numbers`: orders for which the print has no room; at least one. */
export function leftOutText(numbers: readonly number[]): string {
  return printText.leftOut(ordersText(numbers));
}

/** `numbers`: at least one. */
export function unknownText(numbers: readonly number[]): string {
  return printText.unknown(ordersText(numbers), numbers.length);
}

/** `numbers`: orders without an address; at least one. */
export function noAddressText(numbers: readonly number[], kind: PrintKind): string {
  return printText.noAddress[kind](ordersText(numbers), numbers.length);
}

/** `numbers`: cancelled orders; at least one. */
export function cancelledText(numbers: readonly number[]): string {
  return printText.cancelled(ordersText(numbers), numbers.length);
}
