/** All text about what staff ask BrickLink for, and what has become of it. */
import type { FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";
import { words } from "../language/language";
import { problemText } from "./problemText";

export const askText = words({
  en: {
    title: "Missing an order?",
    comparison:
      "Every 15 minutes all orders at BrickLink are compared with those here, and what differs is fetched.",
    compare: "Compare all orders now",
    notCompared: "Not compared yet",
    compared: (ago: string) => `Last compared ${ago}`,
    orderNumber: "Order number",
    fetch: "Fetch this order",
    fetchedLater: "The order is fetched as soon as it answers.",
    open: "Open it",
  },
  de: {
    title: "Fehlt eine Bestellung?",
    comparison:
      "Alle 15 Minuten werden alle Bestellungen bei BrickLink mit denen hier abgeglichen, und was abweicht, wird geholt.",
    compare: "Jetzt alle abgleichen",
    notCompared: "Noch nicht abgeglichen",
    compared: (ago) => `Zuletzt abgeglichen ${ago}`,
    orderNumber: "Bestellnummer",
    fetch: "Bestellung holen",
    fetchedLater: "Die Bestellung wird geholt, sobald BrickLink antwortet.",
    open: "Öffnen",
  },
});

const fetchWords = words({
  en: {
    pending: (orderNumber: number) => `Order ${orderNumber} waits to be fetched.`,
    processing: (orderNumber: number) => `Order ${orderNumber} is being fetched.`,
    completed: (orderNumber: number) => `Order ${orderNumber} is here and up to date.`,
    failed: (orderNumber: number) => `Order ${orderNumber} could not be fetched.`,
    triedAgain: "It is tried again by itself.",
  },
  de: {
    pending: (orderNumber) => `Bestellung ${orderNumber} wartet darauf, geholt zu werden.`,
    processing: (orderNumber) => `Bestellung ${orderNumber} wird gerade geholt.`,
    completed: (orderNumber) => `Bestellung ${orderNumber} ist da und auf dem neuesten Stand.`,
    failed: (orderNumber) => `Bestellung ${orderNumber} konnte nicht geholt werden.`,
    triedAgain: "Es wird von selbst erneut versucht.",
  },
});

type Timeline = NonNullable<FunctionReturnType<typeof api.marketplaces.bricklink.queue.log.timeline>>;
type Fetch = Pick<Timeline["notification"], "resourceId" | "status" | "nextAttemptAt" | "failure">;

/** One or two sentences: that it is fetched, is here, or why not and whether it is tried again. */
export function fetchText({ resourceId, status, nextAttemptAt, failure }: Fetch): string {
  const sentence = fetchWords[status](resourceId);
  if (status !== "failed") return sentence;
  return [
    sentence,
    ...(failure === null ? [] : [problemText(failure)]),
    ...(nextAttemptAt === null ? [] : [fetchWords.triedAgain]),
  ].join(" ");
}
