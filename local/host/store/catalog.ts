/** The tables and indexes of an app or component, with their numbers in the store. Updates the store to the schema. */
import { jsonToConvex, type JSONValue, type Value } from "convex/values";
import { tableNumberOf } from "../values/documentIds";
import { encodeKey } from "../values/keys";
import { recordEnforced } from "./documentChecks";
import { assertTableName } from "./identifiers";
import {
  SCHEDULED_FUNCTIONS,
  undeclaredTable,
  type IndexDefinition,
  type Schema,
  type TableDefinition,
} from "./schema";
import { searchKeysOf } from "./searchIndexes";
import type { Store } from "./store";

export type JsonDocument = { [field: string]: JSONValue };

/** `table`: its name in the store. */
export type Index = IndexDefinition & { id: number; table: string };
export type Table = {
  name: string;
  /** The table's name in the store, which begins with the component's path. */
  storedName: string;
  number: number;
  definition: TableDefinition;
  indexes: Map<string, Index>;
};

function valueAt(document: JsonDocument, path: readonly string[]): JSONValue | undefined {
  let current: JSONValue | undefined = document;
  for (const name of path) {
    if (typeof current !== "object" || current === null || Array.isArray(current)) return undefined;
    current = Object.hasOwn(current, name) ? current[name] : undefined;
  }
  return current;
}

function toValue(json: JSONValue | undefined): Value | undefined {
  return typeof json === "object" && json !== null ? jsonToConvex(json) : json;
}

/** The value at a dotted path; undefined when there is none. */
export function fieldOf(document: JsonDocument, path: string): Value | undefined {
  return toValue(valueAt(document, path.split(".")));
}

/** By index, since every query asks for them. */
const keyFields = new WeakMap<IndexDefinition, readonly string[]>();

/** The fields that a key consists of, up to the id, which makes it unique. A range of the index compares these. */
export function keyFieldsOf(index: IndexDefinition): readonly string[] {
  const known = keyFields.get(index);
  if (known) return known;
  const all = [...new Set([...index.fields, "_creationTime", "_id"])];
  const fields = all.slice(0, all.indexOf("_id") + 1);
  keyFields.set(index, fields);
  return fields;
}

/** The paths of an index's key fields, by index: every write of a document follows those of all its table's indexes. */
const keyPaths = new WeakMap<IndexDefinition, readonly (readonly string[])[]>();

function keyPathsOf(index: IndexDefinition): readonly (readonly string[])[] {
  const known = keyPaths.get(index);
  if (known) return known;
  const tail = ["_creationTime", "_id"].filter((name) => !index.fields.includes(name));
  const paths = [...index.fields, ...tail].map((path) => path.split("."));
  keyPaths.set(index, paths);
  return paths;
}

/**
 * A document's key in an index. It ends with creation time and id, which make it unique and order equal values by age.
 */
function indexKeyOf(index: IndexDefinition, document: JsonDocument): Buffer {
  return encodeKey(keyPathsOf(index).map((path) => toValue(valueAt(document, path))));
}

/** Whether two versions of a document surely have the same keys in an index. False where only the keys can tell. */
export function haveSameKeys(index: IndexDefinition, before: JsonDocument, after: JsonDocument): boolean {
  return keyPathsOf(index).every((path) => {
    const value = valueAt(before, path);
    return value === valueAt(after, path) && (typeof value !== "object" || value === null);
  });
}

/** A document's keys in an index: one, and in a search index one for each term. */
export function indexKeysOf(index: IndexDefinition, document: JsonDocument): Buffer[] {
  const { search } = index;
  return search
    ? searchKeysOf(fieldOf(document, search.searchField), document._id)
    : [indexKeyOf(index, document)];
}

/** What the store knows of tables and indexes. */
type StoredTables = { numbers: Map<string, number>; indexes: ReturnType<Store["indexes"]> };

export class Catalog {
  private readonly tables = new Map<string, Table>();
  private readonly names = new Map<number, string>();

  /**
   * `prefix`: the beginning of stored table names, e.g. "workpool/" for a component and "" for the app. Stored documents
   * must match the schema (`assertDocumentsMatch`).
   */
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
      const stored = { numbers: store.tableNumbers(), indexes: store.indexes() };
      for (const definition of schema.tables.values()) this.add(definition, stored);
    });
    recordEnforced(store, schema, prefix);
  }

  /** A table's name in the store. All components share one table of scheduled functions. */
  private storedName(name: string): string {
    return name === SCHEDULED_FUNCTIONS ? name : this.prefix + name;
  }

  /** The reverse of `storedName`; undefined when the table belongs to another component. */
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

  /** `numbers`, `indexes`: as they are stored. */
  private add(definition: TableDefinition, { numbers, indexes: storedIndexes }: StoredTables): Table {
    const { name } = definition;
    const stored = this.storedName(name);
    let number = numbers.get(stored);
    if (number === undefined) {
      number = Math.max(0, ...numbers.values()) + 1;
      this.store.addTable(stored, number);
      this.names.set(number, name);
      numbers.set(stored, number);
    }
    const known = storedIndexes.filter((index) => index.table === stored);
    const indexes = definition.indexes.map((index): [string, Index] => {
      const id = known.find((other) => other.name === index.name)?.id ?? this.backfill(stored, index);
      return [index.name, { ...index, id, table: stored }];
    });
    const table: Table = { name, storedName: stored, number, definition, indexes: new Map(indexes) };
    this.tables.set(name, table);
    return table;
  }

  /** Creates an index with the entries of all existing documents. Returns its id. */
  private backfill(table: string, index: IndexDefinition): number {
    const indexId = this.store.addIndex(table, index.name, index.fields);
    for (const { id, body } of this.store.documentsOf(table)) {
      const keys = indexKeysOf(index, JSON.parse(body) as JsonDocument);
      for (const key of keys) this.store.addEntry({ indexId, key, documentId: id });
    }
    return indexId;
  }

  /**
   * A table, which is created on first use when the schema does not declare it: on Convex too, a schema restricts the
   * documents of its own tables only, and any other table is empty until something is inserted (convex-backend,
   * `UserFacingModel::insert` and `DatabaseSchema::check_value`). Throws for a name that is no identifier or reserved.
   */
  table(name: string): Table {
    const known = this.tables.get(name);
    if (known) return known;
    assertTableName(name);
    let created: Table | undefined;
    this.store.atomically(() => {
      created = this.add(undeclaredTable(name), { numbers: this.store.tableNumbers(), indexes: [] });
    });
    if (!created) throw new Error(`Table "${name}" could not be created.`);
    return created;
  }

  private exists(name: string): boolean {
    return this.tables.has(name) || [...this.names.values()].includes(name);
  }

  /** Throws for an unknown index, and every index of an unknown table is one, as on Convex. */
  index(tableName: string, indexName: string): Index {
    const index = this.exists(tableName) ? this.table(tableName).indexes.get(indexName) : undefined;
    if (!index) throw new Error(`Index ${tableName}.${indexName} not found.`);
    return index;
  }

  /** The table that an id belongs to; undefined when the text is not an id of any of these tables. */
  tableOfId(id: string): string | undefined {
    const number = tableNumberOf(id);
    return number === undefined ? undefined : this.names.get(number);
  }

  readonly isId = (tableName: string, id: string): boolean => this.tableOfId(id) === tableName;
}
