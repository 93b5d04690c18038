/**
 * The two environments in which functions run. Queries and mutations are deterministic: no fetch, no timers, a frozen
 * clock and a seeded Math.random. Actions have the real ones. In neither is anything of Node defined that Convex's
 * runtime lacks.
 */
import type { Log } from "../lib/log";
import { convexGlobal, runningInvocation, withErrorReporting } from "./invocation";

/** "transaction" is the environment of queries and mutations. */
export type Environment = "transaction" | "action";

/** A function that throws when it is called in a query or mutation. */
function forbidden(what: string) {
  return () => {
    throw new Error(`${what} cannot be used in queries and mutations: do it in an action.`);
  };
}

/** The invocation's time; the real time while modules are loaded, when no function runs. */
function frozenNow(): number {
  return runningInvocation()?.startedAt ?? Date.now();
}

const FrozenDate = new Proxy(Date, {
  construct: (real, parts: [] | [number], target) =>
    Reflect.construct(real, parts.length === 0 ? [frozenNow()] : parts, target) as Date,
  apply: () => new Date(frozenNow()).toString(),
  get: (real, name) => (name === "now" ? frozenNow : (Reflect.get(real, name) as unknown)),
});

function seededMath(): Math {
  const math = Object.create(Math) as Math;
  const random = () => runningInvocation()?.random() ?? Math.random();
  Object.defineProperty(math, "random", { value: random });
  return math;
}

/** In queries and mutations Convex's randomness is seeded, so key generation is forbidden, as on Convex. */
function cryptoWithoutKeys(): Crypto {
  const bound = (target: object, own: Record<string, unknown>) =>
    new Proxy(target, {
      get: (real, name) => {
        if (typeof name === "string" && Object.hasOwn(own, name)) return own[name];
        const value = Reflect.get(real, name) as unknown;
        return typeof value === "function" ? (value.bind(real) as unknown) : value;
      },
    });
  const generateKey = forbidden("crypto.subtle.generateKey()");
  return bound(crypto, { subtle: bound(crypto.subtle, { generateKey }) }) as Crypto;
}

/** The globals of an environment that differ from Node's. `env`: what `process.env` contains. */
export function globalsOf(
  environment: Environment,
  env: Record<string, string>,
  log: Log,
): Record<string, unknown> {
  const logged =
    (level: "debug" | "info" | "warn" | "error") =>
    (...parts: unknown[]) =>
      log[level](parts, runningInvocation()?.name);
  const shared = {
    Convex: convexGlobal,
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
    queueMicrotask: (callback: () => void) => queueMicrotask(withErrorReporting(callback)),
  };
  type Callback = (...parts: unknown[]) => void;
  if (environment === "action") {
    return {
      ...shared,
      fetch,
      setTimeout: (callback: Callback, ...rest: unknown[]) =>
        setTimeout(withErrorReporting(callback), ...(rest as [number])),
      clearTimeout,
      setInterval: (callback: Callback, ...rest: unknown[]) =>
        setInterval(withErrorReporting(callback), ...(rest as [number])),
      clearInterval,
      crypto,
      Date,
      Math,
    };
  }
  const timer = forbidden("Timers");
  return {
    ...shared,
    fetch: forbidden("fetch()"),
    setTimeout: timer,
    setInterval: timer,
    clearTimeout: timer,
    clearInterval: timer,
    crypto: cryptoWithoutKeys(),
    Date: FrozenDate,
    Math: seededMath(),
  };
}
