/** The app's schema: tables with their indexes and document validators. */
import { z } from "zod";
import { HostError } from "../lib/errors";
import { parseValidator, type ValidatorJson } from "../values/validators";
import { isReserved } from "./identifiers";
import { assertValidSchema, type DeclaredTable } from "./schemaChecks";
import { storedFieldsOf, type SearchDefinition } from "./searchIndexes";

/** `search`: of a text search index, whose `fields` only tell the store when to fill it anew. */
export type IndexDefinition = { name: string; fields: string[]; search?: SearchDefinition };
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

const exportedIndexes = z
  .array(z.object({ indexDescriptor: z.string(), fields: z.array(z.string()) }))
  .default([]);
const exportedSearchIndexes = z
  .array(
    z.object({ indexDescriptor: z.string(), searchField: z.string(), filterFields: z.array(z.string()) }),
  )
  .default([]);
const exportedVectorIndexes = z.array(z.object({ indexDescriptor: z.string() })).default([]);

const exportedSchema = z.object({
  schemaValidation: z.boolean().optional(),
  tables: z.array(
    z.object({
      tableName: z.string(),
      indexes: exportedIndexes,
      stagedDbIndexes: exportedIndexes,
      searchIndexes: exportedSearchIndexes,
      stagedSearchIndexes: exportedSearchIndexes,
      vectorIndexes: exportedVectorIndexes,
      stagedVectorIndexes: exportedVectorIndexes,
      documentType: z.unknown(),
    }),
  ),
});
type ExportedTable = z.output<typeof exportedSchema>["tables"][number];

function declaredTable(table: ExportedTable): DeclaredTable {
  const named = <Index extends { indexDescriptor: string }>({ indexDescriptor, ...index }: Index) => ({
    ...index,
    name: indexDescriptor,
  });
  return {
    name: table.tableName,
    indexes: [...table.indexes, ...table.stagedDbIndexes].map(named),
    searchIndexes: [...table.searchIndexes, ...table.stagedSearchIndexes].map(named),
    vectorIndexes: [...table.vectorIndexes, ...table.stagedVectorIndexes].map(named),
    documentType: withoutSystemFields(parseValidator(table.documentType)),
  };
}

/** The indexes that queries can use: those that are not staged. */
function enabledIndexes({ indexes, searchIndexes }: ExportedTable): IndexDefinition[] {
  return [
    ...indexes.map(({ indexDescriptor, fields }) => ({ name: indexDescriptor, fields })),
    ...searchIndexes.map(({ indexDescriptor, ...search }) => ({
      name: indexDescriptor,
      fields: storedFieldsOf(search),
      search,
    })),
  ];
}

/** A schema may name `_id` and `_creationTime`; Convex ignores that, because it sets these fields itself. */
function withoutSystemFields(type: ValidatorJson): ValidatorJson {
  if (type.type === "union") return { ...type, value: type.value.map(withoutSystemFields) };
  if (type.type !== "object") return type;
  const fields = Object.entries(type.value).filter(([name]) => !isReserved(name));
  return { ...type, value: Object.fromEntries(fields) };
}

/** The definition of a table that is not in the schema, in an app that does not enforce one. */
export function undeclaredTable(name: string): TableDefinition {
  return { name, indexes: BUILT_IN_INDEXES, documentType: null };
}

/**
 * Parses what `SchemaDefinition.export()` returns; undefined for an app without a schema. Throws HostError
 * `schemaInvalid` for a schema that Convex would refuse, and `unsupported` for vector indexes.
 */
export function parseSchema(json: string | undefined): Schema {
  const tables = new Map<string, TableDefinition>([[SCHEDULED_FUNCTIONS, scheduledFunctions]]);
  if (json === undefined) return { tables, validates: false };
  const exported = exportedSchema.parse(JSON.parse(json));
  const validates = exported.schemaValidation ?? true;
  const declared = exported.tables.map((table) => ({ ...declaredTable(table), exported: table }));
  assertValidSchema(declared, validates);
  for (const { name, vectorIndexes, documentType, exported: table } of declared) {
    if (vectorIndexes.length > 0) {
      throw new HostError(
        "unsupported",
        `Table ${name} has a vector index: this host does not support them.`,
      );
    }
    tables.set(name, { name, indexes: [...BUILT_IN_INDEXES, ...enabledIndexes(table)], documentType });
  }
  return { tables, validates };
}
