/** Exact money amounts: bigints in ten-thousandths of the currency's unit, never converted to floating point. */

import { locale } from "../language/language";

/** BrickLink's amounts have at most four decimals. */
const AMOUNTS_PER_UNIT = 10_000n;

/** 131210n as "13.1210", which Intl.NumberFormat formats without rounding to a floating-point number first. */
export function decimalString(amount: bigint): `${number}` {
  const absolute = amount < 0n ? -amount : amount;
  const fraction = String(absolute % AMOUNTS_PER_UNIT).padStart(4, "0");
  return `${amount < 0n ? "-" : ""}${absolute / AMOUNTS_PER_UNIT}.${fraction}` as `${number}`;
}

/**
 * An amount as a person types it, "12", "12.5" or "12,50", in ten-thousandths of the currency's unit; null for anything else and for
 * more than four decimals.
 */
export function parseAmount(typed: string): bigint | null {
  const match = /^(\d{1,12})(?:[.,](\d{1,4}))?$/.exec(typed.trim());
  if (!match) return null;
  const [, units = "0", fraction = ""] = match;
  return BigInt(units) * AMOUNTS_PER_UNIT + BigInt(fraction.padEnd(4, "0"));
}

/** Cached by currency, since constructing a format is slow and a table formats many amounts. */
const formats = new Map<string, Intl.NumberFormat>();

/**
 * "$13.12" in the page's language. A currency code that Intl.NumberFormat rejects follows the plain amount:
 * "13.1210 ?".
 */
export function formatMoney(amount: bigint, currency: string): string {
  try {
    let format = formats.get(currency);
    if (!format) {
      format = new Intl.NumberFormat(locale, { style: "currency", currency });
      formats.set(currency, format);
    }
    return format.format(decimalString(amount));
  } catch {
    return `${decimalString(amount)} ${currency}`;
  }
}
