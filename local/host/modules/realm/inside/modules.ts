/**
 * The app's modules. Its own files are evaluated anew for every run that needs them, so that what they keep in variables
 * ends with the run, as on Convex. Packages are evaluated once in a realm.
 */

export type Exports = Record<string, unknown>;
export type Factory = (
  module: { exports: Exports },
  exports: Exports,
  require: (name: string) => Exports,
) => void;

/** What an import stands for: another own file, a module of a package, or a value. */
export type Target = { file: string } | { library: string } | { value: Exports };

export type OwnFile = { factory: Factory; imports: Record<string, Target> };

/** Returns a function that creates a new set of modules, which evaluates each file when it is first imported. */
export function createModules(
  files: ReadonlyMap<string, OwnFile>,
  libraries: Record<string, () => Exports>,
): () => (file: string) => Exports {
  const evaluated = new Map<string, Exports>();
  const libraryOf = (name: string): Exports => {
    const known = evaluated.get(name) ?? libraries[name]?.();
    if (!known) throw new Error(`There is no module ${name}.`);
    evaluated.set(name, known);
    return known;
  };
  return () => {
    const loaded = new Map<string, { exports: Exports }>();
    const load = (name: string): Exports => {
      const known = loaded.get(name);
      if (known) return known.exports;
      const file = files.get(name);
      if (!file) throw new Error(`There is no module ${name}.`);
      const module: { exports: Exports } = { exports: {} };
      loaded.set(name, module);
      file.factory(module, module.exports, (specifier) => {
        const target = file.imports[specifier];
        if (!target) throw new Error(`There is no module ${specifier}.`);
        if ("value" in target) return target.value;
        return "file" in target ? load(target.file) : libraryOf(target.library);
      });
      return module.exports;
    };
    return load;
  };
}
