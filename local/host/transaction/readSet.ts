/** What a transaction read, as index ranges: if a later commit writes a key inside one, its result may differ. */

/** [lower, upper) of one index. Bounds grow while a stream is read: only what was read counts. */
export type ReadRange = { lower: Buffer; upper: Buffer };

/** Keys a commit wrote or removed, by index, each list in key order. */
export type WrittenKeys = Map<number, Buffer[]>;

/** How many of the keys, which are in order, stand before `key`. */
export function countBefore<Item>(
  items: readonly Item[],
  key: Buffer,
  keyOf: (item: Item) => Buffer,
): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && Buffer.compare(keyOf(item), key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

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
      const touched = ranges.some(({ lower, upper }) => {
        const first = keys[countBefore(keys, lower, (key) => key)];
        return first !== undefined && Buffer.compare(first, upper) < 0;
      });
      if (touched) return true;
    }
    return false;
  }
}
