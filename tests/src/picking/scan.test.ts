import { expect, it } from "vitest";
import { readScan, scanText } from "../../../src/picking/scan";
import type { Stop } from "../../../src/picking/stops";

function aStop(key: string, location: string, isToDo = true): Stop {
  return { key, location, isToDo } as Stop;
}

const first = aStop("1", "A01");
const second = aStop("2", "A01");
const done = aStop("3", "B02", false);
const stops = [done, first, second];

it("a scanned bin is the current stop if it lies there, else the first stop of the bin with something to do", () => {
  expect(readScan(stops, second, "a01 ")).toMatchObject({ kind: "right", stop: second });
  expect(readScan(stops, done, "A01")).toMatchObject({ kind: "right", stop: first });
  expect(readScan(stops, first, "B02")).toMatchObject({ kind: "done", stop: done });
});

it("a scanned bin without a stop is wrong, and it is said where to go", () => {
  const wrong = readScan(stops, first, "A12");
  expect(wrong).toEqual({ kind: "wrong", scanned: "A12", at: "1" });
  expect(scanText(wrong, "B03")).toBe("A12 is not this stop's bin: go to B03");
  expect(scanText(wrong, null)).toBe("A12 is no bin of this walk");
});
