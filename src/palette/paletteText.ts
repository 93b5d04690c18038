/** All text of the palette. */
import { words } from "../language/language";
import { formatCount } from "../ui/formatCount";

export const paletteText = words({
  en: {
    title: "Find anything",
    placeholder: "Order, buyer, lot, screen, action",
    groups: { orders: "Orders", lots: "Lots", screens: "Screens", actions: "Actions" },
    toLight: "Light colours",
    toDark: "Dark colours",
    toDevice: "Colours like this device",
    signOut: "Sign out",
    pickList: (orders: number) => `Pick list of ${formatCount(orders, "selected order")}`,
    switchStore: (name: string) => `Switch to ${name}`,
    fetchAny: "Fetch an order from BrickLink by its number",
    /** What that action leaves in the field, for the number to be typed after it. */
    fetchPrefix: "Fetch order ",
    fetchOrder: (orderNumber: number) => `Fetch order ${orderNumber} from BrickLink`,
    order: (orderNumber: number) => `Order ${orderNumber}`,
    onHand: (quantity: number) => `${quantity} on hand`,
    /** Further words by which an action is found. */
    synonyms: {
      pickList: "print walk",
      toDark: "mode night theme colors",
      toLight: "mode day theme colors",
      toDevice: "mode theme colors auto",
      switchStore: "store change",
      signOut: "log off leave",
      fetch: "missing get",
    },
    nothingFound: (typed: string) => `Nothing has “${typed}” in it.`,
    /** Read out when the list changes. */
    found: (count: number) => (count === 0 ? "Nothing found" : formatCount(count, "result")),
  },
  de: {
    title: "Alles durchsuchen",
    placeholder: "Bestellung, Käufer, Lot, Bereich, Aktion",
    groups: { orders: "Bestellungen", lots: "Lots", screens: "Bereiche", actions: "Aktionen" },
    toLight: "Design: hell",
    toDark: "Design: dunkel",
    toDevice: "Design: wie dieses Gerät",
    signOut: "Abmelden",
    pickList: (orders) =>
      `Pickliste für ${formatCount(orders, "ausgewählte Bestellung", "ausgewählte Bestellungen")}`,
    switchStore: (name) => `Zu ${name} wechseln`,
    fetchAny: "Bestellung anhand der Nummer von BrickLink holen",
    fetchPrefix: "Bestellung ",
    fetchOrder: (orderNumber) => `Bestellung ${orderNumber} von BrickLink holen`,
    order: (orderNumber) => `Bestellung ${orderNumber}`,
    onHand: (quantity) => `${quantity} auf Lager`,
    synonyms: {
      pickList: "drucken rundgang",
      toDark: "modus nacht thema",
      toLight: "modus tag thema",
      toDevice: "modus thema automatisch",
      switchStore: "shop ändern",
      signOut: "ausloggen verlassen",
      fetch: "fehlt abrufen",
    },
    nothingFound: (typed) => `Nichts enthält „${typed}“.`,
    found: (count) => (count === 0 ? "Nichts gefunden" : formatCount(count, "Treffer", "Treffer")),
  },
});
