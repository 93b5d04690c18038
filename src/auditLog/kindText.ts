/** The kinds of subject in the audit log, in words. */
import { words } from "../language/language";

export const kindLabels = words({
  en: {
    order: "Orders and picking",
    lot: "Counts of lots",
    notification: "Retried events",
    run: "Imports and checks",
    buyer: "Buyers' personal data",
    member: "Roles, passwords and removals",
    invitation: "Invitations",
    credential: "Keys and callback URL",
    setting: "Pause and poll",
    store: "The store itself",
  },
  de: {
    order: "Bestellungen und Picken",
    lot: "Zählungen von Lots",
    notification: "Erneut versuchte Ereignisse",
    run: "Importe und Prüfungen",
    buyer: "Persönliche Daten von Käufern",
    member: "Rollen, Passwörter, Entfernte",
    invitation: "Einladungen",
    credential: "Schlüssel und Callback-URL",
    setting: "Pause und Abfrage",
    store: "Der Shop selbst",
  },
});
