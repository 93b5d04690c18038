/** All text about picked pieces that are to be put back in their bins. */
import { words } from "../language/language";
import { isKnownBin } from "./bins";
import type { OrderDetail, OrderLine, OrderRow } from "./types";

const returnWords = words({
  en: {
    binUnknown: "Bin unknown",
    reasonCancelled:
      "This order was cancelled after it was picked. Put these pieces back in their bins and confirm each: until then no other order can have them.",
    reasonChanged:
      "The buyer no longer wants these pieces, which are picked. Put them back in their bins and confirm each.",
    reserved: (pieces: number) => `${pieces} reserved until put back`,
    sent: (pieces: number) => `${pieces} ${pieces === 1 ? "was" : "were"} sent`,
    released: "released",
    nothingReserved: "nothing was reserved",
  },
  de: {
    binUnknown: "Fach unbekannt",
    reasonCancelled:
      "Diese Bestellung wurde storniert, nachdem sie gepickt war. Legen Sie diese Stücke in ihre Fächer zurück und bestätigen Sie jede Zeile: Bis dahin stehen sie keiner anderen Bestellung zur Verfügung.",
    reasonChanged:
      "Der Käufer möchte diese Stücke nicht mehr, sie sind aber gepickt. Legen Sie sie in ihre Fächer zurück und bestätigen Sie jede Zeile.",
    reserved: (pieces) => `${pieces} reserviert bis zum Zurücklegen`,
    sent: (pieces) => `${pieces} versendet`,
    released: "freigegeben",
    nothingReserved: "es war nichts reserviert",
  },
});

type ReturnToShelf = Pick<
  OrderDetail["returnsToShelf"][number],
  "location" | "quantity" | "partNumber" | "itemName"
>;

/** "A01-02: 3 × 3001 Brick 2 x 4". */
export function returnText({ location, quantity, partNumber, itemName }: ReturnToShelf): string {
  const bin = isKnownBin(location) ? location : returnWords.binUnknown;
  return `${bin}: ${quantity} × ${partNumber} ${itemName}`;
}

/** Why pieces are to be put back. `isCancelled`: their order was cancelled, and goes on holding them. */
export function returnReasonText(isCancelled: boolean): string {
  return isCancelled ? returnWords.reasonCancelled : returnWords.reasonChanged;
}

type Quantities = Pick<OrderRow, "reservedQuantity" | "fulfilledQuantity">;

/** What became of the pieces of a cancelled order. */
export function cancelledStockText({ reservedQuantity, fulfilledQuantity }: Quantities): string {
  if (reservedQuantity > 0) return returnWords.reserved(reservedQuantity);
  return fulfilledQuantity > 0 ? returnWords.sent(fulfilledQuantity) : returnWords.released;
}

/** What became of the pieces of one line of a cancelled order. Nothing is ever reserved for an unmatched line. */
export function cancelledLineText(line: Quantities & Pick<OrderLine, "matchedBy">): string {
  return line.matchedBy === "unmatched" ? returnWords.nothingReserved : cancelledStockText(line);
}
