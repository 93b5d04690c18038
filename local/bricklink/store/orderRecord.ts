/**
 * What an order gathers after it was placed: what the seller wrote through the API, and what the buyer wrote about it. Money
 * is in ten-thousandths; all `…At` are milliseconds since the epoch, UTC.
 */
import type { Feedback } from "./feedback";
import type { Message } from "./messages";

/** Costs besides those of the goods and of shipping. */
export type Charges = { credit: number; insurance: number; etc1: number; etc2: number };

/** Null: the seller has not written it. */
export type Shipment = {
  shippedAt: number | null;
  trackingNumber: string | null;
  trackingLink: string | null;
};

/** A mail "Thank You, Drive Thru!" to the buyer. */
export type DriveThruMail = { sentAt: number; isCopiedToSeller: boolean };

/** A write that took effect, as it arrived. `path`: without the query. */
export type AcceptedWrite = { at: number; method: string; path: string; body: string };

export type OrderRecord = {
  charges: Charges;
  shipment: Shipment;
  /** What the API says. It becomes false again when the order changes (help 267), while `driveThruMails` keeps every mail. */
  isDriveThruSent: boolean;
  driveThruMails: DriveThruMail[];
  writes: AcceptedWrite[];
  messages: Message[];
  feedback: Feedback[];
};

export function emptyRecord(): OrderRecord {
  return {
    charges: { credit: 0, insurance: 0, etc1: 0, etc2: 0 },
    shipment: { shippedAt: null, trackingNumber: null, trackingLink: null },
    isDriveThruSent: false,
    driveThruMails: [],
    writes: [],
    messages: [],
    feedback: [],
  };
}
