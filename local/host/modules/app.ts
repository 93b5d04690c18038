/** Loads an app: its modules, and what it declares in schema.ts and convex.config.ts. */
import type { Value } from "convex/values";
import { z } from "zod";
import { childPath } from "./addresses";
import { UNNAMED } from "./bundle";
import { HostError } from "../lib/errors";
import type { Log } from "../lib/log";
import { loadModules, type LoadedModules } from "./modules";
import { parseSchema, type Schema } from "../store/schema";
import { fits, parseValidator } from "../values/validators";

/** The part of `defineSchema(…)`'s result that the host uses. */
const schemaDefinition = z.custom<{ export: () => string }>(
  (value) => typeof value === "object" && value !== null && "export" in value,
);

/**
 * The schema of the app's schema.ts; without one, documents are not validated. Throws HostError `schemaInvalid` when the
 * module exports no schema or one that Convex would refuse, and `unsupported`.
 */
export function schemaOf(modules: LoadedModules): Schema {
  const module = modules.transaction.get("schema");
  if (!module) return parseSchema(undefined);
  const parsed = schemaDefinition.safeParse(module.default);
  if (!parsed.success) {
    throw new HostError(
      "schemaInvalid",
      "The default export of schema.ts is not a schema: use defineSchema.",
    );
  }
  return parseSchema(parsed.data.export());
}

const binding = z.union([z.string(), z.object({ __envVarRef: z.string() })]);

/** The properties in which `defineApp` and `defineComponent` (convex 1.48) store a definition. */
const definition = z.object({
  _name: z.string().optional(),
  _env: z.record(z.string(), z.object({ isOptional: z.string(), json: z.unknown() })).default({}),
  _childComponents: z
    .array(
      z.tuple([
        z.string(),
        z.object({ componentDefinitionPath: z.string() }),
        z.record(z.string(), binding).nullable(),
        z.string().optional(),
      ]),
    )
    .default([]),
});

type Environment = Record<string, string>;

/** A component's environment: given values, and variables passed on from its parent's environment. */
function environmentOf(bindings: Record<string, z.output<typeof binding>>, parent: Environment): Environment {
  const bound = Object.entries(bindings).map(([name, value]): [string, string | undefined] => [
    name,
    typeof value === "string" ? value : parent[value.__envVarRef],
  ]);
  return Object.fromEntries(bound.filter((entry): entry is [string, string] => entry[1] !== undefined));
}

/**
 * Loads a folder and the components that its convex.config uses, each instance with its own environment. Returns the
 * modules by component path, the folder's own first. `cache`: a folder in which bundles are kept. Throws HostError
 * `functionsUnusable`, `environmentMissing` or `unsupported`.
 */
export async function loadApp(
  folder: string,
  env: Environment,
  log: Log,
  cache?: string,
): Promise<Map<string, LoadedModules>> {
  const load: Load = (each, eachEnv) => loadModules(each, eachEnv, log, cache);
  return await loadComponents(await load(folder, env), env, load, "");
}

type Load = (folder: string, env: Environment) => Promise<LoadedModules>;

/** The modules of a component and of those that it uses, by component path. `path`: its own. */
async function loadComponents(
  modules: LoadedModules,
  env: Environment,
  load: Load,
  path: string,
): Promise<Map<string, LoadedModules>> {
  checkEnvironment(modules, env);
  const loaded = new Map([[path, modules]]);
  for (const [given, { componentDefinitionPath }, bindings, httpPrefix] of definitionOf(modules)
    ._childComponents) {
    if (httpPrefix !== undefined) {
      throw new HostError("unsupported", `Component ${given} serves HTTP, which this host does not support.`);
    }
    const childEnv = environmentOf(bindings ?? {}, env);
    const child = await load(componentDefinitionPath, childEnv);
    const name = given === UNNAMED ? ownNameOf(child, componentDefinitionPath) : given;
    for (const [component, found] of await loadComponents(child, childEnv, load, childPath(path, name))) {
      loaded.set(component, found);
    }
  }
  return loaded;
}

function ownNameOf(modules: LoadedModules, folder: string): string {
  const { _name } = definitionOf(modules);
  if (_name === undefined)
    throw new HostError("functionsUnusable", `The component in ${folder} has no name.`);
  return _name;
}

function definitionOf(modules: LoadedModules): z.output<typeof definition> {
  const parsed = definition.safeParse(modules.action.get("convex.config")?.default);
  return parsed.success ? parsed.data : { _env: {}, _childComponents: [] };
}

/** Throws HostError `environmentMissing` when a declared variable is missing or has a value that is not allowed. */
function checkEnvironment(modules: LoadedModules, env: Environment): void {
  const declared = Object.entries(definitionOf(modules)._env);
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
      `${name} in the functions' environment has a value that convex.config.ts does not allow.`,
    );
  }
}
