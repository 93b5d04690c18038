/** All text about saved views. */
import { words } from "../../language/language";

export const viewsText = words({
  en: {
    saved: "Saved views",
    present: (name: string) => `Saved view: ${name}`,
    none: "No saved views yet. One keeps a tab, filters and sort order.",
    deleteView: (name: string) => `Delete the view ${name}`,
    delete: "Delete",
    undoDelete: (name: string) => `Undo: keep “${name}”`,
    saveShown: "Save what the table shows…",
    saveTitle: "Save this view",
    name: "Name",
    nameExample: "Paid, to Germany",
    replaces: "Replaces the view of this name.",
    kept: "Kept in this browser.",
    save: "Save",
  },
  de: {
    saved: "Gespeicherte Ansichten",
    present: (name) => `Gespeicherte Ansicht: ${name}`,
    none: "Noch keine gespeicherten Ansichten. Eine Ansicht merkt sich Reiter, Filter und Sortierung.",
    deleteView: (name) => `Ansicht ${name} löschen`,
    delete: "Löschen",
    undoDelete: (name) => `Rückgängig: „${name}“ behalten`,
    saveShown: "Angezeigte Ansicht speichern…",
    saveTitle: "Diese Ansicht speichern",
    name: "Name",
    nameExample: "Bezahlt, nach Deutschland",
    replaces: "Ersetzt die Ansicht mit diesem Namen.",
    kept: "Wird in diesem Browser gespeichert.",
    save: "Speichern",
  },
});
