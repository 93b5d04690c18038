/** All text about what is stored of a buyer: giving it out, and forgetting it. */
import { words } from "../language/language";
import { formatCount } from "../ui/formatCount";

export const buyerDataText = words({
  en: {
    title: "A buyer's data",
    about:
      "When a buyer asks what you keep about them, or to be forgotten. Addresses, remarks and messages are removed by themselves some time after an order is closed.",
    buyerName: "Buyer's user name on BrickLink",
    export: "Export",
    forget: "Forget the buyer",
    /** Empty where no name is typed. */
    forgetTitle: (buyerName: string) => `Forget ${buyerName || "the buyer"}?`,
    forgetEffect:
      "Name, e-mail, address, remarks, messages, feedback and tracking numbers are removed from all closed orders of this buyer. This cannot be undone. What was ordered, paid and shipped stays.",
    notice: "Personal data: give it to the buyer only.",
    noOrders: "No order of this buyer is stored. Write the user name as BrickLink does.",
    exported: (orders: number) =>
      `${formatCount(orders, "order")} exported. Give the file to the buyer only.`,
    erased: (orders: number) => `The buyer is removed from ${formatCount(orders, "order")}.`,
    stillOpen: (numbers: string) =>
      `Still open, and kept: ${numbers}. Remove the buyer again once they are closed.`,
  },
  de: {
    title: "Daten eines Käufers",
    about:
      "Wenn ein Käufer wissen will, was Sie über ihn speichern, oder die Löschung seiner Daten verlangt. Adressen, Bemerkungen und Nachrichten werden einige Zeit nach Abschluss einer Bestellung von selbst entfernt.",
    buyerName: "Benutzername des Käufers bei BrickLink",
    export: "Exportieren",
    forget: "Käuferdaten löschen",
    forgetTitle: (buyerName) =>
      buyerName === "" ? "Käuferdaten löschen?" : `Daten von ${buyerName} löschen?`,
    forgetEffect:
      "Name, E-Mail, Adresse, Bemerkungen, Nachrichten, Bewertungen und Sendungsnummern werden aus allen abgeschlossenen Bestellungen dieses Käufers gelöscht. Das lässt sich nicht rückgängig machen. Was bestellt, bezahlt und versendet wurde, bleibt.",
    notice: "Personenbezogene Daten: nur an den Käufer weitergeben.",
    noOrders:
      "Von diesem Käufer ist keine Bestellung gespeichert. Schreiben Sie den Benutzernamen wie bei BrickLink.",
    exported: (orders) =>
      `${formatCount(orders, "Bestellung", "Bestellungen")} exportiert. Geben Sie die Datei nur an den Käufer weiter.`,
    erased: (orders) =>
      `Die Käuferdaten sind aus ${formatCount(orders, "Bestellung", "Bestellungen")} gelöscht.`,
    stillOpen: (numbers) =>
      `Noch offen und deshalb unverändert: ${numbers}. Löschen Sie die Käuferdaten noch einmal, wenn diese Bestellungen abgeschlossen sind.`,
  },
});

export function exportedText(count: number): string {
  return count === 0 ? buyerDataText.noOrders : buyerDataText.exported(count);
}

export function erasedText({ erased, openOrders }: { erased: number; openOrders: number[] }): string {
  if (erased === 0 && openOrders.length === 0) return buyerDataText.noOrders;
  const forgotten = buyerDataText.erased(erased);
  if (openOrders.length === 0) return forgotten;
  const numbers = openOrders.map((number) => `#${number}`).join(", ");
  return `${forgotten} ${buyerDataText.stillOpen(numbers)}`;
}
