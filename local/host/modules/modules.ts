/** Loads the app's modules: bundled once, and evaluated in a realm for each of the two environments. */
import { Script } from "node:vm";
import { HostError } from "../lib/errors";
import type { Log } from "../lib/log";
import { bundle, type Bundle, type BundledFile } from "./bundle";
import { cachedBundle } from "./bundleCache";
import type { Environment } from "./environments";
import type { Invocation } from "./invocation";
import type { createModules, Exports, Factory, OwnFile } from "./realm/inside/modules";
import { Realm } from "./realm/realm";

/** A module's exports by name. */
export type Module = Record<string, unknown>;
/** Modules by their path without extension, e.g. "orders/table". */
export type Modules = Map<string, Module>;

/**
 * Globals that a script finds as parameters of a function around it, because every access to a global of a context calls
 * Node. A function that replaces one of them on `globalThis` goes on with the first.
 */
const PARAMETERS =
  "Array, BigInt, Boolean, Convex, Error, JSON, Map, Math, Number, Object, Promise, Reflect, Set, String, Symbol";

/** A script that results in `expression`. */
function withGlobals(expression: string): string {
  return `((${PARAMETERS}) => ${expression})(${PARAMETERS})`;
}

/** A bundle whose scripts can be run in several realms, which then share what V8 compiles of them. */
type CompiledBundle = Pick<Bundle, "modules"> & {
  files: Map<string, Omit<BundledFile, "code"> & { script: Script }>;
  libraries: Script;
};

function compile({ files, modules, libraries }: Bundle): CompiledBundle {
  return {
    modules,
    files: new Map(
      [...files].map(([filename, { code, ...file }]) => {
        const text = withGlobals(`function (module, exports, require) {${code}\n}`);
        return [filename, { ...file, script: new Script(text, { filename }) }];
      }),
    ),
    libraries: new Script(withGlobals(`{ ${libraries}\nreturn libraries.default; }`), {
      filename: "(packages)",
    }),
  };
}

type Run = (load: (module: string) => Module, toOwn: (value: unknown) => unknown) => unknown;

/**
 * Modules in a realm. What the map contains describes the functions, schema, crons and routes, and is not run: every run
 * of a function has modules of its own, but for those that can keep nothing.
 */
export class RealmModules extends Map<string, Module> {
  private constructor(
    private readonly realm: Realm,
    private readonly paths: ReadonlyMap<string, string>,
    private readonly fresh: ReturnType<typeof createModules>,
  ) {
    super();
    const load = fresh();
    realm.evaluate(() => {
      for (const [name, path] of paths) this.set(name, load(path));
    });
  }

  static load(realm: Realm, { files, modules, libraries }: CompiledBundle): RealmModules {
    const factories = new Map(
      [...files].map(([path, { script, imports, isStateless }]): [string, OwnFile] => [
        path,
        { factory: realm.evaluateScript(script) as Factory, imports, isStateless },
      ]),
    );
    const library = realm.evaluate(() => realm.evaluateScript(libraries));
    return new RealmModules(
      realm,
      modules,
      realm.createModules(factories, library as Record<string, () => Exports>),
    );
  }

  /** Runs a function of new modules. Resolves as it does, with values of the host. */
  async run(invocation: Invocation, work: Run): Promise<unknown> {
    return await this.realm.run(invocation, (toOwn) => {
      const load = this.fresh();
      return work((module) => load(this.paths.get(module) ?? module), toOwn);
    });
  }
}

export type LoadedModules = Record<Environment, Modules>;

/**
 * Bundles and evaluates the modules of a folder. `cache`: a folder in which bundles are kept. Throws HostError `functionsUnusable`
 * or `unsupported`.
 */
export async function loadModules(
  folder: string,
  env: Record<string, string>,
  log: Log,
  cache: string | undefined,
): Promise<LoadedModules> {
  const bundled = await (cache === undefined ? bundle(folder) : cachedBundle(folder, cache));
  try {
    const compiled = compile(bundled);
    const loadIn = async (environment: Environment) =>
      RealmModules.load(await Realm.create(environment, env, log), compiled);
    return { transaction: await loadIn("transaction"), action: await loadIn("action") };
  } catch (error) {
    const reason = error instanceof Error ? error.message : messageOf(error);
    throw new HostError("functionsUnusable", `The functions in ${folder} could not be loaded: ${reason}`);
  }
}

/** The message of an error of a realm. */
function messageOf(error: unknown): string {
  const isError = typeof error === "object" && error !== null && "message" in error;
  return String(isError ? error.message : error);
}
