/** The headings of orders as CSV. */
import { words } from "../../language/language";

export const csvText = words({
  en: {
    order: "Order",
    buyer: "Buyer",
    placed: "Placed",
    status: "Status",
    lots: "Lots",
    pieces: "Pieces",
    reserved: "Reserved",
    short: "Short",
    unmatched: "Unmatched lines",
    picked: "Picked lines",
    total: "Total",
    currency: "Currency",
    payment: "Payment",
    shipping: "Shipping",
  },
  de: {
    order: "Bestellung",
    buyer: "Käufer",
    placed: "Bestellt",
    status: "Status",
    lots: "Lots",
    pieces: "Stück",
    reserved: "Reserviert",
    short: "Zu wenig",
    unmatched: "Positionen ohne passendes Lot",
    picked: "Gepickte Positionen",
    total: "Summe",
    currency: "Währung",
    payment: "Zahlung",
    shipping: "Versand",
  },
});
