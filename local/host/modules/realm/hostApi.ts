/** What the code that sets a realm up (inside/) may call of the host. Functions of the app never see these. */
import type { Environment } from "../environments";
import type { createModules } from "./inside/modules";

export type AnyFunction = (...args: unknown[]) => unknown;
export type Class = new (...args: never[]) => object;

/** How a value of the host is passed on to a realm; "other": as a copy of its own properties. */
export type Kind =
  "arrayBuffer" | "view" | "promise" | "error" | "date" | "map" | "set" | "array" | "iterator" | "other";

export type HostApi = {
  environment: Environment;
  /** The functions' environment variables. */
  env: Readonly<Record<string, string>>;
  /** The host's own classes and functions by their global names. */
  classes: Readonly<Record<string, Class>>;
  fetch: typeof fetch;
  structuredClone: (value: unknown) => unknown;
  crypto: Crypto;
  textToBase64: (text: string) => string;
  base64ToText: (text: string) => string;
  /** Milliseconds since the process started. */
  elapsedMs: () => number;
  timeOrigin: number;

  kindOf: (value: object) => Kind;
  newObject: () => Record<PropertyKey, unknown>;
  newArray: () => unknown[];
  /** A view of the bytes of an ArrayBuffer of a realm, which Node's functions would not accept. */
  viewOf: (buffer: ArrayBuffer) => Uint8Array;
  newError: (message: string) => Error;
  /** A function of the host that enters the realm with its arguments, for the run that creates it. */
  callback: (call: (self: unknown, args: unknown[]) => unknown) => AnyFunction;
  /** A promise of the host. */
  promise: (start: (resolve: AnyFunction, reject: AnyFunction) => void) => Promise<unknown>;
  /** Enters the realm with the outcome of a promise of the host, unless the current run has ended by then. */
  settle: (
    promise: Promise<unknown>,
    onValue: (value: unknown) => void,
    onError: (error: unknown) => void,
  ) => void;

  syscall: (operation: string, args: string) => string;
  asyncSyscall: (operation: string, args: string) => string | Promise<string>;
  /** The time that the current run's clock shows, in milliseconds since the epoch, UTC. */
  now: () => number;
  random: () => number;
  log: (level: "debug" | "info" | "warn" | "error", parts: unknown[]) => void;
  /** Reports an error that nobody awaits. */
  report: (error: unknown) => void;
  setTimer: (isRepeated: boolean, ms: unknown, fire: () => void) => number;
  clearTimer: (id: unknown) => void;
};

/** What a realm offers the host after its set-up. */
export type Inside = {
  /** Runs `work` and passes its result on, awaited, as values of the host. */
  run: (work: () => unknown, onValue: (value: unknown) => void, onError: (error: unknown) => void) => void;
  toOwn: (value: unknown) => unknown;
  createModules: typeof createModules;
  promisePrototype: object;
  setGlobal: (name: PropertyKey, value: unknown) => void;
  deleteGlobal: (name: PropertyKey) => void;
};
