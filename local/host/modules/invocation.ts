/**
 * The running function. Outside realms (see testing.ts) convex/server's calls reach it through an asynchronous context.
 * A deployment must not use one: with it, Node aborts the process when code in a realm is ended at its limit.
 */
import { AsyncLocalStorage } from "node:async_hooks";

/** What a running function can use of the host: its syscalls, its clock and its randomness. */
export type Invocation = {
  name: string;
  syscall: (operation: string, args: string) => string;
  /** Returns the answer itself, or throws, when the operation has nothing to wait for. */
  asyncSyscall: (operation: string, args: string) => string | Promise<string>;
  /** The time that a query's or mutation's clock shows, in milliseconds since the epoch, UTC. */
  startedAt: number;
  random: () => number;
  /** Receives errors that the function did not wait for: of an unawaited promise, a timer or a microtask. */
  onUnhandledError: (error: unknown) => void;
  /** Of a query or mutation; shared with those that it calls. */
  codeTime?: CodeTime;
};

/**
 * The time in milliseconds that the code of a query or mutation has taken so far in a realm, without time that is not its own,
 * and its number of turns.
 */
export type CodeTime = { spentMs: number; turns: number; readonly hostMs: () => number };

const running = new AsyncLocalStorage<Invocation>();

let isAsyncContextUsed = false;

/** Whether this process has used AsyncLocalStorage here. From then on Node aborts the process when a turn is ended. */
export function usesAsyncContext(): boolean {
  return isAsyncContextUsed;
}

/** Runs `work` as part of an invocation. For functions outside of a realm only: see `usesAsyncContext`. */
export function runInvocation<T>(invocation: Invocation, work: () => Promise<T>): Promise<T> {
  isAsyncContextUsed = true;
  return running.run(invocation, work);
}

/** The invocation that the current code belongs to; undefined outside functions, e.g. while modules are loaded. */
export function runningInvocation(): Invocation | undefined {
  return running.getStore();
}

/** Who reports unhandled rejections, by the prototype of a realm's promises. */
const reporters = new WeakMap<object, (error: unknown) => void>();

export function reportRejections(promisePrototype: object, report: (error: unknown) => void): void {
  reporters.set(promisePrototype, report);
}

/**
 * An unhandled rejection in a function must not end the process. It is reported by the realm of its promise, or in the
 * asynchronous context that created it; one that belongs to no function ends the process, as Node does by default.
 */
process.on("unhandledRejection", (error, promise) => {
  const report = reporters.get(Object.getPrototypeOf(promise) as object);
  if (report) {
    report(error);
    return;
  }
  const invocation = running.getStore();
  if (!invocation) throw error;
  invocation.onUnhandledError(error);
});

/** A callback whose errors are reported to the invocation that created it. */
export function withErrorReporting<Parameters extends unknown[]>(
  callback: (...parameters: Parameters) => void,
): (...parameters: Parameters) => void {
  return (...parameters) => {
    try {
      callback(...parameters);
    } catch (error) {
      const invocation = running.getStore();
      if (!invocation) throw error;
      invocation.onUnhandledError(error);
    }
  };
}

function current(): Invocation {
  const invocation = running.getStore();
  if (!invocation) throw new Error("Convex functions can only be used while a function is running.");
  return invocation;
}

/** The global object `Convex` that convex/server calls, for whichever function is running. */
export const convexGlobal = {
  syscall: (operation: string, args: string) => current().syscall(operation, args),
  asyncSyscall: async (operation: string, args: string) => await current().asyncSyscall(operation, args),
  jsSyscall: (operation: string) => {
    throw new Error(`Syscall ${operation} is not supported by this host.`);
  },
};
