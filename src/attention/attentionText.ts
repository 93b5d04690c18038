/** All text about what waits for a person: why, and what to do. */
import { words } from "../language/language";
import { statusText } from "../orders/statusText";
import { formatCount } from "../ui/formatCount";
import type { AttentionOrder } from "./useAttention";

export const attentionText = words({
  en: {
    nothing: "Nothing needs you",
    whatIsListed:
      "Orders that are short, refused changes, failed events, unread messages and lots to count or to lower are listed here.",
    refused: "Changes that BrickLink does not have",
    failed: "Events that could not be processed",
    /** Before the advice, in bold. */
    failedCount: (events: number) => formatCount(events, "event"),
    failedMoreThan: (events: number) => `More than ${formatCount(events, "event")}`,
    failedAdvice: "failed for good. See why, and retry them.",
    seeFailed: "See what failed",
    unread: "Messages that nobody has read",
    /** `messages`: as `unreadText` words them. */
    unreadAdvice: (messages: string) => `${messages}. Read it here, answer on BrickLink.`,
    orders: "Orders",
    order: (orderNumber: number) => `Order ${orderNumber}`,
    unknownBuyer: "unknown buyer",
    open: "Open",
    openOrder: (orderNumber: number) => `Open order ${orderNumber}`,
    late: (hours: number) => `Paid and waiting for more than ${formatCount(hours, "hour")}`,
    recounts: "Lots to count",
    recountWhy: (variant: string, onHand: number) =>
      `${variant}. Pieces were reported missing. Check that ${onHand} on hand is right.`,
    /** `advice`: as `takenText` words it. */
    lowerWhy: (variant: string, advice: string) => `${variant}. ${advice}`,
    count: "Count",
    countItem: (item: string, bin: string) => `Count ${item} in ${bin}`,
    openItem: (item: string, bin: string) => `Open ${item} in ${bin}`,
    more: "There is more. It is listed here as these are done.",
    /** By BrickLink's status. */
    problems: {
      OCR: "The buyer asks to cancel. Accept or decline on BrickLink.",
      NPB: "BrickLink closes the order; if the payment came in after all, withdraw the alert on BrickLink.",
      NPX: "The buyer does not pay and accepts it. Cancel it on BrickLink.",
      NRS: "The buyer says that the store does not answer. Answer on BrickLink today.",
      NSS: "The buyer says that the parcel was not sent. Answer on BrickLink today.",
    },
    unknownStatus: "This status is not known here. Look at the order on BrickLink.",
    unmatched: (lines: number) => `${formatCount(lines, "line")} unmatched`,
    unmatchedAdvice:
      "No lot has these goods in the bin that the order names. Import the inventory, or correct the bin in the lot's remarks on BrickLink.",
    short: (pieces: number) => `${formatCount(pieces, "piece")} short`,
    shortAdvice: "Count the bin, or agree with the buyer on what is sent.",
    returns: (returns: number) => `${formatCount(returns, "return")} to the shelf`,
    returnsAdvice: "Picked pieces lie in the parcel. Put them back and say so in the order.",
  },
  de: {
    nothing: "Nichts zu klären",
    whatIsListed:
      "Hier stehen Bestellungen, für die Stücke fehlen, abgelehnte Änderungen, fehlgeschlagene Ereignisse, ungelesene Nachrichten und Lots, die nachzuzählen oder zu verringern sind.",
    refused: "Änderungen, die BrickLink nicht hat",
    failed: "Ereignisse, die nicht verarbeitet werden konnten",
    failedCount: (events) => formatCount(events, "Ereignis", "Ereignisse"),
    failedMoreThan: (events) => `Mehr als ${formatCount(events, "Ereignis", "Ereignisse")}`,
    failedAdvice: "endgültig fehlgeschlagen. Sehen Sie nach, warum, und versuchen Sie es erneut.",
    seeFailed: "Ereignisse ansehen",
    unread: "Nachrichten, die niemand gelesen hat",
    unreadAdvice: (messages) => `${messages}. Hier lesen, bei BrickLink antworten.`,
    orders: "Bestellungen",
    order: (orderNumber) => `Bestellung ${orderNumber}`,
    unknownBuyer: "Käufer unbekannt",
    open: "Öffnen",
    openOrder: (orderNumber) => `Bestellung ${orderNumber} öffnen`,
    late: (hours) => `Bezahlt und seit über ${formatCount(hours, "Stunde", "Stunden")} nicht erledigt`,
    recounts: "Lots zum Nachzählen",
    recountWhy: (variant, onHand) =>
      `${variant}. Hier wurden Stücke als fehlend gemeldet. Prüfen Sie, ob ${onHand} auf Lager stimmt.`,
    lowerWhy: (variant, advice) => `${variant}. ${advice}`,
    count: "Zählen",
    countItem: (item, bin) => `${item} zählen (${bin})`,
    openItem: (item, bin) => `${item} öffnen (${bin})`,
    more: "Es gibt noch mehr. Es erscheint hier, sobald diese erledigt sind.",
    problems: {
      OCR: "Stimmen Sie bei BrickLink zu, oder lehnen Sie ab.",
      NPB: "BrickLink schließt die Bestellung; ist die Zahlung doch noch eingegangen, ziehen Sie die Meldung bei BrickLink zurück.",
      NPX: "Der Käufer ist damit einverstanden. Stornieren Sie die Bestellung bei BrickLink.",
      NRS: "Das hat der Käufer gemeldet. Antworten Sie noch heute bei BrickLink.",
      NSS: "Das hat der Käufer gemeldet. Antworten Sie noch heute bei BrickLink.",
    },
    unknownStatus: "Dieser Status ist hier nicht bekannt. Sehen Sie sich die Bestellung bei BrickLink an.",
    unmatched: (lines) => `${formatCount(lines, "Position", "Positionen")} ohne passendes Lot`,
    unmatchedAdvice:
      "Importieren Sie das Lager, oder berichtigen Sie das Fach in den Bemerkungen des Lots bei BrickLink.",
    short: (pieces) => `${formatCount(pieces, "Stück", "Stück")} zu wenig`,
    shortAdvice: "Zählen Sie das Fach nach, oder klären Sie mit dem Käufer, was versendet wird.",
    returns: (returns) => `${formatCount(returns, "Posten", "Posten")} zurückzulegen`,
    returnsAdvice:
      "Gepickte Stücke liegen im Paket. Legen Sie sie zurück und bestätigen Sie es in der Bestellung.",
  },
});

const problemAdvice: Record<string, string> = attentionText.problems;

export type Reason = { title: string; advice: string };

/** Why an order needs a person, the most urgent reason first, each with what to do. */
export function attentionReasons(order: AttentionOrder): Reason[] {
  const { tab, status, shortQuantity, unmatchedLines, returnCount } = order;
  const isOpen = tab === "toPack" || tab === "problem";
  return [
    ...(tab === "problem"
      ? [{ title: statusText(status), advice: problemAdvice[status] ?? attentionText.unknownStatus }]
      : []),
    ...(isOpen && unmatchedLines > 0
      ? [{ title: attentionText.unmatched(unmatchedLines), advice: attentionText.unmatchedAdvice }]
      : []),
    ...(isOpen && shortQuantity > 0
      ? [{ title: attentionText.short(shortQuantity), advice: attentionText.shortAdvice }]
      : []),
    ...(returnCount > 0
      ? [{ title: attentionText.returns(returnCount), advice: attentionText.returnsAdvice }]
      : []),
  ];
}
