/** The app's schema: tables with their indexes and document validators. */
import { z } from "zod";
import { HostError } from "../lib/errors";
import { parseValidator, type ValidatorJson } from "../values/validators";

export type IndexDefinition = { name: string; fields: string[] };
export type TableDefinition = {
  name: string;
  indexes: IndexDefinition[];
  documentType: ValidatorJson | null;
};
/** `validates`: whether documents must match their table's validator, and tables must be declared. */
export type Schema = { tables: Map<string, TableDefinition>; validates: boolean };

/** The system table of scheduled functions. */
export const SCHEDULED_FUNCTIONS = "_scheduled_functions";

/** The indexes that Convex adds to every table. */
const BUILT_IN_INDEXES: IndexDefinition[] = [
  { name: "by_id", fields: ["_id"] },
  { name: "by_creation_time", fields: ["_creationTime"] },
];

/** The scheduler finds due functions by `by_state`. */
const scheduledFunctions: TableDefinition = {
  name: SCHEDULED_FUNCTIONS,
  indexes: [...BUILT_IN_INDEXES, { name: "by_state", fields: ["state.kind", "scheduledTime"] }],
  documentType: null,
};

const exportedSchema = z.object({
  schemaValidation: z.boolean().optional(),
  tables: z.array(
    z.object({
      tableName: z.string(),
      indexes: z.array(z.object({ indexDescriptor: z.string(), fields: z.array(z.string()) })),
      searchIndexes: z.array(z.unknown()).optional(),
      vectorIndexes: z.array(z.unknown()).optional(),
      documentType: z.unknown(),
    }),
  ),
});

/** The definition of a table that is not in the schema, in an app that does not enforce one. */
export function undeclaredTable(name: string): TableDefinition {
  return { name, indexes: BUILT_IN_INDEXES, documentType: null };
}

/**
 * Parses what `SchemaDefinition.export()` returns; undefined for an app without a schema. Throws HostError `unsupported`
 * for search and vector indexes.
 */
export function parseSchema(json: string | undefined): Schema {
  const tables = new Map<string, TableDefinition>([[SCHEDULED_FUNCTIONS, scheduledFunctions]]);
  if (json === undefined) return { tables, validates: false };
  const exported = exportedSchema.parse(JSON.parse(json));
  for (const { tableName, indexes, searchIndexes, vectorIndexes, documentType } of exported.tables) {
    if ((searchIndexes?.length ?? 0) > 0 || (vectorIndexes?.length ?? 0) > 0) {
      throw new HostError(
        "unsupported",
        `Table ${tableName} has a search or vector index: this host does not support them.`,
      );
    }
    tables.set(tableName, {
      name: tableName,
      indexes: [
        ...BUILT_IN_INDEXES,
        ...indexes.map(({ indexDescriptor, fields }) => ({ name: indexDescriptor, fields })),
      ],
      documentType: parseValidator(documentType),
    });
  }
  return { tables, validates: exported.schemaValidation ?? true };
}
