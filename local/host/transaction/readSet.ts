/**
 * The read set of a transaction: the index ranges that it read. When a later commit writes a key inside one of them, the
 * transaction's result may have changed.
 */

/** The keys from `lower` (included) to `upper` (excluded) of one index. Grows while a stream is read. */
export type ReadRange = { lower: Buffer; upper: Buffer };

/**
 * The keys that a commit added, removed or left to a changed document. They are computed for an index only when somebody asks, since
 * most indexes are read by nobody.
 */
export class WrittenKeys {
  private readonly pending = new Map<number, (() => readonly Buffer[])[]>();
  private readonly sorted = new Map<number, readonly Buffer[]>();

  add(indexId: number, keys: () => readonly Buffer[]): void {
    const known = this.pending.get(indexId);
    if (known) known.push(keys);
    else this.pending.set(indexId, [keys]);
  }

  /** The keys of an index, in key order. */
  keysOf(indexId: number): readonly Buffer[] {
    const known = this.sorted.get(indexId);
    if (known) return known;
    const keys = (this.pending.get(indexId) ?? []).flatMap((each) => each());
    keys.sort((a, b) => Buffer.compare(a, b));
    this.sorted.set(indexId, keys);
    return keys;
  }
}

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

  private overlapsIndex(ranges: readonly ReadRange[], keys: readonly Buffer[]): boolean {
    if (keys.length === 0) return false;
    return ranges.some(({ lower, upper }) => {
      const first = keys[lowerBound(keys, lower, (key) => key)];
      return first !== undefined && Buffer.compare(first, upper) < 0;
    });
  }

  /** Whether a commit wrote a key inside one of the ranges. */
  overlaps(written: WrittenKeys): boolean {
    for (const [indexId, ranges] of this.byIndex) {
      if (this.overlapsIndex(ranges, written.keysOf(indexId))) return true;
    }
    return false;
  }

  /** The ids of the indexes in whose ranges a commit wrote a key. */
  overlappingIndexes(written: WrittenKeys): number[] {
    return [...this.byIndex]
      .filter(([id, ranges]) => this.overlapsIndex(ranges, written.keysOf(id)))
      .map(([id]) => id);
  }
}
