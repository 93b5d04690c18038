/** All text about roles: their names and what they permit. */
import { words } from "../language/language";
import type { Business } from "./business";

export type Role = Business["role"];

const roleText = words({
  en: {
    owner: { label: "Owner", permissions: "Everything, with BrickLink keys, people and imports." },
    staff: {
      label: "Staff",
      permissions:
        "Orders with buyers' addresses and messages, picking and counts, changes at BrickLink, mails and feedback to buyers, and retries of failed events.",
    },
    viewer: {
      label: "Viewer",
      permissions: "Sees orders and stock, without buyers' addresses, and changes nothing.",
    },
  },
  de: {
    owner: { label: "Inhaber", permissions: "Alles, auch BrickLink-Schlüssel, Mitglieder und Importe." },
    staff: {
      label: "Mitarbeiter",
      permissions:
        "Bestellungen mit Adressen und Nachrichten der Käufer, picken und zählen, Änderungen bei BrickLink, Mails und Bewertungen an Käufer, fehlgeschlagene Ereignisse erneut versuchen.",
    },
    viewer: {
      label: "Nur Ansicht",
      permissions: "Sieht Bestellungen und Bestand, ohne Adressen der Käufer, und ändert nichts.",
    },
  },
});

export const roleOptions: { value: Role; label: string; permissions: string }[] = [
  { value: "owner", ...roleText.owner },
  { value: "staff", ...roleText.staff },
  { value: "viewer", ...roleText.viewer },
];

export function isRole(value: string): value is Role {
  return roleOptions.some((role) => role.value === value);
}

export function roleLabel(role: Role): string {
  return roleOptions.find(({ value }) => value === role)?.label ?? role;
}
