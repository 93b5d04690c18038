/**
 * The read set of a transaction: the index ranges that it read. When a later commit writes a key inside one of them, the
 * transaction's result may have changed.
 */

/** The keys from `lower` (included) to `upper` (excluded) of one index. Grows while a stream is read. */
export type ReadRange = { lower: Buffer; upper: Buffer };

/** The keys that a commit added or removed, by index id, each list in key order. */
export type WrittenKeys = Map<number, Buffer[]>;

/** The position of the first item whose key is not below `key`. The items are in key order. */
export function lowerBound<Item>(items: readonly Item[], key: Buffer, keyOf: (item: Item) => Buffer): number {
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

  private overlapsIndex(indexId: number, keys: readonly Buffer[]): boolean {
    const ranges = this.byIndex.get(indexId) ?? [];
    return ranges.some(({ lower, upper }) => {
      const first = keys[lowerBound(keys, lower, (key) => key)];
      return first !== undefined && Buffer.compare(first, upper) < 0;
    });
  }

  /** Whether a commit wrote a key inside one of the ranges. */
  overlaps(written: WrittenKeys): boolean {
    for (const [indexId, keys] of written) {
      if (this.overlapsIndex(indexId, keys)) return true;
    }
    return false;
  }

  /** The ids of the indexes in whose ranges a commit wrote a key. */
  overlappingIndexes(written: WrittenKeys): number[] {
    return [...written].filter(([id, keys]) => this.overlapsIndex(id, keys)).map(([id]) => id);
  }
}
