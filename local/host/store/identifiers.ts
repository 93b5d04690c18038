/**
 * The names that Convex accepts (convex-backend, crates/convex/sync_types/src/identifier.rs and
 * crates/common/src/bootstrap_model/index/index_validation_error.rs).
 */

/** The highest length of the names of tables and indexes, in characters. */
const LENGTH_MAX = 64;

/** Letters, digits and underscores, of which the first is no digit and at least one is no underscore. */
const IDENTIFIER = /^(?=.*[A-Za-z0-9])[A-Za-z_][A-Za-z0-9_]*$/;

export function isIdentifier(name: string): boolean {
  return name.length <= LENGTH_MAX && IDENTIFIER.test(name);
}

/** Whether a name belongs to Convex: apps cannot give it to tables, fields or indexes. */
export function isReserved(name: string): boolean {
  return name.startsWith("_");
}

/** Throws for a name that an app cannot give to a table. */
export function assertTableName(name: string): void {
  if (!isIdentifier(name)) {
    throw new Error(
      `Invalid table name: "${name}". Identifiers must start with a letter and can only contain letters, digits, and underscores.`,
    );
  }
  if (isReserved(name)) throw new Error(`${name} is a reserved table name.`);
}
