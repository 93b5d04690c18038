/** Loads the app's modules: bundled once, and evaluated in each of the two environments. */
import { join } from "node:path";
import { compileFunction } from "node:vm";
import { HostError } from "../lib/errors";
import type { Log } from "../lib/log";
import { bundle } from "./bundle";
import { globalsOf, type Environment } from "./environments";

/** A module's exports by name. */
export type Module = Record<string, unknown>;
/** Modules by their path without extension, e.g. "orders/table". */
export type Modules = Map<string, Module>;

function evaluate(script: string, folder: string, globals: Record<string, unknown>): Modules {
  // The environment's globals shadow the real ones; all other globals exist in Convex's runtime too.
  const scope: unknown = new Proxy(globals, {
    get: (own, name) =>
      (Reflect.has(own, name) ? Reflect.get(own, name) : Reflect.get(globalThis, name)) as unknown,
    has: (own, name) => Reflect.has(own, name) || Reflect.has(globalThis, name),
  });
  const names = Object.keys(globals);
  const run = compileFunction(`${script}\nreturn appModules.default;`, [...names, "globalThis", "self"], {
    filename: join(folder, "(bundle)"),
  }) as (...values: unknown[]) => Record<string, Module>;
  return new Map(Object.entries(run(...names.map((name) => globals[name]), scope, scope)));
}

export type LoadedModules = Record<Environment, Modules>;

/** Bundles and evaluates the modules of a folder. Throws HostError `functionsUnusable` or `unsupported`. */
export async function loadModules(
  folder: string,
  env: Record<string, string>,
  log: Log,
): Promise<LoadedModules> {
  const script = await bundle(folder);
  try {
    return {
      transaction: evaluate(script, folder, globalsOf("transaction", env, log)),
      action: evaluate(script, folder, globalsOf("action", env, log)),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HostError("functionsUnusable", `The functions in ${folder} could not be loaded: ${reason}`);
  }
}
