/** A QR code as the path of an SVG image, one unit a module. */
import { encodeQR } from "qr";

export type QrPath = { path: string; size: number };

/**
 * Error correction of 15 %: a label in a workshop gets scratched. The label around the code makes up the rest of the margin, of which
 * readers want four modules.
 */
export function qrPath(text: string): QrPath {
  const modules = encodeQR(text, "raw", { ecc: "medium", border: 2 });
  const dark = modules.flatMap((row, y) =>
    row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
  );
  return { path: dark.join(""), size: modules.length };
}
