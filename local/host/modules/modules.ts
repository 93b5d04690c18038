/**
 * The app's functions, evaluated in two environments. Queries and mutations see a
 * world that stands still: no fetch, no timers, a clock that rests, a seeded Math.random. Actions see the real one. Neither sees
 * Node: what Convex's default runtime lacks is undefined here.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { join } from "node:path";
import { compileFunction } from "node:vm";
import { bundle } from "./bundle";
import { HostError } from "../lib/errors";
import type { Log } from "../lib/log";

/** What a running function can reach: its syscalls, its clock and its randomness. */
export type Invocation = {
  name: string;
  syscall: (operation: string, args: string) => string;
  asyncSyscall: (operation: string, args: string) => Promise<string>;
  /** Milliseconds UTC at which a query's or mutation's clock stands. */
  startedAt: number;
  random: () => number;
  /** Told of what failed while nobody waited for it: a forgotten promise, a timer. */
  fail: (error: unknown) => void;
};

export type Module = Record<string, unknown>;
export type Modules = Map<string, Module>;
export type Environment = "transaction" | "action";

const running = new AsyncLocalStorage<Invocation>();

/** Runs `work` as this invocation: the `Convex` and the clock that its code sees are the invocation's. */
export function runAs<T>(invocation: Invocation, work: () => Promise<T>): Promise<T> {
  return running.run(invocation, work);
}

/**
 * What a function forgot to wait for must end neither this process nor the other functions in it. A rejection is heard
 * where its promise was made, so the function is known; one that is nobody's ends the process as it always did.
 */
process.on("unhandledRejection", (error) => {
  const invocation = running.getStore();
  if (!invocation) throw error;
  invocation.fail(error);
});

/** A callback whose failure is logged under the function that set it. */
function guarded<Parts extends unknown[]>(callback: (...parts: Parts) => void): (...parts: Parts) => void {
  return (...parts) => {
    try {
      callback(...parts);
    } catch (error) {
      const invocation = running.getStore();
      if (!invocation) throw error;
      invocation.fail(error);
    }
  };
}

function current(): Invocation {
  const invocation = running.getStore();
  if (!invocation) throw new Error("Convex functions can only be used while a function is running.");
  return invocation;
}

/** What convex/server calls, for whichever function is running. */
export const syscallFace = {
  syscall: (operation: string, args: string) => current().syscall(operation, args),
  asyncSyscall: (operation: string, args: string) => current().asyncSyscall(operation, args),
  jsSyscall: (operation: string) => {
    throw new Error(`Syscall ${operation} is not supported by this host.`);
  },
};

const inActionsOnly = "do it in an action.";

function refused(what: string, instead: string) {
  return () => {
    throw new Error(`${what} cannot be used in queries and mutations: ${instead}`);
  };
}

/** While modules are loaded no function runs: the clock is then the real one, and so is chance. */
function stillNow(): number {
  return running.getStore()?.startedAt ?? Date.now();
}

const StillDate = new Proxy(Date, {
  construct: (real, parts: [] | [number], target) =>
    Reflect.construct(real, parts.length === 0 ? [stillNow()] : parts, target) as Date,
  apply: () => new Date(stillNow()).toString(),
  get: (real, name) => (name === "now" ? stillNow : (Reflect.get(real, name) as unknown)),
});

function stillMath(): Math {
  const math = Object.create(Math) as Math;
  const random = () => running.getStore()?.random() ?? Math.random();
  Object.defineProperty(math, "random", { value: random });
  return math;
}

/** Convex's randomness for queries and mutations is seeded: good for values and UUIDs, refused for keys. */
function cryptoWithoutKeys(): Crypto {
  const bound = (target: object, own: Record<string, unknown>) =>
    new Proxy(target, {
      get: (real, name) => {
        if (typeof name === "string" && Object.hasOwn(own, name)) return own[name];
        const value = Reflect.get(real, name) as unknown;
        return typeof value === "function" ? (value.bind(real) as unknown) : value;
      },
    });
  const generateKey = refused("crypto.subtle.generateKey()", inActionsOnly);
  return bound(crypto, { subtle: bound(crypto.subtle, { generateKey }) }) as Crypto;
}

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
    Convex: syscallFace,
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
    queueMicrotask: (callback: () => void) => queueMicrotask(guarded(callback)),
  };
  type Callback = (...parts: unknown[]) => void;
  if (environment === "action") {
    return {
      ...shared,
      fetch,
      setTimeout: (callback: Callback, ...rest: unknown[]) =>
        setTimeout(guarded(callback), ...(rest as [number])),
      clearTimeout,
      setInterval: (callback: Callback, ...rest: unknown[]) =>
        setInterval(guarded(callback), ...(rest as [number])),
      clearInterval,
      crypto,
      Date,
      Math,
    };
  }
  const timer = refused("Timers", inActionsOnly);
  return {
    ...shared,
    fetch: refused("fetch()", inActionsOnly),
    setTimeout: timer,
    setInterval: timer,
    clearTimeout: timer,
    clearInterval: timer,
    crypto: cryptoWithoutKeys(),
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
