/** All text in place of the rows of an empty orders table. */
import { words } from "../../language/language";
import type { Stage } from "../stages";

export const noOrdersText = words({
  en: {
    storeEmpty: "No orders yet",
    storeEmptyWhy:
      "Once BrickLink is connected, open orders are read at once and every new one appears here by itself, its lines matched to your bins and its stock reserved.",
    connect: "Connect BrickLink",
    noneHas: (search: string) => `No orders match “${search}”`,
    noneFits: "No order fits",
    nothing: "Nothing here",
    searched:
      "Order numbers, buyers and recipients are searched, and the parts, colours and bins of open orders.",
    noneFitsUnder: (stage: string) => `No order under “${stage}” has this status and fits these filters now.`,
    searchAll: "Search all orders",
    clearSearch: "Clear the search",
    removeFilters: "Remove the filters",
  },
  de: {
    storeEmpty: "Noch keine Bestellungen",
    storeEmptyWhy:
      "Sobald BrickLink verbunden ist, werden die offenen Bestellungen gelesen. Danach erscheint jede neue hier von selbst, mit Fächern für ihre Positionen und reserviertem Bestand.",
    connect: "BrickLink verbinden",
    noneHas: (search) => `Keine Bestellung passt zu „${search}“`,
    noneFits: "Keine Bestellung passt",
    nothing: "Hier ist nichts",
    searched:
      "Durchsucht werden Bestellnummern, Käufer und Empfänger sowie Teile, Farben und Fächer offener Bestellungen.",
    noneFitsUnder: (stage) =>
      `Keine Bestellung unter „${stage}“ hat gerade diesen Status und passt zu diesen Filtern.`,
    searchAll: "Alle Bestellungen durchsuchen",
    clearSearch: "Suche leeren",
    removeFilters: "Filter entfernen",
  },
});

/** Why a stage has no orders, and how they come to it. */
export const emptyStageTexts: Record<Stage, string> = words({
  en: {
    all: "New orders appear by themselves.",
    waitingForPayment: "Every open order is paid.",
    readyToPick:
      "Every order that is paid and in stock is being picked already. New ones appear by themselves.",
    picking: "No order is half picked. One moves here with its first tick.",
    picked: "No parcel waits to be packed. An order moves here with its last tick.",
    packed: "No parcel waits to be sent. An order moves here once it is marked packed.",
    shipped: "No order has been shipped yet.",
    cancelled: "No order was cancelled.",
  },
  de: {
    all: "Neue Bestellungen erscheinen von selbst.",
    waitingForPayment: "Alle offenen Bestellungen sind bezahlt.",
    readyToPick:
      "Alle Bestellungen, die bezahlt und auf Lager sind, werden schon gepickt. Neue erscheinen von selbst.",
    picking:
      "Keine Bestellung ist halb gepickt. Sobald die erste Position abgehakt ist, steht die Bestellung hier.",
    picked:
      "Kein Paket wartet aufs Packen. Sobald die letzte Position abgehakt ist, steht die Bestellung hier.",
    packed:
      "Kein Paket wartet auf den Versand. Sobald eine Bestellung als gepackt markiert ist, steht sie hier.",
    shipped: "Es wurde noch keine Bestellung versendet.",
    cancelled: "Es wurde keine Bestellung storniert.",
  },
});
