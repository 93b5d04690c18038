/** Money from exact amounts: ten-thousandths of the currency's unit, never through a floating-point number. */

const UNIT = 10_000n;

/** 131210n as "13.1210", which Intl formats exactly. */
export function decimalString(amount: bigint): `${number}` {
  const absolute = amount < 0n ? -amount : amount;
  const fraction = String(absolute % UNIT).padStart(4, "0");
  return `${amount < 0n ? "-" : ""}${absolute / UNIT}.${fraction}` as `${number}`;
}

const formats = new Map<string, Intl.NumberFormat>();

/** In the viewer's way of writing. A currency that Intl does not know is shown by its code. */
export function formatMoney(amount: bigint, currency: string): string {
  try {
    let format = formats.get(currency);
    if (!format) {
      format = new Intl.NumberFormat(undefined, { style: "currency", currency });
      formats.set(currency, format);
    }
    return format.format(decimalString(amount));
  } catch {
    return `${decimalString(amount)} ${currency}`;
  }
}
