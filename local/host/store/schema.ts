/** The app's schema as the host uses it: tables with their indexes and document validators. */
import { z } from "zod";
import { HostError } from "../lib/errors";
import { parseValidator, type ValidatorJson } from "../values/validators";

export type IndexDefinition = { name: string; fields: string[] };
export type TableDefinition = {
  name: string;
  indexes: IndexDefinition[];
  documentType: ValidatorJson | null;
};
export type Schema = { tables: Map<string, TableDefinition>; validates: boolean };

export const SCHEDULED_FUNCTIONS = "_scheduled_functions";

/** Convex gives every table these two without being asked. */
const BUILT_IN_INDEXES: IndexDefinition[] = [
  { name: "by_id", fields: ["_id"] },
  { name: "by_creation_time", fields: ["_creationTime"] },
];

/** The scheduler's own table; its second index is how due work is found. */
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

/** A table nobody declared, in an app without a schema. */
export function undeclaredTable(name: string): TableDefinition {
  return { name, indexes: BUILT_IN_INDEXES, documentType: null };
}

/** `json`: what `SchemaDefinition.export()` gives; undefined for an app without a schema. */
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
