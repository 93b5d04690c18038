/**
 * Sets up a realm: evaluated once in each, before anything of the app. What it defines are objects of the realm, which
 * call the host through `host`.
 */
import type { HostApi, Inside } from "../hostApi";
import { Bridge } from "./bridge";
import { createClasses } from "./classes";
import { createGlobals } from "./globals";
import { createModules } from "./modules";

function setGlobal(name: PropertyKey, value: unknown): void {
  Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: false });
}

export function setUp(host: HostApi): Inside {
  const bridge = new Bridge(host);
  const classes = createClasses(host, bridge);
  if (host.environment === "transaction") {
    // In queries and mutations Convex's randomness is seeded, so key generation is forbidden, as on Convex.
    Object.defineProperty(classes.SubtleCrypto?.prototype, "generateKey", {
      value: () => {
        throw new Error(
          "crypto.subtle.generateKey() cannot be used in queries and mutations: do it in an action.",
        );
      },
    });
  }
  const globals = { ...classes, ...createGlobals(host, bridge), self: globalThis };
  for (const [name, value] of Object.entries(globals)) setGlobal(name, value);
  return {
    run: (work, onValue, onError) => {
      const started = new Promise((resolve) => resolve(work()));
      started.then(
        (value) => onValue(bridge.toHost(value)),
        (error: unknown) => onError(bridge.toHost(error)),
      );
    },
    toOwn: bridge.toOwn,
    createModules,
    promisePrototype: Promise.prototype,
    setGlobal,
    deleteGlobal: (name) => Reflect.deleteProperty(globalThis, name),
  };
}
