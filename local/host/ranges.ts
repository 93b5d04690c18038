/** What a transaction read, as index ranges: if a later commit writes a key inside one, its result may differ. */

/** [lower, upper) of one index. Bounds grow while a stream is read: only what was read counts. */
export type ReadRange = { lower: Buffer; upper: Buffer };

/** Keys a commit wrote or removed, by index. */
export type WrittenKeys = Map<number, Buffer[]>;

export class ReadSet {
  private readonly byIndex = new Map<number, ReadRange[]>();

  add(indexId: number, range: ReadRange): ReadRange {
    const ranges = this.byIndex.get(indexId);
    if (ranges) ranges.push(range);
    else this.byIndex.set(indexId, [range]);
    return range;
  }

  isTouchedBy(written: WrittenKeys): boolean {
    for (const [indexId, keys] of written) {
      const ranges = this.byIndex.get(indexId);
      if (!ranges) continue;
      const touched = ranges.some(({ lower, upper }) =>
        keys.some((key) => Buffer.compare(key, lower) >= 0 && Buffer.compare(key, upper) < 0),
      );
      if (touched) return true;
    }
    return false;
  }
}
