/** The environment variables that convex/convex.config.ts declares, and those of them that this process was given. */
import type { GenericValidator } from "convex/values";
import app from "../convex/convex.config";

/** The declared environment, which `defineApp` stores in an untyped property. */
type DeclaredEnvironment = { _env?: Record<string, GenericValidator & { json: unknown }> };

/** The validators of the declared variables, by name. */
export function declaredVariables(): NonNullable<DeclaredEnvironment["_env"]> {
  return (app as unknown as DeclaredEnvironment)._env ?? {};
}

/** The declared variables that are set in `given`, e.g. in `process.env`. An empty one counts as not set. */
export function settingsIn(given: Record<string, string | undefined>): Record<string, string> {
  const names = Object.keys(declaredVariables());
  return Object.fromEntries(
    names.map((name) => [name, given[name] ?? ""] as const).filter(([, value]) => value !== ""),
  );
}
