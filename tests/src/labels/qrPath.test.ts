import decodeQR from "qr/decode.js";
import { expect, it } from "vitest";
import { qrPath } from "../../../src/labels/qrPath";

/** Paints the path as a camera sees it: black on white, with a margin, `SCALE` pixels a module. */
const SCALE = 4;
const MARGIN = 4;

function imageOf({ path, size }: ReturnType<typeof qrPath>) {
  const width = (size + 2 * MARGIN) * SCALE;
  const data = new Uint8Array(width * width * 4).fill(255);
  for (const [, x, y] of path.matchAll(/M(\d+) (\d+)h1v1h-1z/g)) {
    for (let dy = 0; dy < SCALE; dy += 1) {
      for (let dx = 0; dx < SCALE; dx += 1) {
        const at = ((Number(y) + MARGIN) * SCALE + dy) * width + (Number(x) + MARGIN) * SCALE + dx;
        data.fill(0, at * 4, at * 4 + 3);
      }
    }
  }
  return { width, height: width, data };
}

it.each(["A01-02", "Drawer 7, left", "Обувная коробка 3"])("the code of bin %s reads as the bin", (bin) => {
  expect(decodeQR(imageOf(qrPath(bin)))).toBe(bin);
});
