/** The host's Web APIs as classes of the realm: each instance stands for an object of the host. */
import type { AnyFunction, Class, HostApi } from "../hostApi";
import type { Bridge } from "./bridge";

/** Symbols that name a method in the language; others are the implementation's own. */
const LANGUAGE_SYMBOLS = new Set<PropertyKey>([
  Symbol.iterator,
  Symbol.asyncIterator,
  Symbol.toStringTag,
  Symbol.toPrimitive,
]);

type Base = new (...args: unknown[]) => object;

/** Copies methods, accessors and constants of a class or its prototype, so that each call goes to the host. */
function copyMembers(bridge: Bridge, from: object, to: object, names: readonly PropertyKey[]): void {
  for (const name of names) {
    const found = Reflect.getOwnPropertyDescriptor(from, name);
    if (!found) continue;
    const value = found.value as unknown;
    const [getter, setter] = [Reflect.get(found, "get"), Reflect.get(found, "set")] as (
      AnyFunction | undefined
    )[];
    const shared = { enumerable: found.enumerable === true, configurable: true };
    if (getter || setter) {
      Object.defineProperty(to, name, {
        ...shared,
        ...(getter && { get: createMethod(bridge, getter) }),
        ...(setter && { set: createMethod(bridge, setter) }),
      });
    } else if (typeof value === "function") {
      Object.defineProperty(to, name, {
        ...shared,
        writable: true,
        value: createMethod(bridge, value as AnyFunction),
      });
    } else if (typeof value !== "object") Object.defineProperty(to, name, { ...shared, value });
  }
}

function createMethod(bridge: Bridge, fn: AnyFunction): AnyFunction {
  const own = function (this: unknown, ...args: unknown[]): unknown {
    return bridge.call(fn, this, args);
  };
  Object.defineProperty(own, "name", { value: fn.name });
  return own;
}

/** `classes`: by name, each after the class that it extends. */
export function createClasses(host: HostApi, bridge: Bridge): Record<string, Base> {
  const own = new Map<Class, Base>();
  const hostClasses = new Map<unknown, Class>();

  /** The class of the host that a class of the realm, or a subclass of one, stands for. */
  const hostClassOf = (own: unknown): Class => {
    let type = own;
    while (!hostClasses.has(type)) type = Object.getPrototypeOf(type);
    return hostClasses.get(type) as Class;
  };

  class Root {
    constructor(...args: unknown[]) {
      const type = hostClassOf(new.target) as unknown as AnyFunction;
      let created: object;
      try {
        created = Reflect.construct(type, args.map(bridge.toHost)) as object;
      } catch (error) {
        throw bridge.toOwn(error);
      }
      bridge.link(this, created);
      if (this instanceof Error) Error.captureStackTrace(this, new.target);
    }
  }

  const created = Object.entries(host.classes).map(([name, hostClass]): [string, Base] => {
    const parent = own.get(Object.getPrototypeOf(hostClass) as Class);
    const type: Base = parent ? class extends parent {} : class extends Root {};
    if (name === "DOMException") Object.setPrototypeOf(type.prototype, Error.prototype);
    Object.defineProperty(type, "name", { value: name });
    own.set(hostClass, type);
    hostClasses.set(type, hostClass);
    bridge.link(type, hostClass);
    bridge.mirror(hostClass.prototype as object, type.prototype as object);
    const isMember = (key: PropertyKey) => typeof key === "string" || LANGUAGE_SYMBOLS.has(key);
    const members = Reflect.ownKeys(hostClass.prototype as object).filter(isMember);
    copyMembers(
      bridge,
      hostClass.prototype as object,
      type.prototype as object,
      members.filter((key) => key !== "constructor"),
    );
    const statics = Object.keys(Object.getOwnPropertyDescriptors(hostClass)).filter(
      (key) => !["prototype", "name", "length"].includes(key),
    );
    copyMembers(bridge, hostClass, type, statics);
    return [name, type];
  });
  return Object.fromEntries(created);
}
