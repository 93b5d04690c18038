/** The parts of `HostApi` that are the same in every realm. */
import { performance } from "node:perf_hooks";
import { types } from "node:util";
import type { Class, HostApi, Kind } from "./hostApi";

/** The Web APIs of Convex's runtime (convex-backend, npm-packages/udf-runtime/src/setup.ts), superclasses first. */
const classes = {
  DOMException,
  EventTarget,
  Event,
  CustomEvent,
  AbortSignal,
  AbortController,
  URL,
  URLSearchParams,
  TextEncoder,
  TextDecoder,
  Blob,
  File,
  FormData,
  Headers,
  Request,
  Response,
  ReadableStream,
  ReadableStreamDefaultReader,
  ReadableStreamBYOBReader,
  ReadableStreamBYOBRequest,
  ReadableByteStreamController,
  ReadableStreamDefaultController,
  WritableStream,
  WritableStreamDefaultController,
  WritableStreamDefaultWriter,
  TransformStream,
  TransformStreamDefaultController,
  ByteLengthQueuingStrategy,
  CountQueuingStrategy,
  TextEncoderStream,
  TextDecoderStream,
  CompressionStream,
  DecompressionStream,
  Crypto,
  CryptoKey,
  SubtleCrypto,
} as unknown as Record<string, Class>;

function kindOf(value: object): Kind {
  if (types.isPromise(value)) return "promise";
  if (types.isAnyArrayBuffer(value)) return "arrayBuffer";
  if (ArrayBuffer.isView(value)) return "view";
  if (types.isNativeError(value)) return "error";
  if (Array.isArray(value)) return "array";
  if (types.isMap(value)) return "map";
  if (types.isSet(value)) return "set";
  if (types.isDate(value)) return "date";
  return "next" in value && typeof value.next === "function" ? "iterator" : "other";
}

export const hostFunctions = {
  classes,
  fetch: (...args: Parameters<typeof fetch>) => fetch(...args),
  structuredClone: (value: unknown) => structuredClone(value),
  crypto,
  textToBase64: btoa,
  base64ToText: atob,
  elapsedMs: () => performance.now(),
  timeOrigin: performance.timeOrigin,
  kindOf,
  newObject: () => ({}),
  newArray: () => [],
  viewOf: (buffer: ArrayBuffer) => new Uint8Array(buffer),
  newError: (message: string) => new Error(message),
  promise: (start) => {
    const promise = new Promise(start);
    // Its rejection is reported by the realm, if nobody awaits it there.
    promise.catch(() => undefined);
    return promise;
  },
} satisfies Partial<HostApi>;
