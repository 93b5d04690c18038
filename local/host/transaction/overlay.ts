/** What one transaction wrote: the documents, and their index entries over those of the store. */
import { indexKeysOf, type JsonDocument, type Table } from "../store/catalog";
import type { Range } from "../store/store";
import { lowerBound } from "./readSet";

/**
 * A written document. `document`: null when it was deleted; `text`: its JSON; `size`: in bytes, as Convex counts them.
 * `before`: as it is stored, which is null for a document of this transaction.
 */
export type Written = {
  document: JsonDocument | null;
  text: string;
  size: number;
  table: Table;
  before: JsonDocument | null;
};

/** The entry of a document that this transaction wrote. */
export type OwnEntry = { key: Buffer; id: string };

function positionOf(entries: readonly OwnEntry[], key: Buffer): number {
  return lowerBound(entries, key, (entry) => entry.key);
}

export class Overlay {
  private written = new Map<string, Written>();
  /** In key order, of the indexes that this transaction has read since it wrote. */
  private entries = new Map<number, OwnEntry[]>();

  get isEmpty(): boolean {
    return this.written.size === 0;
  }

  get(id: string): Written | undefined {
    return this.written.get(id);
  }

  /** The written documents by id. */
  get documents(): ReadonlyMap<string, Written> {
    return this.written;
  }

  /** Notes a write. `seen`: the document as the transaction saw it before. */
  put(id: string, written: Omit<Written, "before">, seen: JsonDocument | null): void {
    const earlier = this.written.get(id);
    this.written.set(id, { ...written, before: earlier ? earlier.before : seen });
    for (const index of written.table.indexes.values()) {
      const entries = this.entries.get(index.id);
      if (!entries) continue;
      for (const key of earlier?.document ? indexKeysOf(index, earlier.document) : []) {
        const position = positionOf(entries, key);
        if (entries[position]?.id === id) entries.splice(position, 1);
      }
      for (const key of written.document ? indexKeysOf(index, written.document) : []) {
        entries.splice(positionOf(entries, key), 0, { key, id });
      }
    }
  }

  /** The entries of written documents in a range, in key order. */
  entriesIn({ indexId, lower, upper }: Range): OwnEntry[] {
    if (this.isEmpty) return [];
    const entries = this.entries.get(indexId) ?? this.buildEntries(indexId);
    return entries.slice(positionOf(entries, lower), positionOf(entries, upper));
  }

  private buildEntries(indexId: number): OwnEntry[] {
    const entries: OwnEntry[] = [];
    for (const [id, { document, table }] of this.written) {
      const index = document && [...table.indexes.values()].find((each) => each.id === indexId);
      if (index) for (const key of indexKeysOf(index, document)) entries.push({ key, id });
    }
    entries.sort((a, b) => Buffer.compare(a.key, b.key));
    this.entries.set(indexId, entries);
    return entries;
  }

  /** Returns a function that undoes every write since. */
  savepoint(): () => void {
    const written = new Map(this.written);
    const entries = new Map([...this.entries].map(([index, own]) => [index, [...own]]));
    return () => {
      this.written = written;
      this.entries = entries;
    };
  }
}
