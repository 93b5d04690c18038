/**
 * The read set of a transaction: the index ranges that it read. When a later commit writes a key inside one of them, the
 * transaction's result may have changed.
 */

/** The keys from `lower` (included) to `upper` (excluded) of one index. */
type ReadRange = { lower: Buffer; upper: Buffer };

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

/**
 * The ranges of one index, in key order, of which none overlap or touch: like Convex, it merges those that do (convex-backend,
 * crates/common/src/interval/interval_set.rs).
 */
class IndexRanges {
  readonly all: ReadRange[] = [];
  /** The position of the range that was added to last, which a stream extends with each document. */
  private last = 0;

  add(lower: Buffer, upper: Buffer): void {
    if (Buffer.compare(lower, upper) < 0 && !this.extendLast(lower, upper)) this.insert(lower, upper);
  }

  /** Returns false if the range does not begin in the last one, or reaches the one behind it. */
  private extendLast(lower: Buffer, upper: Buffer): boolean {
    const last = this.all[this.last];
    if (!last || Buffer.compare(lower, last.lower) < 0 || Buffer.compare(lower, last.upper) > 0) return false;
    if (Buffer.compare(upper, last.upper) <= 0) return true;
    const next = this.all[this.last + 1];
    if (next && Buffer.compare(next.lower, upper) <= 0) return false;
    last.upper = upper;
    return true;
  }

  private insert(lower: Buffer, upper: Buffer): void {
    const merged = { lower, upper };
    const first = lowerBound(this.all, lower, (range) => range.upper);
    let end = first;
    for (let next = this.all[end]; next && Buffer.compare(next.lower, upper) <= 0; next = this.all[end]) {
      if (Buffer.compare(next.lower, merged.lower) < 0) merged.lower = next.lower;
      if (Buffer.compare(next.upper, merged.upper) > 0) merged.upper = next.upper;
      end += 1;
    }
    this.all.splice(first, end - first, merged);
    this.last = first;
  }
}

export class ReadSet {
  private readonly byIndex = new Map<number, IndexRanges>();
  private counted = 0;

  /**
   * How many ranges Convex counts towards its limit of reads: those that functions read, and of an index that a function
   * has read, also those that come from inserts (convex-backend, crates/database/src/reads.rs, `record_indexed_directly`,
   * where `num_intervals_before` contains the intervals of `record_indexed_derived`).
   */
  get count(): number {
    return this.counted;
  }

  private rangesOf(indexId: number): IndexRanges {
    const known = this.byIndex.get(indexId);
    if (known) return known;
    const ranges = new IndexRanges();
    this.byIndex.set(indexId, ranges);
    return ranges;
  }

  /** Adds the keys from `lower` (included) to `upper` (excluded) of an index. */
  add(indexId: number, lower: Buffer, upper: Buffer): void {
    const ranges = this.rangesOf(indexId);
    const before = ranges.all.length;
    ranges.add(lower, upper);
    this.counted = Math.max(0, this.counted - before) + ranges.all.length;
  }

  /** As `add`, for a range that was not read but must stay as it is: it counts with the next one that is read. */
  addUnread(indexId: number, lower: Buffer, upper: Buffer): void {
    this.rangesOf(indexId).add(lower, upper);
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
      if (this.overlapsIndex(ranges.all, written.keysOf(indexId))) return true;
    }
    return false;
  }

  /** The ids of the indexes in whose ranges a commit wrote a key. */
  overlappingIndexes(written: WrittenKeys): number[] {
    return [...this.byIndex]
      .filter(([id, ranges]) => this.overlapsIndex(ranges.all, written.keysOf(id)))
      .map(([id]) => id);
  }
}
