/** All text of the orders table that the first screen loads, but that of an empty table and of the selection. */
import { words } from "../../language/language";
import { formatCount } from "../../ui/formatCount";

export const tableText = words({
  en: {
    title: "Orders",
    /** In the browser's tab, for orders that arrived while it was hidden. */
    titleWithUnseen: (orders: number) => `(${orders}) Orders`,
    columns: {
      number: "Order",
      buyer: "Buyer",
      ordered: "Placed",
      status: "Status",
      stock: "Stock",
      size: "Lots / pieces",
      total: "Total",
      payment: "Payment",
      shipping: "Shipping",
      source: "Source",
    },
    buyerUnknown: "Buyer unknown",
    unknown: "unknown",
    totalAndAge: (total: string, age: string) => `${total}, ${age}`,
    order: (orderNumber: number) => `Order ${orderNumber}`,
    select: (orderNumber: number) => `Select order ${orderNumber}`,
    newAbove: (orders: number) => (orders === 1 ? "1 new order ↑" : `${orders} new orders ↑`),
    arrived: (orderNumber: number, buyerName: string | null) =>
      `Order ${orderNumber} arrived from ${buyerName ?? "an unknown buyer"}.`,
    manyArrived: (orders: number) => `${orders} orders arrived.`,
    newOrder: (orderNumber: number) => `New order ${orderNumber}`,
    newOrders: (orders: number) => `${orders} new orders`,
    toPack: (pieces: number) => `${formatCount(pieces, "piece")} to pack`,
    exportAll: "Export what the table shows as CSV",
    /** What is exported. */
    orders: "orders",
    preferences: "Alerts, columns and density",
  },
  de: {
    title: "Bestellungen",
    titleWithUnseen: (orders) => `(${orders}) Bestellungen`,
    columns: {
      number: "Bestellung",
      buyer: "Käufer",
      ordered: "Bestellt",
      status: "Status",
      stock: "Bestand",
      size: "Lots / Stück",
      total: "Summe",
      payment: "Zahlung",
      shipping: "Versand",
      source: "Quelle",
    },
    buyerUnknown: "Käufer unbekannt",
    unknown: "unbekannt",
    totalAndAge: (total, age) => `${total}, ${age}`,
    order: (orderNumber) => `Bestellung ${orderNumber}`,
    select: (orderNumber) => `Bestellung ${orderNumber} auswählen`,
    newAbove: (orders) => `${formatCount(orders, "neue Bestellung", "neue Bestellungen")} ↑`,
    arrived: (orderNumber, buyerName) =>
      `Bestellung ${orderNumber} von ${buyerName ?? "einem unbekannten Käufer"} ist eingegangen.`,
    manyArrived: (orders) => `${orders} Bestellungen sind eingegangen.`,
    newOrder: (orderNumber) => `Neue Bestellung ${orderNumber}`,
    newOrders: (orders) => `${orders} neue Bestellungen`,
    toPack: (pieces) => `${formatCount(pieces, "Stück", "Stück")} zu packen`,
    exportAll: "Inhalt der Tabelle als CSV exportieren",
    orders: "Bestellungen",
    preferences: "Hinweise, Spalten und Dichte",
  },
});
