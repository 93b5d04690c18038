/** All text of the preferences of the orders table but its columns' names. */
import { words } from "../../language/language";

export const preferencesText = words({
  en: {
    sound: "Sound for new orders",
    desktop: "Desktop message for new orders",
    desktopWhen: "While another page is in front",
    desktopRefused: "This browser does not allow it: change that in its settings for this page.",
    density: "Density",
    roomy: "Roomy",
    dense: "Dense",
    columns: "Columns",
  },
  de: {
    sound: "Ton bei neuen Bestellungen",
    desktop: "Desktop-Hinweis bei neuen Bestellungen",
    desktopWhen: "Solange eine andere Seite im Vordergrund ist",
    desktopRefused:
      "Dieser Browser erlaubt es nicht: Ändern Sie das in seinen Einstellungen für diese Seite.",
    density: "Dichte",
    roomy: "Locker",
    dense: "Dicht",
    columns: "Spalten",
  },
});
