/** What an app declares of itself beside its functions: its schema, and in convex.config.ts what it needs to run. */
import type { Value } from "convex/values";
import { z } from "zod";
import { HostError } from "./errors";
import type { LoadedModules } from "./modules";
import { parseSchema, type Schema } from "./schema";
import { fits, parseValidator } from "./validation";

/** `defineSchema(…)`, as far as the host asks it. */
const schemaDefinition = z.custom<{ export: () => string }>(
  (value) => typeof value === "object" && value !== null && "export" in value,
);

/** The schema of the app's schema.ts; an app without one keeps what it likes. */
export function schemaOf(modules: LoadedModules): Schema {
  const parsed = schemaDefinition.safeParse(modules.transaction.get("schema")?.default);
  return parseSchema(parsed.success ? parsed.data.export() : undefined);
}

/** What `defineApp` (convex 1.48) keeps of its definition. */
const appDefinition = z.object({
  _env: z.record(z.string(), z.object({ isOptional: z.string(), json: z.unknown() })).default({}),
});

/** Throws HostError when the environment is not as the app declares it. */
export function checkEnvironment(modules: LoadedModules, env: Record<string, string>): void {
  const parsed = appDefinition.safeParse(modules.action.get("convex.config")?.default);
  if (!parsed.success) return;
  const declared = Object.entries(parsed.data._env);
  const missing = declared
    .filter(([name, { isOptional }]) => isOptional !== "optional" && env[name] === undefined)
    .map(([name]) => name);
  if (missing.length > 0) {
    throw new HostError(
      "environmentMissing",
      `Set ${missing.join(", ")} in the functions' environment: convex.config.ts requires ${missing.length === 1 ? "it" : "them"}.`,
    );
  }
  const isId = () => false;
  for (const [name, { json }] of declared) {
    const value: Value | undefined = env[name];
    if (value === undefined || fits(parseValidator(json), value, isId)) continue;
    throw new HostError(
      "environmentMissing",
      `${name} in the functions' environment is not what convex.config.ts allows.`,
    );
  }
}
