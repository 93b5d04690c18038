/**
 * Passes values between a realm and the host, so that neither sees an object of the other: the app's `instanceof` checks
 * hold for what the host answers, and the app cannot reach the host through a prototype.
 */
import type { AnyFunction, HostApi } from "../hostApi";

const errorTypes: Record<string, ErrorConstructor> = {
  EvalError,
  RangeError,
  ReferenceError,
  SyntaxError,
  TypeError,
  URIError,
};

type View = { buffer: ArrayBuffer; byteOffset: number; byteLength: number };

export class Bridge {
  /** The host's object behind an object of the realm, and the other way round. */
  private readonly hostObjects = new WeakMap<object, object>();
  private readonly ownObjects = new WeakMap<object, object>();
  /** The realm's prototype for instances of a prototype of the host. */
  private readonly prototypes = new Map<object, object>();

  constructor(private readonly host: HostApi) {}

  link(own: object, hostObject: object): void {
    this.hostObjects.set(own, hostObject);
    this.ownObjects.set(hostObject, own);
  }

  mirror(hostPrototype: object, ownPrototype: object): void {
    this.prototypes.set(hostPrototype, ownPrototype);
  }

  /** Calls a function of the host. Throws what it throws, as an error of the realm. */
  call(fn: AnyFunction, self: unknown, args: readonly unknown[]): unknown {
    let result: unknown;
    try {
      result = Reflect.apply(fn, this.toHost(self), args.map(this.toHost));
    } catch (error) {
      throw this.toOwn(error);
    }
    return this.toOwn(result);
  }

  /** A promise of the realm for one of the host. */
  private adopt(promise: Promise<unknown>): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.host.settle(
        promise,
        (value) => resolve(this.toOwn(value)),
        // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what the host rejected with
        (error) => reject(this.toOwn(error)),
      );
    });
  }

  private ownError(error: Error & { data?: unknown }): object {
    const own = new (errorTypes[error.name] ?? Error)(error.message);
    if (own.name !== error.name) own.name = error.name;
    if (error.cause !== undefined) own.cause = this.toOwn(error.cause);
    if (error.data !== undefined) Object.assign(own, { data: this.toOwn(error.data) });
    return own;
  }

  private ownView(view: View & object): object {
    const bytes = new Uint8Array(view.byteLength);
    bytes.set(new Uint8Array(view.buffer, view.byteOffset, view.byteLength));
    const name = Object.prototype.toString.call(view).slice("[object ".length, -1);
    const type = (globalThis as unknown as Record<string, new (buffer: ArrayBuffer) => object>)[name];
    return type === undefined || name === "Uint8Array" ? bytes : new type(bytes.buffer);
  }

  private ownIterator(hostIterator: object): object {
    const step = (name: "next" | "return" | "throw") => {
      const method = Reflect.get(hostIterator, name) as AnyFunction | undefined;
      return method && ((...args: unknown[]) => this.call(method, own, args));
    };
    const own = {
      next: step("next"),
      return: step("return"),
      throw: step("throw"),
      [Symbol.iterator]: () => own,
      [Symbol.asyncIterator]: () => own,
    };
    this.link(own, hostIterator);
    return own;
  }

  private ownPrototypeOf(hostObject: object): object | undefined {
    let prototype = Object.getPrototypeOf(hostObject) as object | null;
    while (prototype !== null) {
      const own = this.prototypes.get(prototype);
      if (own) return own;
      prototype = Object.getPrototypeOf(prototype) as object | null;
    }
    return undefined;
  }

  /** A value of the realm for one of the host. */
  readonly toOwn = (value: unknown): unknown => {
    if ((typeof value !== "object" && typeof value !== "function") || value === null) return value;
    const known = this.ownObjects.get(value);
    if (known) return known;
    if (value instanceof Object) return value;
    if (typeof value === "function") {
      const own = (...args: unknown[]) => this.call(value, undefined, args);
      this.link(own, value);
      return own;
    }
    const prototype = this.ownPrototypeOf(value);
    if (prototype) {
      const own = Object.create(prototype) as object;
      this.link(own, value);
      return own;
    }
    return this.ownCopy(value);
  };

  private ownCopy(value: object): unknown {
    switch (this.host.kindOf(value)) {
      case "promise":
        return this.adopt(value as Promise<unknown>);
      case "error":
        return this.linked(value, this.ownError(value as Error));
      case "arrayBuffer": {
        const copy = new ArrayBuffer((value as ArrayBuffer).byteLength);
        new Uint8Array(copy).set(new Uint8Array(value as ArrayBuffer));
        return copy;
      }
      case "view":
        return this.ownView(value as View);
      case "date":
        return new Date(Number(value));
      case "map":
        return new Map(
          [...(value as Map<unknown, unknown>)].map(([key, each]) => [this.toOwn(key), this.toOwn(each)]),
        );
      case "set":
        return new Set([...(value as Set<unknown>)].map(this.toOwn));
      case "array":
        return Array.from(value as unknown[], this.toOwn);
      case "iterator":
        return this.ownIterator(value);
      case "other":
        return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, this.toOwn(each)]));
    }
  }

  private linked(hostObject: object, own: object): object {
    this.link(own, hostObject);
    return own;
  }

  /** A value of the host for one of the realm. Instances of the app's classes are passed as they are, since the host only stores them. */
  readonly toHost = (value: unknown): unknown => {
    if ((typeof value !== "object" && typeof value !== "function") || value === null) return value;
    const known = this.hostObjects.get(value);
    if (known) return known;
    if (typeof value === "function") {
      const hostFunction = this.host.callback((self, args) =>
        this.toHost(Reflect.apply(value as AnyFunction, this.toOwn(self), args.map(this.toOwn))),
      );
      this.link(value, hostFunction);
      return hostFunction;
    }
    if (value instanceof Promise) {
      return this.host.promise((resolve, reject) => {
        value.then(
          (result) => resolve(this.toHost(result)),
          (error: unknown) => reject(this.toHost(error)),
        );
      });
    }
    if (value instanceof Error) return this.hostError(value);
    if (value instanceof ArrayBuffer) return this.host.viewOf(value);
    if (Array.isArray(value)) {
      const copy = this.host.newArray();
      for (const each of value) copy.push(this.toHost(each));
      return copy;
    }
    const prototype: unknown = Object.getPrototypeOf(value);
    if (prototype !== Object.prototype && prototype !== null) return value;
    const copy = this.host.newObject();
    for (const [key, each] of Object.entries(value)) copy[key] = this.toHost(each);
    return copy;
  };

  private hostError(error: Error & { data?: unknown }): object {
    const copy = this.host.newError(error.message);
    copy.name = error.name;
    if (error.stack !== undefined) copy.stack = error.stack;
    if (error.cause !== undefined) copy.cause = this.toHost(error.cause);
    if ("data" in error) Object.assign(copy, { data: this.toHost(error.data) });
    // By this property convex/server marks a ConvexError whose data it has serialized.
    if ("ConvexErrorSymbol" in error) Object.assign(copy, { ConvexErrorSymbol: true });
    this.link(error, copy);
    return copy;
  }
}
