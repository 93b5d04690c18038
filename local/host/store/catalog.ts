/** Tables and indexes of the running app, with the numbers the store knows them by; brought in step at deployment. */
import { jsonToConvex, type JSONValue, type Value } from "convex/values";
import { tableNumberOf } from "../values/documentIds";
import { encodeKey } from "../values/keys";
import {
  SCHEDULED_FUNCTIONS,
  undeclaredTable,
  type IndexDefinition,
  type Schema,
  type TableDefinition,
} from "./schema";
import type { Store } from "./store";

export type JsonDocument = { [field: string]: JSONValue };

export type Index = IndexDefinition & { id: number };
export type Table = {
  name: string;
  /** Its name in the store. */
  stored: string;
  number: number;
  definition: TableDefinition;
  indexes: Map<string, Index>;
};

/** The value at a dotted path; undefined where there is none. */
export function fieldOf(document: JsonDocument, path: string): Value | undefined {
  let current: JSONValue | undefined = document;
  for (const name of path.split(".")) {
    if (typeof current !== "object" || current === null || Array.isArray(current)) return undefined;
    current = Object.hasOwn(current, name) ? current[name] : undefined;
  }
  return current === undefined ? undefined : jsonToConvex(current);
}

/** A document's key in an index. Creation time and id end it, so that keys are unique and ties in age order. */
export function keyIn(index: IndexDefinition, document: JsonDocument): Buffer {
  const tail = ["_creationTime", "_id"].filter((name) => !index.fields.includes(name));
  return encodeKey([...index.fields, ...tail].map((path) => fieldOf(document, path)));
}

export class Catalog {
  private readonly tables = new Map<string, Table>();
  private readonly names = new Map<number, string>();

  /** `prefix` goes before the names of a component's tables, e.g. "workpool/"; the app itself has none. */
  constructor(
    private readonly store: Store,
    readonly schema: Schema,
    private readonly prefix = "",
  ) {
    this.store.atomically(() => {
      for (const [stored, number] of store.tableNumbers()) {
        const name = this.ownName(stored);
        if (name !== undefined) this.names.set(number, name);
      }
      this.dropUnknownIndexes();
      for (const definition of schema.tables.values()) this.add(definition);
    });
  }

  /** What the store calls a table. What is scheduled is in one table, whichever component scheduled it. */
  private storedName(name: string): string {
    return name === SCHEDULED_FUNCTIONS ? name : this.prefix + name;
  }

  /** The name here of a table in the store; undefined when it is another component's. */
  private ownName(stored: string): string | undefined {
    if (stored === SCHEDULED_FUNCTIONS) return stored;
    const name = stored.startsWith(this.prefix) ? stored.slice(this.prefix.length) : "/";
    return name.includes("/") ? undefined : name;
  }

  private dropUnknownIndexes(): void {
    for (const { id, table, name, fields } of this.store.indexes()) {
      const own = this.ownName(table);
      const definition = own === undefined ? undefined : this.schema.tables.get(own);
      if (!definition) continue;
      const wanted = definition.indexes.find((index) => index.name === name);
      if (wanted?.fields.join() !== fields.join()) this.store.dropIndex(id);
    }
  }

  private add(definition: TableDefinition): Table {
    const { name } = definition;
    const stored = this.storedName(name);
    const numbers = this.store.tableNumbers();
    let number = numbers.get(stored);
    if (number === undefined) {
      number = Math.max(0, ...numbers.values()) + 1;
      this.store.addTable(stored, number);
      this.names.set(number, name);
    }
    const known = this.store.indexes().filter((index) => index.table === stored);
    const indexes = definition.indexes.map((index): [string, Index] => {
      const id = known.find((other) => other.name === index.name)?.id ?? this.fill(stored, index);
      return [index.name, { ...index, id }];
    });
    const table: Table = { name, stored, number, definition, indexes: new Map(indexes) };
    this.tables.set(name, table);
    return table;
  }

  private fill(table: string, index: IndexDefinition): number {
    const indexId = this.store.addIndex(table, index.name, index.fields);
    for (const { id, body } of this.store.documentsOf(table)) {
      const key = keyIn(index, JSON.parse(body) as JsonDocument);
      this.store.addEntry({ indexId, key, documentId: id });
    }
    return indexId;
  }

  /** A declared table; in an app whose schema is not enforced, any table, made on first use. */
  table(name: string): Table {
    const known = this.tables.get(name);
    if (known) return known;
    if (this.schema.validates) throw new Error(`Table "${name}" is not in the schema.`);
    let made: Table | undefined;
    this.store.atomically(() => {
      made = this.add(undeclaredTable(name));
    });
    if (!made) throw new Error(`Table "${name}" could not be made.`);
    return made;
  }

  index(tableName: string, indexName: string): Index {
    const index = this.table(tableName).indexes.get(indexName);
    if (!index) throw new Error(`Index ${tableName}.${indexName} not found.`);
    return index;
  }

  /** The table an id belongs to; undefined when it is no id of any table here. */
  tableOfId(id: string): string | undefined {
    const number = tableNumberOf(id);
    return number === undefined ? undefined : this.names.get(number);
  }

  readonly isId = (tableName: string, id: string): boolean => this.tableOfId(id) === tableName;
}
