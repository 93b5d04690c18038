/**
 * The app's modules. Its own files are evaluated anew for every run that needs them, so that what they keep in variables
 * ends with the run, as on Convex. Those that can keep nothing are evaluated once in a realm, as packages are.
 */

export type Exports = Record<string, unknown>;
/** `freeze`: called by a stateless file with its constants and functions. */
type Module = { exports: Exports; freeze: (values: readonly unknown[]) => void };
export type Factory = (module: Module, exports: Exports, require: (name: string) => Exports) => void;

/** What an import stands for: another own file, a module of a package, or a value. */
export type Target = { file: string } | { library: string } | { value: Exports };

/** `isStateless`: see stateless.ts; such a file imports no other own files than such. */
export type OwnFile = { factory: Factory; imports: Record<string, Target>; isStateless: boolean };

/** Makes lists and plain objects, with all that they contain, unchangeable, and functions themselves. */
function freeze(values: readonly unknown[]): void {
  for (const value of values) {
    if (typeof value === "function") Object.freeze(value);
    if (typeof value !== "object" || value === null || Object.isFrozen(value)) continue;
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== Array.prototype) continue;
    freeze(Object.values(Object.freeze(value)));
  }
}

/** Returns a function that creates a new set of modules, which evaluates each file when it is first imported. */
export function createModules(
  files: ReadonlyMap<string, OwnFile>,
  libraries: Record<string, () => Exports>,
): () => (file: string) => Exports {
  const evaluated = new Map<string, Exports>();
  const kept = new Map<string, Module>();
  const libraryOf = (name: string): Exports => {
    const known = evaluated.get(name) ?? libraries[name]?.();
    if (!known) throw new Error(`There is no module ${name}.`);
    evaluated.set(name, known);
    return known;
  };
  return () => {
    const fresh = new Map<string, Module>();
    const load = (name: string): Exports => {
      const file = files.get(name);
      if (!file) throw new Error(`There is no module ${name}.`);
      const loaded = file.isStateless ? kept : fresh;
      const known = loaded.get(name);
      if (known) return known.exports;
      const module: Module = { exports: {}, freeze };
      loaded.set(name, module);
      try {
        file.factory(module, module.exports, (specifier) => {
          const target = file.imports[specifier];
          if (!target) throw new Error(`There is no module ${specifier}.`);
          if ("value" in target) return target.value;
          return "file" in target ? load(target.file) : libraryOf(target.library);
        });
      } catch (error) {
        loaded.delete(name);
        throw error;
      }
      return module.exports;
    };
    return load;
  };
}
