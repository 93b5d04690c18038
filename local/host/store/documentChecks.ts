/**
 * Checks stored documents against a schema before it is used, as Convex does when one is deployed (convex-backend,
 * crates/application/src/schema_worker). A table is read only when its validator has changed since its last check.
 */
import { jsonToConvex, type JSONValue } from "convex/values";
import { HostError } from "../lib/errors";
import { tableNumberOf } from "../values/documentIds";
import { validate, type IsId } from "../values/validators";
import { SCHEDULED_FUNCTIONS, type Schema } from "./schema";
import type { Store } from "./store";

/** The name under which the store keeps the validator that a table's documents were last checked against. */
function noteOf(storedTable: string): string {
  return `enforced:${storedTable}`;
}

/** The validators that a schema enforces, as JSON text, by the stored names of their tables. */
function enforced(schema: Schema, prefix: string): Map<string, string> {
  if (!schema.validates) return new Map();
  const tables = [...schema.tables.values()].filter(({ documentType }) => documentType !== null);
  return new Map(tables.map(({ name, documentType }) => [prefix + name, JSON.stringify(documentType)]));
}

/**
 * Throws HostError `dataMismatch` when a document of the app or component with this prefix does not match the schema.
 * Nothing is checked when the schema is not enforced.
 */
export function assertDocumentsMatch(store: Store, schema: Schema, prefix: string): void {
  const validators = enforced(schema, prefix);
  const numbers = store.tableNumbers();
  const isId: IsId = (table, id) =>
    tableNumberOf(id) === numbers.get(table === SCHEDULED_FUNCTIONS ? table : prefix + table);
  for (const { name, documentType } of schema.tables.values()) {
    const stored = prefix + name;
    const validator = validators.get(stored);
    if (documentType === null || validator === undefined || store.metadata(noteOf(stored)) === validator)
      continue;
    for (const { id, body } of store.documentsOf(stored)) {
      const { _id, _creationTime, ...fields } = JSON.parse(body) as Record<string, JSONValue>;
      try {
        validate(documentType, jsonToConvex(fields), "", isId);
      } catch (error) {
        throw mismatch(id, stored, error);
      }
    }
  }
}

function mismatch(id: string, table: string, error: unknown): HostError {
  const reason = error instanceof Error ? error.message.replace(/^: /, "") : String(error);
  return new HostError(
    "dataMismatch",
    `Schema validation failed. Document with ID "${id}" in table "${table}" does not match the schema: ${reason}\n` +
      "Let the schema allow this form too (v.union, v.optional), change the documents, and then narrow it; or set " +
      "schemaValidation to false.",
  );
}

/** Records which validators the tables are checked against from now on, after `assertDocumentsMatch`. */
export function recordEnforced(store: Store, schema: Schema, prefix: string): void {
  const validators = enforced(schema, prefix);
  for (const stored of store.tableNumbers().keys()) {
    const isOwn = stored.startsWith(prefix) && !stored.slice(prefix.length).includes("/");
    const validator = validators.get(stored) ?? "";
    const note = noteOf(stored);
    if (isOwn && (store.metadata(note) ?? "") !== validator) store.setMetadata(note, validator);
  }
}
