/**
 * What Convex refuses about a schema when it is deployed (convex-backend, crates/common/src/schemas/json.rs and mod.rs,
 * crates/common/src/bootstrap_model/index, and `_validate_user_defined_index_fields` in crates/application/src/lib.rs).
 */
import { HostError } from "../lib/errors";
import type { ValidatorJson } from "../values/validators";
import { assertTableName, isIdentifier, isReserved } from "./identifiers";

/** A table as a schema exports it. `indexes` and `searchIndexes` include those that are staged. */
export type DeclaredTable = {
  name: string;
  indexes: readonly { name: string; fields: readonly string[] }[];
  searchIndexes: readonly { name: string; searchField: string; filterFields: readonly string[] }[];
  vectorIndexes: readonly { name: string }[];
  documentType: ValidatorJson;
};

const INDEXES_MAX = 64;
/** Convex's limit is 16, of which it uses one for `_creationTime`, which it adds to every index. */
const INDEX_FIELDS_MAX = 15;
const FILTER_FIELDS_MAX = 16;

const BUILT_IN = ["by_id", "by_creation_time"];

function assertThat(condition: boolean, mistake: string): void {
  if (!condition) throw new Error(mistake);
}

/** Whether a document of this type can have a field at this path. Records have no field with a name known before. */
function canContain(type: ValidatorJson, path: readonly string[]): boolean {
  const [name, ...rest] = path;
  if (name === undefined || type.type === "any") return true;
  if (type.type === "union") return type.value.some((member) => canContain(member, path));
  if (type.type !== "object") return false;
  const field = Object.hasOwn(type.value, name) ? type.value[name] : undefined;
  return field !== undefined && canContain(field.fieldType, rest);
}

/** The validators directly within a validator. Throws for names of fields and tables that Convex refuses. */
function partsOf(type: ValidatorJson): ValidatorJson[] {
  switch (type.type) {
    case "object":
      for (const name of Object.keys(type.value)) {
        assertThat(
          isIdentifier(name),
          `Field name "${name}" is not an identifier: it must have 64 characters or less, start with a letter or an underscore, and contain only letters, digits and underscores.`,
        );
      }
      return Object.values(type.value).map(({ fieldType }) => fieldType);
    case "id":
      assertThat(isIdentifier(type.tableName), `v.id("${type.tableName}") names no valid table.`);
      return [];
    case "record":
      assertThat(isRecordKey(type.keys), "Records can have keys of v.string() and v.id(…) only.");
      return [type.keys, type.values.fieldType];
    case "array":
      return [type.value];
    case "union":
      return type.value;
    default:
      return [];
  }
}

function isRecordKey(type: ValidatorJson): boolean {
  if (type.type === "union") return type.value.every(isRecordKey);
  return type.type === "string" || type.type === "id";
}

function checkType(type: ValidatorJson): void {
  for (const part of partsOf(type)) checkType(part);
}

function checkDocumentType({ name, documentType }: DeclaredTable): void {
  const members = documentType.type === "union" ? documentType.value : [documentType];
  const isDocument = members.every(({ type }) => type === "object");
  assertThat(
    isDocument || documentType.type === "any",
    `The document validator of table "${name}" must be an object, a union of objects, or v.any().`,
  );
  checkType(documentType);
}

function checkIndexFields(name: string, fields: readonly string[]): void {
  for (const field of fields) {
    const isPath = field.split(".").every(isIdentifier);
    assertThat(isPath, `In index "${name}": Invalid index field: "${field}".`);
  }
  assertThat(
    !fields.includes("_id"),
    `In index "${name}": "_id" is not a valid index field. To load documents by ID, use db.get().`,
  );
  assertThat(
    !fields.includes("_creationTime"),
    `In index "${name}": "_creationTime" is automatically added to the end of each index. It should not be added explicitly.`,
  );
  assertThat(
    !fields.some((field) => field.split(".").some(isReserved)),
    `In index "${name}": Reserved fields (starting with "_") are not allowed in indexes.`,
  );
  assertThat(
    fields.length <= INDEX_FIELDS_MAX,
    `In index "${name}": Indexes may have up to 16 fields, of which "_creationTime" is added by Convex.`,
  );
  const doubled = firstDoubled(fields);
  assertThat(
    doubled === undefined,
    `In index "${name}": Duplicate field "${doubled}". Index fields must be unique within an index.`,
  );
}

