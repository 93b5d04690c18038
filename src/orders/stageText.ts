/** The stages of orders as headings name them. */
import { words } from "../language/language";
import type { Stage } from "./stages";

/** An order that is on hold waits for a person and is listed under "Needs you". In German each fits one order as well as many. */
export const stageLabels: Record<Stage | "onHold", string> = words({
  en: {
    all: "All",
    waitingForPayment: "Waiting for payment",
    readyToPick: "Ready to pick",
    picking: "Picking",
    picked: "Picked",
    packed: "Packed",
    onHold: "Needs you",
    shipped: "Shipped",
    cancelled: "Cancelled",
  },
  de: {
    all: "Alle",
    waitingForPayment: "Zahlung offen",
    readyToPick: "Bereit zum Picken",
    picking: "Beim Picken",
    picked: "Gepickt",
    packed: "Gepackt",
    onHold: "Zu klären",
    shipped: "Versendet",
    cancelled: "Storniert",
  },
});
