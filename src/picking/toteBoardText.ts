/** All text of the totes: their names, how far each is filled, and what a walk comes to. Quantities are pieces. */
import { words } from "../language/language";
import { binText } from "../orders/lineText";
import { formatCount } from "../ui/formatCount";
import { lossReasons } from "./lossText";
import type { PickListLine } from "./pickList";
import type { ToteState } from "./stops";
import type { ToteColor, ToteShape } from "./totes";

type ToteNames = { shapes: Record<ToteShape, string>; colors: Record<ToteColor, string> };

const toteNames = words<ToteNames>({
  en: {
    shapes: {
      circle: "circle",
      square: "square",
      triangle: "triangle",
      diamond: "diamond",
      hexagon: "hexagon",
    },
    colors: {
      blue: "blue",
      orange: "orange",
      green: "green",
      purple: "purple",
      red: "red",
      teal: "teal",
      pink: "pink",
      grey: "grey",
    },
  },
  de: {
    shapes: {
      circle: "Kreis",
      square: "Quadrat",
      triangle: "Dreieck",
      diamond: "Raute",
      hexagon: "Sechseck",
    },
    colors: {
      blue: "Blau",
      orange: "Orange",
      green: "Grün",
      purple: "Violett",
      red: "Rot",
      teal: "Türkis",
      pink: "Rosa",
      grey: "Grau",
    },
  },
});

export const toteBoardText = words({
  en: {
    /** For people who cannot see the mark. */
    mark: (number: number, color: ToteColor, shape: ToteShape) =>
      `tote ${number}, ${toteNames.colors[color]} ${toteNames.shapes[shape]}`,
    title: "Totes",
    order: (orderNumber: number) => `Order ${orderNumber}`,
    buyerUnknown: "buyer unknown",
    back: "Back",
    undo: "Undo",
    pickRest: "Pick what is left",
    finish: "Finish",
    pack: "Pack",
    packOrders: (orders: number) => (orders === 1 ? "Pack this order" : `Pack these ${orders} orders`),
    packOrder: (orderNumber: number) => `Pack order ${orderNumber}`,
    noMore: "the bin has no more",
    reported: { missing: "reported missing", damaged: "reported damaged" },
    /** `reason`: as above. */
    shortLine: (quantity: number, itemName: string, bin: string, reason: string) =>
      `${quantity} × ${itemName} from ${bin} short: ${reason}`,
    stopsLeft: (stops: number) => `${formatCount(stops, "stop")} left`,
    allNotSent: "All picked, not sent yet",
    complete: (pieces: number) => `Complete: ${formatCount(pieces, "piece")}`,
    short: (missing: number, picked: number) =>
      `${formatCount(missing, "piece")} short, ${picked} in the tote`,
    totesComplete: (complete: number, totes: number) =>
      `${complete} of ${formatCount(totes, "tote")} complete`,
    totesShort: (totes: number) => `${totes} short`,
    totesNotSent: (totes: number) => `${totes} not sent yet`,
    totesToPick: (totes: number) => `${totes} to pick`,
  },
  de: {
    mark: (number, color, shape) =>
      `Kiste ${number}, ${toteNames.shapes[shape]} in ${toteNames.colors[color]}`,
    title: "Kisten",
    order: (orderNumber) => `Bestellung ${orderNumber}`,
    buyerUnknown: "Käufer unbekannt",
    back: "Zurück",
    undo: "Rückgängig",
    pickRest: "Rest picken",
    finish: "Beenden",
    pack: "Packen",
    packOrders: (orders) => (orders === 1 ? "Bestellung packen" : `${orders} Bestellungen packen`),
    packOrder: (orderNumber) => `Packen: Bestellung ${orderNumber}`,
    noMore: "mehr ist nicht im Fach",
    reported: { missing: "als fehlend gemeldet", damaged: "als beschädigt gemeldet" },
    shortLine: (quantity, itemName, bin, reason) =>
      `Zu wenig: ${quantity} × ${itemName} aus ${bin} (${reason})`,
    stopsLeft: (stops) => `noch ${formatCount(stops, "Station", "Stationen")}`,
    allNotSent: "Alles gepickt, noch nicht übertragen",
    complete: (pieces) => `Vollständig: ${formatCount(pieces, "Stück", "Stück")}`,
    short: (missing, picked) => `${formatCount(missing, "Stück", "Stück")} zu wenig, ${picked} in der Kiste`,
    totesComplete: (complete, totes) =>
      `${complete} von ${formatCount(totes, "Kiste", "Kisten")} vollständig`,
    totesShort: (totes) => `in ${totes} fehlt etwas`,
    totesNotSent: (totes) => `${totes} noch nicht übertragen`,
    totesToPick: (totes) => `${totes} zu picken`,
  },
});

/** Why a line is short. How many were reported is left out: the bin's spare pieces are among them. */
function shortReason({ losses }: Pick<PickListLine, "losses">): string {
  const reported = lossReasons.filter((reason) => losses[reason] > 0);
  if (reported.length === 0) return toteBoardText.noMore;
  return reported.map((reason) => toteBoardText.reported[reason]).join(", ");
}

/** "2 × Plate 1 x 2 from A01-02 short: reported missing". */
export function shortLineText(line: ToteState["short"][number]): string {
  return toteBoardText.shortLine(
    line.shortQuantity,
    line.itemName,
    binText(line.location),
    shortReason(line),
  );
}

/** How far a tote is filled, in a few words. */
export function toteStateText({ state, stopsLeft, picked, short }: ToteState): string {
  if (state === "toPick") return toteBoardText.stopsLeft(stopsLeft);
  if (state === "pending") return toteBoardText.allNotSent;
  if (state === "complete") return toteBoardText.complete(picked);
  const missing = short.reduce((sum, { shortQuantity }) => sum + shortQuantity, 0);
  return toteBoardText.short(missing, picked);
}

/** What the end of a walk comes to. */
export function boardText(totes: readonly ToteState[]): string {
  const complete = totes.filter(({ state }) => state === "complete").length;
  const short = totes.filter(({ state }) => state === "short").length;
  const pending = totes.filter(({ state }) => state === "pending").length;
  const toPick = totes.length - complete - short - pending;
  return [
    toteBoardText.totesComplete(complete, totes.length),
    ...(short > 0 ? [toteBoardText.totesShort(short)] : []),
    ...(pending > 0 ? [toteBoardText.totesNotSent(pending)] : []),
    ...(toPick > 0 ? [toteBoardText.totesToPick(toPick)] : []),
  ].join(", ");
}
