/** All text of the settings, except the connection, people and buyers' data. */
import { words } from "../language/language";

export const settingsText = words({
  en: {
    title: "Settings",
    groups: {
      bricklink: "Connection to BrickLink",
      orders: "Orders and parcels",
      members: "People and your account",
      data: "Data",
    },
    save: "Save",
    saved: "Saved.",
    copy: "Copy",
    copied: "Copied",
    auditLog: {
      title: "Audit log",
      about:
        "Who picked which line, counted which lot or changed which role, key or setting, and when. Only owners see it, and nobody can change or delete an entry.",
      open: "Open the audit log",
    },
    inventory: {
      title: "Inventory",
      about:
        "Import your lots from BrickLink, so that order lines find their bins and stock can be reserved.",
    },
    parcels: {
      title: "Packing slips and labels",
      thanks: "Line of thanks",
      thanksHint: "Below the lines of every packing slip. Leave it empty to print none.",
      returnAddress: "Return address",
      returnAddressHint: "Above the buyer's on address labels, with your name. Leave it empty to print none.",
      country: "Your country",
      countryHint: "Addresses within it are printed without the country.",
      noCountry: "Not given",
    },
    praise: {
      title: "Feedback for buyers",
      about:
        "When an order is received or completed, staff can leave praise with this text by one press. Nothing is left by itself.",
      text: "Praise says",
    },
    waiting: {
      title: "Paid orders that wait",
      about: "An order that was paid longer ago than this and is not packed is listed under “Needs you”.",
      label: "How long a paid order may wait",
      days: (days: number) => `${days} days`,
      hours: (hours: number) => `${hours} hours`,
    },
    writes: {
      title: "Changes at BrickLink",
      readOnly:
        "This store is only read: nothing is ever changed at BrickLink. If you allow it, staff can change from here:",
      allowed: "Staff can change from here:",
      how: "Each change is sent ten seconds after the click and can be taken back until then. Nothing is sent that nobody asked for. Prices, lots and refunds are never touched.",
      allow: "Allow changes at BrickLink",
      onlyRead: "Stop sending changes to BrickLink",
      onlyReadTitle: "Stop sending changes to BrickLink?",
      onlyReadEffect:
        "Staff can then change orders on BrickLink's own pages only. What has not been sent yet is refused.",
      confirm: "Stop sending",
    },
  },
  de: {
    title: "Einstellungen",
    groups: {
      bricklink: "Verbindung zu BrickLink",
      orders: "Bestellungen und Pakete",
      members: "Mitglieder und Ihr Konto",
      data: "Daten",
    },
    save: "Speichern",
    saved: "Gespeichert.",
    copy: "Kopieren",
    copied: "Kopiert",
    auditLog: {
      title: "Protokoll",
      about:
        "Wer welche Position gepickt, welches Lot gezählt oder welche Rolle, welchen Schlüssel oder welche Einstellung geändert hat, und wann. Nur Inhaber sehen es, und niemand kann einen Eintrag ändern oder löschen.",
      open: "Protokoll öffnen",
    },
    inventory: {
      title: "Lager",
      about:
        "Importieren Sie Ihre Lots von BrickLink, damit die Positionen der Bestellungen ihre Fächer finden und Bestand reserviert werden kann.",
    },
    parcels: {
      title: "Packzettel und Etiketten",
      thanks: "Dankeszeile",
      thanksHint: "Unter den Positionen jedes Packzettels. Leer lassen, um keine zu drucken.",
      returnAddress: "Absender",
      returnAddressHint:
        "Über der Adresse des Käufers auf Adressetiketten, mit Ihrem Namen. Leer lassen, um keinen zu drucken.",
      country: "Ihr Land",
      countryHint: "Inlandsadressen werden ohne das Land gedruckt.",
      noCountry: "Nicht angegeben",
    },
    praise: {
      title: "Bewertungen für Käufer",
      about:
        "Wenn eine Bestellung angekommen oder abgeschlossen ist, können Mitarbeiter mit einem Klick eine positive Bewertung mit diesem Text abgeben. Von selbst wird nichts abgegeben.",
      text: "Text der positiven Bewertung",
    },
    waiting: {
      title: "Wartezeit bezahlter Bestellungen",
      about:
        "Eine Bestellung, die vor längerer Zeit bezahlt wurde als hier eingestellt und nicht gepackt ist, steht unter „Zu klären“.",
      label: "Wie lange eine bezahlte Bestellung warten darf",
      days: (days) => `${days} Tage`,
      hours: (hours) => `${hours} Stunden`,
    },
    writes: {
      title: "Änderungen bei BrickLink",
      readOnly:
        "Dieser Shop wird nur gelesen: Bei BrickLink wird nie etwas geändert. Wenn Sie es erlauben, können Mitarbeiter von hier aus ändern oder senden:",
      allowed: "Mitarbeiter können von hier aus ändern oder senden:",
      how: "Jede Änderung wird zehn Sekunden nach dem Klick gesendet und lässt sich bis dahin zurücknehmen. Von selbst wird nichts gesendet. Preise, Lots und Erstattungen bleiben immer unberührt.",
      allow: "Änderungen erlauben",
      onlyRead: "Keine Änderungen mehr an BrickLink senden",
      onlyReadTitle: "Keine Änderungen mehr an BrickLink senden?",
      onlyReadEffect:
        "Mitarbeiter können Bestellungen dann nur noch auf BrickLinks eigenen Seiten ändern. Was noch nicht gesendet ist, wird abgelehnt.",
      confirm: "Nicht mehr senden",
    },
  },
});
