/** All text of the dialogs and menus that change orders at BrickLink. */
import { words } from "../language/language";
import { formatCount } from "../ui/formatCount";

export const dialogsText = words({
  en: {
    cancel: "Cancel",
    notYet: "Not yet",
    undo: "Undo",
    setAnyway: (status: string) => `Set to “${status}” all the same?`,
    /** The next step of an order, as a button. */
    mark: {
      PACKED: "Mark as packed",
      SHIPPED: "Mark as shipped",
      packedAnyway: "Mark as packed all the same?",
      packedWithout: (pieces: number) => `Mark as packed with ${formatCount(pieces, "piece")} missing?`,
    },
    bar: {
      label: "Changes about to be sent",
      announced: (pending: string) => `${pending}. It can be taken back.`,
      /** After what is about to be sent. */
      in: (seconds: number) => `(in ${seconds} s)`,
      undo: (change: string) => `Undo: ${change}`,
    },
    foot: {
      readOnly: "Once it is packed, set its status on BrickLink; it changes here by itself.",
      change: "Change",
      status: "Status at BrickLink",
      shipping: "Shipping details…",
      payment: "Payment status…",
      remarks: "Remarks…",
      driveThru: "Drive-thru mail…",
      file: "File the order",
      pickList: "Pick list",
      next: "Next order",
    },
    writes: {
      pending: "Changes on their way to BrickLink",
      refused: "Refused changes",
      sendAgain: "Send again",
      dismiss: "Dismiss",
    },
    titles: {
      shipping: (orderNumber: number) => `Shipping details: order ${orderNumber}`,
      payment: (orderNumber: number) => `Payment status: order ${orderNumber}`,
      remarks: (orderNumber: number) => `Remarks: order ${orderNumber}`,
      driveThru: (orderNumber: number) => `Drive-thru mail: order ${orderNumber}`,
    },
    payment: "Payment",
    paymentHint: "For payments made outside of BrickLink. BrickLink sets the others itself and refuses this.",
    remarks: "Remarks",
    remarksHint: "They replace the order's remarks at BrickLink.",
    driveThruHint: "BrickLink mails the buyer that the order was processed. It is sent once for each order.",
    withCopy: "with a copy to the store",
    send: "Send to BrickLink",
    ship: {
      title: (orderNumber: number) => `Ship order ${orderNumber}`,
      mailWasSent: "The drive-thru mail was sent already.",
      sendMail: "Send the drive-thru mail to the buyer",
      trackingNumber: "Tracking number",
      trackingLink: "Tracking link",
      badLink: "Enter a whole address, beginning with https://, or nothing.",
      shippedOn: "Shipped on",
      method: "Shipping method",
      methodHint: "What the buyer pays for shipping stays as it is.",
      noMethod: "No method",
    },
    selection: {
      setStatus: "Set status",
      tooMany: (most: number) => `Set status: ${most} at most`,
      file: "File",
      concerning: (orders: number) =>
        `${formatCount(orders, "selected order")} not paid, not picked, short or unmatched.`,
      setAll: (status: string, orders: number) => `${status}: all ${formatCount(orders, "order")}`,
    },
  },
  de: {
    cancel: "Abbrechen",
    notYet: "Noch nicht",
    undo: "Rückgängig",
    setAnyway: (status) => `Trotzdem auf „${status}“ setzen?`,
    mark: {
      PACKED: "Als gepackt melden",
      SHIPPED: "Als versendet melden",
      packedAnyway: "Trotzdem als gepackt melden?",
      packedWithout: (pieces) =>
        `Als gepackt melden, obwohl ${pieces === 1 ? "1 Stück fehlt" : `${formatCount(pieces, "Stück", "Stück")} fehlen`}?`,
    },
    bar: {
      label: "Änderungen, die gleich gesendet werden",
      announced: (pending) => `${pending}. Das lässt sich noch zurücknehmen.`,
      in: (seconds) => `(in ${seconds} s)`,
      undo: (change) => `Rückgängig: ${change}`,
    },
    foot: {
      readOnly:
        "Wenn sie gepackt ist, setzen Sie ihren Status bei BrickLink; hier ändert er sich von selbst.",
      change: "Ändern",
      status: "Status bei BrickLink",
      shipping: "Versandangaben…",
      payment: "Zahlungsstatus…",
      remarks: "Bemerkungen…",
      driveThru: "Drive-Thru-Mail…",
      file: "Bestellung ablegen",
      pickList: "Pickliste",
      next: "Nächste",
    },
    writes: {
      pending: "Änderungen auf dem Weg zu BrickLink",
      refused: "Abgelehnte Änderungen",
      sendAgain: "Erneut senden",
      dismiss: "Verwerfen",
    },
    titles: {
      shipping: (orderNumber) => `Versandangaben: Bestellung ${orderNumber}`,
      payment: (orderNumber) => `Zahlungsstatus: Bestellung ${orderNumber}`,
      remarks: (orderNumber) => `Bemerkungen: Bestellung ${orderNumber}`,
      driveThru: (orderNumber) => `Drive-Thru-Mail: Bestellung ${orderNumber}`,
    },
    payment: "Zahlung",
    paymentHint:
      "Für Zahlungen außerhalb von BrickLink. Die anderen setzt BrickLink selbst und lehnt diese Änderung ab.",
    remarks: "Bemerkungen",
    remarksHint: "Sie ersetzen die Bemerkungen der Bestellung bei BrickLink.",
    driveThruHint:
      "BrickLink teilt dem Käufer per Mail mit, dass die Bestellung bearbeitet wurde. Die Mail wird je Bestellung einmal gesendet.",
    withCopy: "mit Kopie an den Shop",
    send: "An BrickLink senden",
    ship: {
      title: (orderNumber) => `Bestellung ${orderNumber} versenden`,
      mailWasSent: "Die Drive-Thru-Mail wurde schon gesendet.",
      sendMail: "Drive-Thru-Mail an den Käufer senden",
      trackingNumber: "Sendungsnummer",
      trackingLink: "Link zur Sendungsverfolgung",
      badLink: "Geben Sie eine vollständige Adresse ein, die mit https:// beginnt, oder nichts.",
      shippedOn: "Versendet am",
      method: "Versandart",
      methodHint: "Was der Käufer für den Versand zahlt, bleibt, wie es ist.",
      noMethod: "Keine Versandart",
    },
    selection: {
      setStatus: "Status setzen",
      tooMany: (most) => `Status setzen: höchstens ${most}`,
      file: "Ablegen",
      concerning: (orders) =>
        `${formatCount(orders, "ausgewählte Bestellung", "ausgewählte Bestellungen")}: nicht bezahlt, nicht gepickt, zu wenig da oder ohne passendes Lot.`,
      setAll: (status, orders) =>
        `${status}: ${orders === 1 ? "1 Bestellung" : `alle ${formatCount(orders, "Bestellung", "Bestellungen")}`}`,
    },
  },
});
