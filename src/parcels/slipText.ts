/** All text on packing slips and address labels. It is read by buyers in many countries: in English, short and plain. */
import type { ParcelLine, SlipTotals } from "./slip";

const dateFormat = new Intl.DateTimeFormat("en-GB", { dateStyle: "long" });

const conditionLabels: Record<ParcelLine["condition"], string> = {
  new: "New",
  used: "Used",
  unknown: "Condition unknown",
};

/** As ui/formatCount, in English whatever the page speaks. */
function formatCount(count: number, singular: string): string {
  return `${count.toLocaleString("en")} ${count === 1 ? singular : `${singular}s`}`;
}

/** "27 November 2026": a month in words cannot be taken for a day. */
export function slipDateText(at: number): string {
  return dateFormat.format(at);
}

/** Empty for items that have no colour, which BrickLink gives the colour 0. */
export function colourText({ colorId, colorName }: Pick<ParcelLine, "colorId" | "colorName">): string {
  return colorId === 0 ? "" : (colorName ?? `Colour ${colorId}`);
}

/** "Used, complete". */
export function conditionText({
  condition,
  completeness,
}: Pick<ParcelLine, "condition" | "completeness">): string {
  return [conditionLabels[condition], completeness].filter(Boolean).join(", ");
}

/** "3 of 4 in this parcel, 1 missing"; null when all of it is there. */
export function missingText(inParcel: number, quantity: number): string | null {
  if (inParcel >= quantity) return null;
  const there =
    inParcel === 0 ? (quantity === 1 ? "Not" : `None of ${quantity}`) : `${inParcel} of ${quantity}`;
  return `${there} in this parcel, ${quantity - inParcel} missing`;
}

/** "2 lots, 7 pieces"; with missing pieces, how many of them are in the parcel. */
export function totalsText({ lots, pieces, missing }: SlipTotals): string {
  const all = `${formatCount(lots, "lot")}, ${formatCount(pieces, "piece")}`;
  if (missing === 0) return all;
  return `${all} ordered. ${pieces - missing} of them in this parcel, ${missing} missing`;
}

/** What stands above the lines of a parcel in which something is missing; null when nothing is. */
export function incompleteText({ missing }: SlipTotals): string | null {
  if (missing === 0) return null;
  const [pieces, is] = missing === 1 ? ["1 piece", "is"] : [`${missing} pieces`, "are"];
  return `${pieces} of this order ${is} not in this parcel. The lines say which.`;
}

export function orderText(orderNumber: number): string {
  return `Order ${orderNumber}`;
}

export function pageText(orderNumber: number, page: number, pageCount: number): string {
  const order = orderText(orderNumber);
  return pageCount === 1 ? order : `${order} · page ${page} of ${pageCount}`;
}
