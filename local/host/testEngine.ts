/** The engine under `hostTest`: a store, functions whose modules are loaded on first use, and a scheduler. */
import type { GenericSchema, SchemaDefinition } from "convex/server";
import type { Component } from "./functions/componentRegistry";
import { Functions } from "./functions/functions";
import { createLog, type Log } from "./lib/log";
import type { Module, Modules } from "./modules/modules";
import { Scheduler } from "./scheduler/scheduler";
import { Catalog } from "./store/catalog";
import { assertDocumentsMatch } from "./store/documentChecks";
import { parseSchema } from "./store/schema";
import { Store } from "./store/store";

/** The result of `import.meta.glob("./**\/*.*s")`. */
export type ModuleGlob = Record<string, () => Promise<unknown>>;

export type HostTestOptions = {
  /** The data folder; absent: the data is in memory. */
  data?: string;
  log?: Log;
};

/** The module of functions that tests write inline. */
export const INLINE = "_inline";

type LazyModules = Required<Pick<Component, "modules" | "load">>;

/**
 * The modules of the folder that contains `_generated`. Each is loaded with the first call of one of its functions, so that a
 * test beside them, or a module that throws while it is loaded, does not break the others. Throws when there is no such
 * folder.
 */
function lazyModules(glob: ModuleGlob): LazyModules {
  const generated = Object.keys(glob).find((path) => path.includes("/_generated/"));
  if (generated === undefined)
    throw new Error("hostTest needs the modules of a folder that contains _generated.");
  const root = generated.slice(0, generated.indexOf("_generated/"));
  const files = new Map(Object.entries(glob).map(([path, read]) => [path.replace(/\.[^/.]*$/, ""), read]));
  const modules: Modules = new Map([[INLINE, {}]]);
  const load = (name: string) => {
    const read = modules.has(name) ? undefined : files.get(root + name);
    return read?.().then((module) => void modules.set(name, module as Module));
  };
  return { modules: { transaction: modules, action: modules }, load };
}

/** A component that the test registered. */
export type Registered = { path: string; schema: SchemaDefinition<GenericSchema, boolean>; glob: ModuleGlob };

export type Engine = { store: Store; functions: Functions; scheduler: Scheduler; app: LazyModules };

export async function openEngine(
  schema: SchemaDefinition<GenericSchema, boolean> | undefined,
  glob: ModuleGlob,
  registered: readonly Registered[],
  { data, log = createLog("error") }: HostTestOptions,
): Promise<Engine> {
  const store = new Store(data ?? null);
  const components = new Map<string, Component>();
  const add = (path: string, own: typeof schema, ownGlob: ModuleGlob): LazyModules => {
    const modules = lazyModules(ownGlob);
    const exported = own as { export: () => string } | undefined;
    const [parsed, prefix] = [parseSchema(exported?.export()), path === "" ? "" : `${path}/`];
    assertDocumentsMatch(store, parsed, prefix);
    const catalog = new Catalog(store, parsed, prefix);
    components.set(path, { ...modules, catalog });
    return modules;
  };
  const app = add("", schema, glob);
  for (const component of registered) add(component.path, component.schema, component.glob);
  const functions = new Functions({ store, components, log });
  const scheduler = new Scheduler(functions);
  await scheduler.startWithoutCleanup();
  return { store, functions, scheduler, app };
}
