/** The words of the audit log's entries, by what was done. deedText.ts chooses among them. */
import { words } from "../language/language";
import { formatCount } from "../ui/formatCount";

export const deedWords = words({
  en: {
    unknownPerson: "Somebody who left",
    storeCreated: (name: string) => `Created the store “${name}”`,
    auditLogExported: "Exported this log",
    roleChanged: (person: string, before: string, after: string) =>
      `Changed the role of ${person} from ${before} to ${after}`,
    newPasswordLinkMade: (person: string) => `Made a link to a new password for ${person}`,
    newPasswordSet: "Set a new password, by a link that an owner made",
    memberRemoved: (person: string, role: string) => `Removed ${person}, whose role was ${role}`,
    invitationCreated: (label: string, role: string) => `Invited “${label}” as ${role}`,
    invitationRevoked: (label: string, role: string) => `Took back the invitation for “${label}” as ${role}`,
    invitationUsed: (label: string, role: string) => `Joined as ${role}, by the invitation for “${label}”`,
    storeConnected: "Connected BrickLink",
    keysChanged: "Changed the BrickLink keys",
    connectionTested: "Tested the connection to BrickLink",
    callbackUrlChanged: "Made a new callback URL",
    previousCallbackUrlStopped: "Stopped the old callback URL",
    storePaused: "Paused the store",
    storeResumed: "Resumed the store",
    everyHour: "every hour",
    everyMinutes: (minutes: number) => `every ${minutes} minutes`,
    pollIntervalChanged: (every: string, before: string) =>
      `Had BrickLink asked ${every} instead of ${before}`,
    parcelSettingsChanged: "Changed what packing slips and address labels say of the store",
    importStarted: "Started an import of the inventory from BrickLink",
    listsCompared: "Started a comparison of all orders with BrickLink",
    stockAuditStarted: "Started a stock audit",
    orderFetched: "Fetched the order from BrickLink",
    waitingLimitChanged: (after: number, before: number) =>
      `Let paid orders wait ${after} hours instead of ${before}`,
    writesEnabled: "Allowed changes at BrickLink",
    writesDisabled: "Set the store to be only read",
    praiseTextChanged: "Changed what praise for buyers says",
    /** What of an order was to change at BrickLink; ends the next four. */
    changes: {
      status: (after: string) => `the status to “${after}”`,
      payment: (after: string) => `the payment to “${after}”`,
      shipping: () => "the shipping details",
      remarks: () => "the remarks",
      filed: () => "that the order is filed",
      unfiled: () => "that the order is not filed",
      driveThru: () => "the drive-thru mail",
      feedback: (after: string) => `the feedback for the buyer, “${after}”`,
    },
    orderChangeRequested: (change: string) => `Asked BrickLink to change: ${change}`,
    orderChangeWithdrawn: (change: string) => `Took back a change at BrickLink: ${change}`,
    orderChangeRetried: (change: string) => `Sent a refused change again: ${change}`,
    orderChangeDismissed: (change: string) => `Dismissed a refused change: ${change}`,
    messagesRead: (count: number) => `Marked ${formatCount(count, "message")} as read`,
    linePicked: (quantity: number, item: string) => `Picked ${quantity} × ${item}`,
    linePickedAgain: (quantity: number, item: string, before: number) =>
      `Picked ${quantity} × ${item}, ${before} before`,
    lineUnpicked: (quantity: number, item: string) => `Marked ${quantity} × ${item} as not picked`,
    lossReported: {
      missing: (quantity: number, item: string) => `Reported ${quantity} missing of ${item}`,
      damaged: (quantity: number, item: string) => `Reported ${quantity} damaged of ${item}`,
    },
    lossUndone: {
      missing: (quantity: number, item: string) => `Took back the report of ${quantity} missing of ${item}`,
      damaged: (quantity: number, item: string) => `Took back the report of ${quantity} damaged of ${item}`,
    },
    takenFromOtherBin: (quantity: number, bin: string, item: string) =>
      `Took ${quantity} from ${bin} for ${item}`,
    putBackInOtherBin: (quantity: number, bin: string, item: string) =>
      `Put ${quantity} back in ${bin}, taken for ${item}`,
    recountDismissed: (item: string) => `Closed without a count: ${item}`,
    returnConfirmed: (quantity: number, item: string) => `Put ${quantity} × ${item} back`,
    buyerDataExported: "Exported what is stored about a buyer",
    buyerDataErased: (orders: number) => `Removed a buyer from ${formatCount(orders, "closed order")}`,
    notificationRetried: {
      Order: "Retried the event about the order",
      Message: "Retried the event about a message",
      Feedback: "Retried the event about feedback",
    },
    /** `reason`: its label in the form of an adjustment. */
    lotConfirmed: (onHand: number, reason: string, item: string) =>
      `Confirmed ${onHand} on hand, ${reason.toLowerCase()}: ${item}`,
    lotAdjusted: (before: number, after: number, reason: string, item: string) =>
      `Changed on hand from ${before} to ${after}, ${reason.toLowerCase()}: ${item}`,
    adjustmentUndone: (before: number, after: number, item: string) =>
      `Undid an adjustment, on hand from ${before} to ${after}: ${item}`,
  },
  de: {
    unknownPerson: "Früheres Mitglied",
    storeCreated: (name) => `Shop „${name}“ erstellt`,
    auditLogExported: "Dieses Protokoll exportiert",
    // Names of people and roles stand where no case changes them.
    roleChanged: (person, before, after) => `Rolle geändert: ${person}, bisher „${before}“, jetzt „${after}“`,
    newPasswordLinkMade: (person) => `Link zu einem neuen Passwort erstellt: ${person}`,
    newPasswordSet: "Neues Passwort gesetzt, über einen Link, den ein Inhaber erstellt hat",
    memberRemoved: (person, role) => `Entfernt: ${person}, bisher „${role}“`,
    invitationCreated: (label, role) => `„${label}“ eingeladen, Rolle „${role}“`,
    invitationRevoked: (label, role) => `Einladung für „${label}“ zurückgenommen, Rolle „${role}“`,
    invitationUsed: (label, role) => `Mit der Einladung für „${label}“ beigetreten, Rolle „${role}“`,
    storeConnected: "BrickLink verbunden",
    keysChanged: "BrickLink-Schlüssel geändert",
    connectionTested: "Verbindung zu BrickLink getestet",
    callbackUrlChanged: "Neue Callback-URL erstellt",
    previousCallbackUrlStopped: "Alte Callback-URL stillgelegt",
    storePaused: "Shop pausiert",
    storeResumed: "Shop fortgesetzt",
    everyHour: "jede Stunde",
    everyMinutes: (minutes) => `alle ${minutes} Minuten`,
    pollIntervalChanged: (every, before) => `BrickLink-Abfrage geändert: ${every} statt ${before}`,
    parcelSettingsChanged: "Angaben zum Shop auf Packzetteln und Adressetiketten geändert",
    importStarted: "Import des Lagers von BrickLink gestartet",
    listsCompared: "Abgleich aller Bestellungen mit BrickLink gestartet",
    stockAuditStarted: "Bestandsprüfung gestartet",
    orderFetched: "Bestellung von BrickLink geholt",
    waitingLimitChanged: (after, before) =>
      `Wartezeit bezahlter Bestellungen geändert: ${after} Stunden statt ${before}`,
    writesEnabled: "Änderungen bei BrickLink erlaubt",
    writesDisabled: "Änderungen bei BrickLink verboten",
    praiseTextChanged: "Text der positiven Bewertungen für Käufer geändert",
    changes: {
      status: (after) => `Status auf „${after}“`,
      payment: (after) => `Zahlung auf „${after}“`,
      shipping: () => "Versandangaben",
      remarks: () => "Bemerkungen",
      filed: () => "Bestellung abgelegt",
      unfiled: () => "Bestellung nicht abgelegt",
      driveThru: () => "Drive-Thru-Mail",
      feedback: (after) => `Bewertung für den Käufer, „${after}“`,
    },
    orderChangeRequested: (change) => `Änderung bei BrickLink verlangt: ${change}`,
    orderChangeWithdrawn: (change) => `Änderung bei BrickLink zurückgenommen: ${change}`,
    orderChangeRetried: (change) => `Abgelehnte Änderung noch einmal gesendet: ${change}`,
    orderChangeDismissed: (change) => `Abgelehnte Änderung verworfen: ${change}`,
    messagesRead: (count) => `${formatCount(count, "Nachricht", "Nachrichten")} als gelesen markiert`,
    linePicked: (quantity, item) => `${quantity} × ${item} gepickt`,
    linePickedAgain: (quantity, item, before) => `${quantity} × ${item} gepickt, vorher ${before}`,
    lineUnpicked: (quantity, item) => `${quantity} × ${item} als nicht gepickt markiert`,
    lossReported: {
      missing: (quantity, item) => `${quantity} × ${item} als fehlend gemeldet`,
      damaged: (quantity, item) => `${quantity} × ${item} als beschädigt gemeldet`,
    },
    lossUndone: {
      missing: (quantity, item) => `Meldung als fehlend zurückgenommen: ${quantity} × ${item}`,
      damaged: (quantity, item) => `Meldung als beschädigt zurückgenommen: ${quantity} × ${item}`,
    },
    takenFromOtherBin: (quantity, bin, item) => `${quantity} aus ${bin} genommen für ${item}`,
    putBackInOtherBin: (quantity, bin, item) => `${quantity} in ${bin} zurückgelegt, genommen für ${item}`,
    recountDismissed: (item) => `Ohne Zählung erledigt: ${item}`,
    returnConfirmed: (quantity, item) => `${quantity} × ${item} zurückgelegt`,
    buyerDataExported: "Gespeicherte Daten eines Käufers exportiert",
    buyerDataErased: (orders) =>
      `Käuferdaten aus ${formatCount(orders, "abgeschlossenen Bestellung", "abgeschlossenen Bestellungen")} gelöscht`,
    notificationRetried: {
      Order: "Ereignis zur Bestellung erneut versucht",
      Message: "Ereignis zu einer Nachricht erneut versucht",
      Feedback: "Ereignis zu einer Bewertung erneut versucht",
    },
    lotConfirmed: (onHand, reason, item) => `${onHand} auf Lager bestätigt (${reason}): ${item}`,
    lotAdjusted: (before, after, reason, item) =>
      `Auf Lager von ${before} auf ${after} geändert (${reason}): ${item}`,
    adjustmentUndone: (before, after, item) =>
      `Änderung rückgängig gemacht, auf Lager von ${before} auf ${after}: ${item}`,
  },
});
