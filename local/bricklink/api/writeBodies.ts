/**
 * The bodies of writes, read as BrickLink reads them: fields that a call does not name are ignored without a word (API
 * manual, "Update Order"), and a malformed one refuses the whole write. Every function throws Refusal.
 */
import { z } from "zod";
import { orderStatuses, paymentStatuses } from "../store/statusMoves";
import { shippingMethodOf } from "../store/shippingMethods";
import { invalidParameter, malformedJson, missingParameter } from "./refusal";

/** An amount in whole ten-thousandths, from a decimal with at most four places: "13.1210". */
const amount = z
  .union([z.string(), z.number()])
  .transform(String)
  .pipe(z.string().regex(/^\d{1,9}(\.\d{1,4})?$/))
  .transform((decimal) => {
    const [whole = "0", fraction = ""] = decimal.split(".");
    return Number(whole) * 10_000 + Number(fraction.padEnd(4, "0"));
  });

const orderUpdate = z.object({
  cost: z
    .object({ credit: amount, insurance: amount, etc1: amount, etc2: amount, shipping: amount })
    .partial()
    .optional(),
  shipping: z
    .object({
      date_shipped: z.iso.datetime({ offset: true }).transform((text) => Date.parse(text)),
      tracking_no: z.string(),
      tracking_link: z.string(),
      // Assumed: a method that the seller does not have refuses the whole update.
      method_id: z.coerce.number().refine((id) => shippingMethodOf(id) !== undefined),
    })
    .partial()
    .optional(),
  remarks: z.string().optional(),
  is_filed: z.boolean().optional(),
});

/** Amounts in ten-thousandths, `date_shipped` in milliseconds since the epoch. */
export type OrderUpdate = z.output<typeof orderUpdate>;

function valueAt(body: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null ? (value as Record<PropertyKey, unknown>)[key] : undefined,
    body,
  );
}

function read<Output>(body: string, schema: z.ZodType<Output>): Output {
  let sent: unknown;
  try {
    // Assumed: null leaves a field as it is.
    sent = JSON.parse(body, (_, value: unknown) => value ?? undefined);
  } catch {
    throw malformedJson();
  }
  const parsed = schema.safeParse(sent);
  if (parsed.success) return parsed.data;
  const path = parsed.error.issues[0]?.path ?? [];
  if (path.length === 0) throw malformedJson();
  const name = path.join(".");
  throw valueAt(sent, path) === undefined ? missingParameter(name) : invalidParameter(name);
}

/** The new value of the field that `PUT /orders/{id}/status` and `…/payment_status` change. */
export function readNewStatus(body: string, field: "status" | "payment_status"): string {
  const values = field === "status" ? orderStatuses : paymentStatuses;
  return read(body, z.object({ field: z.literal(field), value: z.enum(values) })).value;
}

export function readOrderUpdate(body: string): OrderUpdate {
  return read(body, orderUpdate);
}

const newFeedback = z.object({
  order_id: z.number().int(),
  /** 0 praise, 1 neutral, 2 complaint. */
  rating: z.number().int().min(0).max(2),
  comment: z.string(),
});
export type NewFeedback = z.output<typeof newFeedback>;

export function readNewFeedback(body: string): NewFeedback {
  return read(body, newFeedback);
}

export function readReply(body: string): string {
  return read(body, z.object({ reply: z.string().min(1) })).reply;
}
