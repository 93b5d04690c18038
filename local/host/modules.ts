/**
 * The app's functions: bundled the way the Convex CLI does, evaluated in two environments. Queries and mutations see a
 * world that stands still: no fetch, no timers, a clock that rests, a seeded Math.random. Actions see the real one. Neither sees
 * Node: what Convex's default runtime lacks is undefined here.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { compileFunction } from "node:vm";
import { build } from "esbuild";
import { HostError } from "./errors";
import type { Log } from "./log";

/** What a running function can reach: its syscalls, its clock and its randomness. */
export type Invocation = {
  name: string;
  syscall: (operation: string, args: string) => string;
  asyncSyscall: (operation: string, args: string) => Promise<string>;
  /** Milliseconds UTC at which a query's or mutation's clock stands. */
  startedAt: number;
  random: () => number;
};

export type Module = Record<string, unknown>;
export type Modules = Map<string, Module>;
export type Environment = "transaction" | "action";

const running = new AsyncLocalStorage<Invocation>();

/** Runs `work` as this invocation: the `Convex` and the clock that its code sees are the invocation's. */
export function runAs<T>(invocation: Invocation, work: () => Promise<T>): Promise<T> {
  return running.run(invocation, work);
}

function current(): Invocation {
  const invocation = running.getStore();
  if (!invocation) throw new Error("Convex functions can only be used while a function is running.");
  return invocation;
}

const SOURCE_FILE = /\.(ts|tsx|js|jsx|mts|mjs)$/;
/** Not functions: generated code, declarations, tests and anything with two dots in its name. */
const NOT_A_MODULE = /(^|\/)_generated\/|\.d\.ts$|\.[^/]*\.[^/]*$/;
/** Read by the host itself. */
const CONFIGURATION = new Set(["convex.config", "auth.config"]);

function modulePaths(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && SOURCE_FILE.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .filter((path) => {
      const name = path.replace(SOURCE_FILE, "");
      return CONFIGURATION.has(name) || !NOT_A_MODULE.test(path);
    })
    .sort();
}

function refuseNodeModules(folder: string, paths: readonly string[]): void {
  for (const path of paths) {
    if (/^\s*["']use node["']/.test(readFileSync(join(folder, path), "utf8"))) {
      throw new HostError("unsupported", `${path} says "use node": this host runs the default runtime only.`);
    }
  }
}

/** One script with every module of the folder, by module name. */
async function bundle(folder: string): Promise<string> {
  let paths: string[];
  try {
    paths = modulePaths(folder);
  } catch {
    throw new HostError("functionsUnusable", `There is no folder of functions at ${folder}.`);
  }
  refuseNodeModules(folder, paths);
  const imports = paths.map((path, index) => `import * as m${index} from ${JSON.stringify(`./${path}`)};`);
  const entries = paths.map((path, index) => `${JSON.stringify(path.replace(SOURCE_FILE, ""))}: m${index}`);
  try {
    const result = await build({
      stdin: {
        contents: `${imports.join("\n")}\nexport default { ${entries.join(", ")} };`,
        resolveDir: resolve(folder),
        loader: "ts",
      },
      bundle: true,
      write: false,
      format: "iife",
      globalName: "appModules",
      platform: "browser",
      target: "esnext",
      conditions: ["convex", "module"],
      sourcemap: "inline",
      logLevel: "silent",
    });
    return result.outputFiles[0]?.text ?? "";
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HostError("functionsUnusable", `The functions in ${folder} could not be bundled: ${reason}`);
  }
}

function refused(what: string, instead: string) {
  return () => {
    throw new Error(`${what} cannot be used in queries and mutations: ${instead}`);
  };
}

class StillDate extends Date {
  constructor(...parts: unknown[]) {
    if (parts.length === 0) super(StillDate.now());
    else super(...(parts as [number]));
  }
  static override now(): number {
    return running.getStore()?.startedAt ?? Date.now();
  }
}

function stillMath(): Math {
  const math = Object.create(Math) as Math;
  Object.defineProperty(math, "random", { value: () => current().random() });
  return math;
}

const inActionsOnly = "do it in an action.";

/** Names that differ between the environments and from Node. */
function globalsFor(
  environment: Environment,
  env: Record<string, string>,
  log: Log,
): Record<string, unknown> {
  const logged =
    (level: "debug" | "info" | "warn" | "error") =>
    (...parts: unknown[]) =>
      log[level](parts, running.getStore()?.name);
  const shared = {
    Convex: {
      syscall: (operation: string, args: string) => current().syscall(operation, args),
      asyncSyscall: (operation: string, args: string) => current().asyncSyscall(operation, args),
      jsSyscall: (operation: string) => {
        throw new Error(`Syscall ${operation} is not supported by this host.`);
      },
    },
    process: { env },
    console: {
      debug: logged("debug"),
      log: logged("info"),
      info: logged("info"),
      warn: logged("warn"),
      error: logged("error"),
      trace: logged("debug"),
    },
    Buffer: undefined,
    require: undefined,
    module: undefined,
    exports: undefined,
    global: undefined,
    setImmediate: undefined,
    clearImmediate: undefined,
    window: undefined,
  };
  if (environment === "action")
    return { ...shared, fetch, setTimeout, clearTimeout, setInterval, clearInterval, crypto, Date, Math };
  const timer = refused("Timers", inActionsOnly);
  return {
    ...shared,
    fetch: refused("fetch()", inActionsOnly),
    setTimeout: timer,
    setInterval: timer,
    clearTimeout: timer,
    clearInterval: timer,
    // Convex answers these in mutations too, from a generator it seeds itself; @convex-dev/auth salts passwords so.
    crypto,
    Date: StillDate,
    Math: stillMath(),
  };
}

function evaluate(script: string, folder: string, globals: Record<string, unknown>): Modules {
  // Names that only this scope shadows, over the real ones that Convex's runtime has too.
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

/** Bundles and evaluates the functions of a folder. Throws HostError `functionsUnusable` or `unsupported`. */
export async function loadModules(
  folder: string,
  env: Record<string, string>,
  log: Log,
): Promise<LoadedModules> {
  const script = await bundle(folder);
  try {
    return {
      transaction: evaluate(script, folder, globalsFor("transaction", env, log)),
      action: evaluate(script, folder, globalsFor("action", env, log)),
    };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new HostError(
      "functionsUnusable",
      `The functions in ${folder} fail when they are loaded: ${reason}`,
    );
  }
}
