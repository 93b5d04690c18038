/** Money as whole ten-thousandths of the currency's unit, which is exact: BrickLink sends four decimals. */

const DECIMALS = 4;
const DECIMAL_SHAPE = /^(-?)(\d{1,14})(?:\.(\d+))?$/;

/**
 * "13.1210" → 131210n. Missing decimals count as zeros; decimals past the fourth must be zeros. Undefined for anything
 * that is not such a number or would have to be rounded.
 */
export function parseMoney(text: string): bigint | undefined {
  const [, sign, whole, fraction = ""] = DECIMAL_SHAPE.exec(text.trim()) ?? [];
  if (whole === undefined || /[1-9]/.test(fraction.slice(DECIMALS))) return undefined;
  const amount = BigInt(whole + fraction.slice(0, DECIMALS).padEnd(DECIMALS, "0"));
  return sign === "-" ? -amount : amount;
}
