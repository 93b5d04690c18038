/** The sentences about changes that are sent to BrickLink. Which of them holds, changeText.ts says. */
import { words } from "../language/language";
import { formatCount } from "../ui/formatCount";

export const sentences = words({
  en: {
    ratings: { praise: "Praise", neutral: "Neutral feedback", complaint: "Complaint" },
    quoted: (label: string) => `“${label}”`,
    changes: {
      payment: (status: string) => `Payment: ${status.toLowerCase()}`,
      tracking: (trackingNumber: string) => `Tracking number ${trackingNumber}`,
      trackingAndMore: (trackingNumber: string) =>
        `Tracking number ${trackingNumber} with other shipping details`,
      shipping: "Shipping details",
      remarks: "Remarks",
      filed: "Filed",
      unfiled: "Not filed any more",
      driveThru: "Drive-thru mail to the buyer",
    },
    /** `status`: the order's by now, quoted; null where it is not known. */
    refusals: {
      readOnly: "It was not sent, because an owner set this store to be only read.",
      expired: "It was not sent within a day. Send it again if it is still right.",
      moveNotAllowed: (status: string | null) =>
        `It was not sent: the order ${status === null ? "has another status" : `is ${status}`} at BrickLink by now. Set it on BrickLink if it has to change.`,
      orderClosed: (status: string | null) =>
        `It was not sent: the order ${status === null ? "has another status" : `is ${status}`} at BrickLink by now.`,
      notReceived: (status: string | null) =>
        `It was not sent: the order ${status === null ? "has another status" : `is ${status}`} at BrickLink by now, and feedback is left once it is received.`,
      changedMeanwhile:
        "It was not sent: the buyer has changed the order since. Look at it again, then send this again if it is still right.",
      statusRefused: "It was not sent, because the order was not set to its new status.",
      /** `reason`: BrickLink's own, in brackets after a space, or nothing. */
      rejected: (reason: string) => `BrickLink refused it and the order is as it was${reason}.`,
      /** What to do after BrickLink refused or failed. */
      look: "Look at the order on BrickLink, then send it again or dismiss this.",
    },
    /** Between a change and how far it is. */
    between: { refused: ": ", other: " " },
    states: {
      dueIn: (seconds: number) => `is sent in ${seconds} s`,
      due: "is sent next",
      unconfirmed: (problem: string | null, when: string) =>
        `is not confirmed yet. ${problem === null ? "" : `${problem} `}The order is looked up ${when}; what it has already is not sent again.`,
      sending: "is being sent",
      alreadySo: "was so at BrickLink already, or further",
      sent: "sent to BrickLink",
      refused: "refused",
      withdrawn: "taken back, not sent",
      replaced: "replaced by a newer one",
    },
    marking: (status: string, seconds: number) => `Marking as ${status.toLowerCase()} in ${seconds} s`,
    /** After what is about to be sent: what was decided with it. */
    together: (changes: string) => `with: ${changes}`,
    pending: {
      one: (change: string, orderNumber: number) => `To be sent: ${change} for order ${orderNumber}`,
      same: (change: string, orders: number) => `To be sent: ${change} for ${formatCount(orders, "order")}`,
      several: (changes: number) => `To be sent: ${formatCount(changes, "change")}`,
    },
    formerMember: "A former colleague",
    history: (who: string, change: string, state: string) => `${who} changed: ${change}, ${state}`,
    /** `why`: sentences. */
    historyOfRefused: (who: string, change: string, why: string) =>
      `${who} wanted to change: ${change}. ${why}`,
    requested: {
      none: "Nothing to send.",
      sent: (label: string, orders: number) => `${label} is sent for ${formatCount(orders, "order")}.`,
      leftOut: (count: number, reason: string) => `${count} left out: ${reason}.`,
      notSent: (change: string, reason: string) => `Not sent: ${change} (${reason}).`,
      reasons: {
        alreadySo: "already so",
        moveNotAllowed: "not possible in their status",
        orderClosed: "cancelled",
        notReceived: "not received yet",
        changedMeanwhile: "changed by the buyer meanwhile",
        isPast: "further already",
        notFound: "not in this store",
      },
    },
    concerns: {
      unpaid: "The order is not paid.",
      unpicked: (lines: number) => `${formatCount(lines, "line")} not picked.`,
      short: (pieces: number) => `${formatCount(pieces, "piece")} missing from the stock.`,
      unmatched: (lines: number) => `${formatCount(lines, "line")} unmatched.`,
    },
    effects: {
      sets: (status: string) => `Sets the order to “${status}” at BrickLink.`,
      setsSeen: (status: string) => `Sets the order to “${status}” at BrickLink. The buyer sees it.`,
      ships: (status: string) =>
        `Sets the order to “${status}” at BrickLink and takes its goods out of the stock.`,
    },
    allowed: {
      status: (statuses: string) => `an order's status: ${statuses}`,
      shipping: "its tracking number, tracking link, date of shipping and shipping method",
      payment: "its payment status, its remarks, and whether it is filed",
      driveThru: "the drive-thru mail to its buyer",
      feedback: "feedback for its buyer, once it is received or completed",
    },
  },
  de: {
    ratings: {
      praise: "Positive Bewertung",
      neutral: "Neutrale Bewertung",
      complaint: "Negative Bewertung",
    },
    quoted: (label) => `„${label}“`,
    changes: {
      payment: (status) => `Zahlung: ${status.toLowerCase()}`,
      tracking: (trackingNumber) => `Sendungsnummer ${trackingNumber}`,
      trackingAndMore: (trackingNumber) => `Sendungsnummer ${trackingNumber} mit weiteren Versandangaben`,
      shipping: "Versandangaben",
      remarks: "Bemerkungen",
      filed: "Abgelegt",
      unfiled: "Nicht mehr abgelegt",
      driveThru: "Drive-Thru-Mail an den Käufer",
    },
    refusals: {
      readOnly:
        "Die Änderung wurde nicht gesendet, weil ein Inhaber festgelegt hat, dass dieser Shop nur gelesen wird.",
      expired:
        "Die Änderung wurde nicht innerhalb eines Tages gesendet. Senden Sie sie erneut, wenn sie noch stimmt.",
      moveNotAllowed: (status) =>
        `Die Änderung wurde nicht gesendet: Die Bestellung steht bei BrickLink inzwischen auf ${status ?? "einem anderen Status"}. Setzen Sie den Status bei BrickLink, wenn er anders sein muss.`,
      orderClosed: (status) =>
        `Die Änderung wurde nicht gesendet: Die Bestellung steht bei BrickLink inzwischen auf ${status ?? "einem anderen Status"}.`,
      notReceived: (status) =>
        `Die Bewertung wurde nicht gesendet: Die Bestellung steht bei BrickLink inzwischen auf ${status ?? "einem anderen Status"}. Bewerten können Sie, sobald sie angekommen ist.`,
      changedMeanwhile:
        "Die Änderung wurde nicht gesendet: Der Käufer hat die Bestellung inzwischen geändert. Sehen Sie sie sich noch einmal an, und senden Sie die Änderung erneut, wenn sie noch stimmt.",
      statusRefused:
        "Die Mail wurde nicht gesendet, weil die Bestellung ihren neuen Status nicht bekommen hat.",
      rejected: (reason) => `BrickLink hat die Änderung abgelehnt, die Bestellung ist unverändert${reason}.`,
      look: "Sehen Sie sich die Bestellung bei BrickLink an, und senden Sie die Änderung erneut oder verwerfen Sie sie.",
    },
    // With a colon always: changes are of one or of many words, "Bemerkungen" too.
    between: { refused: ": ", other: ": " },
    states: {
      dueIn: (seconds) => `wird in ${seconds} s gesendet`,
      due: "wird als Nächstes gesendet",
      unconfirmed: (problem, when) =>
        `noch nicht bestätigt. ${problem === null ? "" : `${problem} `}Die Bestellung wird ${when} bei BrickLink geprüft; was sie schon hat, wird nicht noch einmal gesendet.`,
      sending: "wird gerade gesendet",
      alreadySo: "war bei BrickLink schon so oder weiter",
      sent: "an BrickLink gesendet",
      refused: "abgelehnt",
      withdrawn: "zurückgenommen, nicht gesendet",
      replaced: "durch eine neuere Änderung ersetzt",
    },
    marking: (status, seconds) => `Wird in ${seconds} s als „${status}“ gemeldet`,
    together: (changes) => `zusammen mit: ${changes}`,
    pending: {
      one: (change, orderNumber) => `Wird gesendet: ${change} für Bestellung ${orderNumber}`,
      same: (change, orders) =>
        `Wird gesendet: ${change} für ${formatCount(orders, "Bestellung", "Bestellungen")}`,
      several: (changes) => `Wird gesendet: ${formatCount(changes, "Änderung", "Änderungen")}`,
    },
    formerMember: "Ein früheres Mitglied",
    history: (who, change, state) => `${who} hat geändert: ${change}, ${state}`,
    historyOfRefused: (who, change, why) => `${who} wollte ändern: ${change}. ${why}`,
    requested: {
      none: "Nichts zu senden.",
      sent: (label, orders) =>
        `${label} wird für ${formatCount(orders, "Bestellung", "Bestellungen")} gesendet.`,
      leftOut: (count, reason) => `${count} ausgelassen: ${reason}.`,
      notSent: (change, reason) => `Nicht gesendet: ${change} (${reason}).`,
      reasons: {
        alreadySo: "schon so",
        moveNotAllowed: "im jetzigen Status nicht möglich",
        orderClosed: "storniert",
        notReceived: "noch nicht angekommen",
        changedMeanwhile: "inzwischen vom Käufer geändert",
        isPast: "schon weiter",
        notFound: "nicht in diesem Shop",
      },
    },
    concerns: {
      unpaid: "Die Bestellung ist nicht bezahlt.",
      unpicked: (lines) => `${formatCount(lines, "Position", "Positionen")} nicht gepickt.`,
      short: (pieces) => `Im Bestand zu wenig: ${formatCount(pieces, "Stück", "Stück")}.`,
      unmatched: (lines) => `${formatCount(lines, "Position", "Positionen")} ohne passendes Lot.`,
    },
    effects: {
      sets: (status) => `Setzt die Bestellung bei BrickLink auf „${status}“.`,
      setsSeen: (status) => `Setzt die Bestellung bei BrickLink auf „${status}“. Der Käufer sieht das.`,
      ships: (status) =>
        `Setzt die Bestellung bei BrickLink auf „${status}“ und bucht die Ware aus dem Bestand aus.`,
    },
    allowed: {
      status: (statuses) => `den Status einer Bestellung: ${statuses}`,
      shipping: "ihre Sendungsnummer, den Link zur Sendungsverfolgung, das Versanddatum und die Versandart",
      payment: "ihren Zahlungsstatus, ihre Bemerkungen und ob sie abgelegt ist",
      driveThru: "die Drive-Thru-Mail an den Käufer",
      feedback: "eine Bewertung für den Käufer, sobald sie angekommen oder abgeschlossen ist",
    },
  },
});
