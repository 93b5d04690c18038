import fc from "fast-check";
import { expect, it } from "vitest";
import { ReadSet, WrittenKeys } from "../../../local/host/transaction/readSet";

const KEYS = 40;
const INDEX = 1;
const keyOf = (at: number) => Buffer.from([at]);
const range = fc.tuple(fc.nat(KEYS), fc.nat(KEYS));

it("a read set contains the keys of its ranges, and counts those that neither overlap nor touch", () => {
  fc.assert(
    fc.property(fc.array(range, { maxLength: 30 }), (ranges) => {
      const reads = new ReadSet();
      const isRead = Array.from({ length: KEYS + 1 }, () => false);
      for (const [lower, upper] of ranges) {
        reads.add(INDEX, keyOf(lower), keyOf(upper));
        isRead.fill(true, lower, Math.max(lower, upper));
      }
      const starts = isRead.filter((each, at) => each && isRead[at - 1] !== true);
      expect(reads.count).toBe(starts.length);
      const contains = isRead.map((_, at) => {
        const written = new WrittenKeys();
        written.add(INDEX, () => [keyOf(at)]);
        return reads.overlaps(written);
      });
      expect(contains).toEqual(isRead);
    }),
    { numRuns: 2_000 },
  );
});

it("ranges that were not read count with the next one of their index that is", () => {
  const reads = new ReadSet();
  reads.addUnread(INDEX, keyOf(1), keyOf(2));
  reads.addUnread(INDEX, keyOf(3), keyOf(4));
  expect(reads.count).toBe(0);
  reads.add(INDEX + 1, keyOf(1), keyOf(2));
  expect(reads.count).toBe(1);
  reads.add(INDEX, keyOf(5), keyOf(6));
  expect(reads.count).toBe(3);
});
