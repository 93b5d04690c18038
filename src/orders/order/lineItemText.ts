/** All text of a line of an open order but what `lineText` says of every line. */
import { words } from "../../language/language";

export const lineItemText = words({
  en: {
    lines: "Lines, in walking order",
    notInParcel: (pieces: number) => `${pieces} missing from the parcel`,
    sentWithoutStock: (pieces: number) => `${pieces} sent without stock`,
    unmatched: "unmatched",
    noMore: "none left in stock",
    countBin: "Count the bin",
    countBinOf: (bin: string) => `Count the bin ${bin}`,
    writeToBuyer: "Write to the buyer",
    onBricklink: "On BrickLink",
    /** What to do about a line that changed after it was picked; `inParcel` and `wanted`: pieces. */
    changed: {
      putBack: (inParcel: number, wanted: number, pieces: number) =>
        `${inParcel} in the parcel, ${wanted} wanted: put ${pieces} back. Tick it when that is done.`,
      fetch: (inParcel: number, wanted: number, pieces: number) =>
        `${inParcel} in the parcel, ${wanted} wanted: fetch ${pieces} more. Tick it when that is done.`,
      noMore: (inParcel: number, wanted: number) =>
        `${inParcel} in the parcel, ${wanted} wanted: none left in stock.`,
    },
    picked: (pieces: number, item: string, bin: string) => `${pieces} × ${item} in ${bin} picked`,
    /** Read out before the bin. */
    bin: "Bin",
    /** Before the seller's words. */
    remark: "Seller's remark:",
    ofOrdered: (pieces: number) => `of ${pieces}`,
  },
  de: {
    lines: "Positionen, in Laufreihenfolge",
    notInParcel: (pieces) => `${pieces} ${pieces === 1 ? "fehlt" : "fehlen"} im Paket`,
    sentWithoutStock: (pieces) => `${pieces} ohne Bestand versendet`,
    unmatched: "kein Lot",
    noMore: "kein weiterer Bestand",
    countBin: "Fach zählen",
    countBinOf: (bin) => `Fach zählen: ${bin}`,
    writeToBuyer: "Käufer anschreiben",
    onBricklink: "Bei BrickLink",
    changed: {
      putBack: (inParcel, wanted, pieces) =>
        `${inParcel} im Paket, ${wanted} bestellt: ${pieces} zurücklegen. Haken Sie die Position danach ab.`,
      fetch: (inParcel, wanted, pieces) =>
        `${inParcel} im Paket, ${wanted} bestellt: noch ${pieces} holen. Haken Sie die Position danach ab.`,
      noMore: (inParcel, wanted) => `${inParcel} im Paket, ${wanted} bestellt: kein weiterer Bestand.`,
    },
    picked: (pieces, item, bin) => `${pieces} × ${item} (${bin}) gepickt`,
    bin: "Fach",
    remark: "Bemerkung des Shops:",
    ofOrdered: (pieces) => `von ${pieces}`,
  },
});
