/** All text of the inventory screen and of a lot, but that about searching, importing, counting and movements. */
import { words } from "../language/language";
import { formatCount } from "../ui/formatCount";

export const lotText = words({
  en: {
    title: "Inventory",
    lots: "Lots",
    binLabels: "Bin labels",
    more: "There are more lots than are listed here.",
    perhapsMore: "There may be more lots than are listed here. Add a word to narrow it down.",
    noneFound:
      "No lot has all of these words in its part number, name, colour or bin. Leave one out, or write it in full.",
    noneShort:
      "Nothing is owed to an open order. A lot is listed here when orders need more of it than is on hand.",
    noneToCount:
      "Nothing to count. A lot is listed here when a packer reports pieces of it lost, or takes some for a line of another lot.",
    noneDiffers:
      "Nothing differs. A lot is listed here when more of it was sent than was on hand here, until it is counted.",
    noneYet: "No lots yet",
    importFirst:
      "Import your inventory from BrickLink. Then order lines find their bins and their stock is reserved.",
    openSettings: "Open Settings",
    bin: "Bin",
    noBin: "No bin",
    lot: "Lot",
    onHand: "On hand",
    reserved: "Reserved",
    available: "Available",
    differs: "Differs from BrickLink",
    owed: "Owed to orders",
    isUncertain: "Uncertain: an order could not be read",
    sentBeyond: (pieces: number) => `${pieces} sent that were not on hand here`,
    availableOf: (available: number, onHand: number) => `${available} available of ${onHand}`,
    /** Follows a quantity. */
    isOwed: "owed to orders",
    noSuchLot: "There is no such lot in this store.",
    auditLog: "Audit log of this lot",
    catalogue: "BrickLink catalogue",
    ordersNeed: (pieces: number) =>
      `Open orders need ${formatCount(pieces, "more piece")} than are on hand. What you add goes to them first, the oldest order before the others.`,
    uncertain:
      "Uncertain: an order could not be read, so the latest import left this lot as it was. Count it below, or import again when the order has been read.",
    differsBy: (pieces: number) =>
      `Differs from BrickLink: ${formatCount(pieces, "piece")} sent with orders ${pieces === 1 ? "was" : "were"} never on hand here. Count the lot below, even if the number is right.`,
    allThatDiffer: "All lots that differ",
  },
  de: {
    title: "Lager",
    lots: "Lots",
    binLabels: "Fachetiketten",
    more: "Es gibt mehr Lots, als hier stehen.",
    perhapsMore:
      "Vielleicht gibt es mehr Lots, als hier stehen. Geben Sie ein weiteres Wort ein, um die Suche einzugrenzen.",
    noneFound:
      "Kein Lot hat alle diese Wörter in Teilenummer, Name, Farbe oder Fach. Lassen Sie eins weg, oder schreiben Sie es aus.",
    noneShort:
      "Keiner offenen Bestellung fehlt etwas. Hier steht ein Lot, wenn Bestellungen mehr davon brauchen, als auf Lager ist.",
    noneToCount:
      "Nichts nachzuzählen. Hier steht ein Lot, wenn jemand beim Picken Stücke davon als verloren meldet oder für eine Position eines anderen Lots entnimmt.",
    noneDiffers:
      "Nichts weicht ab. Hier steht ein Lot, wenn mehr davon versendet wurde, als hier auf Lager war, bis es nachgezählt ist.",
    noneYet: "Noch keine Lots",
    importFirst:
      "Importieren Sie Ihr Lager von BrickLink. Dann finden die Positionen der Bestellungen ihre Fächer, und ihr Bestand wird reserviert.",
    openSettings: "Einstellungen öffnen",
    bin: "Fach",
    noBin: "Kein Fach",
    lot: "Lot",
    onHand: "Auf Lager",
    reserved: "Reserviert",
    available: "Verfügbar",
    differs: "Weicht von BrickLink ab",
    owed: "Fehlt für Bestellungen",
    isUncertain: "Unsicher: Eine Bestellung war nicht lesbar",
    sentBeyond: (pieces) =>
      pieces === 1
        ? "1 versendet, das hier nicht auf Lager war"
        : `${pieces} versendet, die hier nicht auf Lager waren`,
    availableOf: (available, onHand) => `${available} von ${onHand} verfügbar`,
    isOwed: "zu wenig für Bestellungen",
    noSuchLot: "Dieses Lot gibt es in diesem Shop nicht.",
    auditLog: "Protokoll dieses Lots",
    catalogue: "BrickLink-Katalog",
    ordersNeed: (pieces) =>
      `Offene Bestellungen brauchen ${formatCount(pieces, "Stück", "Stück")} mehr, als auf Lager sind. Was Sie hinzufügen, geht zuerst an sie, an die älteste Bestellung vor den anderen.`,
    uncertain:
      "Unsicher: Eine Bestellung konnte nicht gelesen werden, deshalb hat der letzte Import dieses Lot unverändert gelassen. Zählen Sie es unten nach, oder importieren Sie noch einmal, wenn die Bestellung gelesen ist.",
    differsBy: (pieces) =>
      `Weicht von BrickLink ab: ${pieces === 1 ? "1 mit Bestellungen versendetes Stück war" : `${formatCount(pieces, "Stück", "Stück")}, die mit Bestellungen versendet wurden, waren`} hier nie auf Lager. Zählen Sie das Lot unten nach, auch wenn die Zahl stimmt.`,
    allThatDiffer: "Alle abweichenden Lots",
  },
});