function firstDoubled(names: readonly string[]): string | undefined {
  return names.find((name, position) => names.indexOf(name) !== position);
}

function checkIndexes({ name, indexes, searchIndexes, vectorIndexes }: DeclaredTable): void {
  const all = [...indexes, ...searchIndexes, ...vectorIndexes];
  assertThat(all.length <= INDEXES_MAX, `Table "${name}" cannot have more than ${INDEXES_MAX} indexes.`);
  for (const index of all) {
    assertThat(
      isIdentifier(index.name),
      `In table "${name}": Invalid index name: "${index.name}". Identifiers must be 64 characters or less, start with a letter, and only contain letters, digits, underscores.`,
    );
    assertThat(
      !isReserved(index.name) && !BUILT_IN.includes(index.name),
      `In table "${name}" cannot name an index "${index.name}" because the name is reserved. Indexes may not start with an underscore or be named "by_id" or "by_creation_time".`,
    );
  }
  for (const index of indexes) {
    assertThat(
      index.fields.length > 0,
      `In table "${name}" index "${index.name}" must have at least one field.`,
    );
    checkIndexFields(index.name, index.fields);
  }
  const doubled = firstDoubled(all.map((index) => index.name));
  assertThat(doubled === undefined, `Table "${name}" has two or more definitions of index "${doubled}".`);
  const byFields = new Map<string, string>();
  for (const index of indexes) {
    const same = byFields.get(index.fields.join());
    assertThat(
      same === undefined,
      `In table "${name}" index "${index.name}" and index "${same}" have the same fields. Indexes must be unique within a table.`,
    );
    byFields.set(index.fields.join(), index.name);
  }
}

function checkSearchIndexes({ name, searchIndexes }: DeclaredTable): void {
  const byFields = new Map<string, string>();
  for (const index of searchIndexes) {
    assertThat(
      new Set(index.filterFields).size <= FILTER_FIELDS_MAX,
      `In index "${index.name}": Search indexes may have up to ${FILTER_FIELDS_MAX} filter fields.`,
    );
    const fields = [index.searchField, ...[...new Set(index.filterFields)].sort()].join();
    const same = byFields.get(fields);
    assertThat(
      same === undefined,
      `In table "${name}" search index "${index.name}" and search index "${same}" have the same "searchField" and filter fields.`,
    );
    byFields.set(fields, index.name);
  }
}

function checkIndexReferences({ name, indexes, searchIndexes, documentType }: DeclaredTable): void {
  const referenced = [
    ...indexes.map((index) => ({ name: index.name, fields: index.fields })),
    ...searchIndexes.map((index) => ({
      name: index.name,
      fields: [index.searchField, ...index.filterFields],
    })),
  ];
  for (const index of referenced) {
    const missing = index.fields.find(
      (field) => !isReserved(field) && !canContain(documentType, field.split(".")),
    );
    assertThat(
      missing === undefined,
      `In table "${name}" the index "${index.name}" is invalid because it references the field "${missing}" that does not exist.`,
    );
  }
}

/**
 * Throws HostError `schemaInvalid` for a schema that Convex would refuse. `validates`: whether documents must match it;
 * only then indexes must be over fields that documents can have.
 */
export function assertValidSchema(tables: readonly DeclaredTable[], validates: boolean): void {
  try {
    for (const table of tables) {
      assertTableName(table.name);
      checkDocumentType(table);
      checkIndexes(table);
      checkSearchIndexes(table);
      if (validates) checkIndexReferences(table);
    }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HostError("schemaInvalid", `Convex refuses this schema; correct schema.ts. ${reason}`);
  }
}
