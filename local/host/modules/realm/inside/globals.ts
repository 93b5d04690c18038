/** The globals that differ between the environments of transactions and of actions, and from those of the language. */
import type { AnyFunction, HostApi } from "../hostApi";
import type { Bridge } from "./bridge";

/** A function that throws when it is called in a query or mutation. */
function forbidden(what: string) {
  return () => {
    throw new Error(`${what} cannot be used in queries and mutations: do it in an action.`);
  };
}

/** Date with the run's clock. As on Convex, where `Date.prototype.constructor` is the replaced one too. */
function frozenDate(now: () => number): DateConstructor {
  const FrozenDate = new Proxy(Date, {
    construct: (real, parts: [] | [number], target) =>
      Reflect.construct(real, parts.length === 0 ? [now()] : parts, target) as Date,
    apply: () => new Date(now()).toString(),
    get: (real, name) => (name === "now" ? now : (Reflect.get(real, name) as unknown)),
  });
  Object.defineProperty(Date.prototype, "constructor", { value: FrozenDate });
  return FrozenDate;
}

function withErrorReporting(host: HostApi, bridge: Bridge, callback: AnyFunction) {
  return (...args: unknown[]): void => {
    try {
      callback(...args);
    } catch (error) {
      host.report(bridge.toHost(error));
    }
  };
}

function timers(host: HostApi, bridge: Bridge): Record<string, unknown> {
  const set =
    (isRepeated: boolean) =>
    (callback: AnyFunction, ms?: unknown, ...args: unknown[]): number => {
      const fire = withErrorReporting(host, bridge, callback);
      return host.setTimer(isRepeated, ms, () => fire(...args));
    };
  const clear = (id?: unknown): void => host.clearTimer(id);
  return { setTimeout: set(false), setInterval: set(true), clearTimeout: clear, clearInterval: clear };
}

function convexGlobal(host: HostApi, bridge: Bridge) {
  return {
    syscall: (operation: string, args: string) => {
      try {
        return host.syscall(operation, args);
      } catch (error) {
        throw bridge.toOwn(error);
      }
    },
    asyncSyscall: async (operation: string, args: string) => {
      let answer: string | Promise<string>;
      try {
        answer = host.asyncSyscall(operation, args);
      } catch (error) {
        throw bridge.toOwn(error);
      }
      return typeof answer === "string" ? answer : await (bridge.toOwn(answer) as Promise<string>);
    },
    jsSyscall: (operation: string) => {
      throw new Error(`Syscall ${operation} is not supported by this host.`);
    },
  };
}

/** `process.env` answers with the deployment's variables only, whatever a function assigns to it, as on Convex. */
function environmentVariables(env: Readonly<Record<string, string>>): object {
  return new Proxy<Record<PropertyKey, unknown>>(
    {},
    {
      get: (target, name) =>
        typeof name === "string" && Object.hasOwn(env, name) ? env[name] : Reflect.get(target, name),
      set: () => true,
    },
  );
}

export function createGlobals(host: HostApi, bridge: Bridge): Record<string, unknown> {
  const logged =
    (level: "debug" | "info" | "warn" | "error") =>
    (...parts: unknown[]): void =>
      host.log(level, parts);
  const shared = {
    Convex: convexGlobal(host, bridge),
    process: { env: environmentVariables({ ...host.env }) },
    console: {
      debug: logged("debug"),
      log: logged("info"),
      info: logged("info"),
      warn: logged("warn"),
      error: logged("error"),
      trace: logged("debug"),
    },
    queueMicrotask: (callback: AnyFunction) => {
      void Promise.resolve().then(withErrorReporting(host, bridge, callback));
    },
    crypto: bridge.toOwn(host.crypto),
    performance: { now: () => host.elapsedMs(), timeOrigin: host.timeOrigin },
    structuredClone: (value: unknown) => {
      try {
        return bridge.toOwn(host.structuredClone(value));
      } catch (error) {
        throw bridge.toOwn(error);
      }
    },
    btoa: (text: unknown) => bridge.call(host.textToBase64 as AnyFunction, undefined, [text]),
    atob: (text: unknown) => bridge.call(host.base64ToText as AnyFunction, undefined, [text]),
  };
  if (host.environment === "action") {
    const fetch = (...args: unknown[]) => bridge.call(host.fetch as AnyFunction, undefined, args);
    return { ...shared, ...timers(host, bridge), fetch };
  }
  const timer = forbidden("Timers");
  Object.defineProperty(Math, "random", { value: host.random, writable: true, configurable: true });
  return {
    ...shared,
    fetch: forbidden("fetch()"),
    setTimeout: timer,
    setInterval: timer,
    clearTimeout: timer,
    clearInterval: timer,
    Date: frozenDate(() => host.now()),
  };
}
