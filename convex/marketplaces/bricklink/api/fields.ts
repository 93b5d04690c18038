/** The kinds of values in BrickLink's JSON, read leniently where BrickLink is inconsistent and exactly otherwise. */
import { decodeHTML } from "entities";
import { z } from "zod";
import { parseMoney } from "./money";

/** A number, which BrickLink documents as a string in places and sometimes sends as one. */
export const integer = z
  .union([
    z.number(),
    z
      .string()
      .regex(/^-?\d+$/)
      .transform(Number),
  ])
  .pipe(z.number().int().refine(Number.isSafeInteger, "too large to be exact"));
export const quantity = integer.pipe(z.number().min(0));
export const identifier = integer.pipe(z.number().positive());

/** A word that is never empty, such as an item's number, which may consist of digits only and be sent as a number. */
export const code = z.union([z.string(), z.number().transform(String)]).pipe(z.string().min(1));

/** ISO 8601 to milliseconds UTC. */
export const instant = z
  .string()
  .transform((text) => Date.parse(text))
  .pipe(z.number({ error: "not an ISO 8601 time" }));

/** A decimal string, or a number, to ten-thousandths of the currency's unit. */
export const money = z.union([z.string(), z.number().transform(String)]).transform((text, context) => {
  const amount = parseMoney(text);
  if (amount === undefined) context.addIssue({ code: "custom", message: "not an amount with four decimals" });
  return amount ?? z.NEVER;
});

/** Names and remarks contain HTML entities, inconsistently even within one answer. They are decoded once, here. */
export const text = z.string().transform((raw) => decodeHTML(raw));

/** BrickLink omits null fields, though some clients report nulls. Both become absent. */
function nullable<Output>(schema: z.ZodType<Output>) {
  return schema.nullish().transform((value) => value ?? undefined);
}

/** A field without which an order is still useful: a value that cannot be read becomes absent. */
export function lenient<Output>(schema: z.ZodType<Output>) {
  return nullable(schema).catch(undefined);
}
