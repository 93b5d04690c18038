/** The failure of a function as its caller sees it. Details are logged only, under the request id in the message. */
import { randomBytes } from "node:crypto";
import type { JSONValue } from "convex/values";
import type { Log } from "../lib/log";

export type Failure = {
  /** For clients; without internal details. */
  message: string;
  /** A ConvexError's data, which the app sends to the caller. */
  data?: JSONValue;
  /** The original message, for functions of the same app that called this one. */
  detail: string;
};

/** An error whose message the caller may see, or one that passes a failure from one function to another. */
export class FunctionError extends Error {
  constructor(
    message: string,
    readonly data?: JSONValue,
  ) {
    super(message);
  }

  static from({ detail, data }: Failure): FunctionError {
    return new FunctionError(detail, data);
  }
}

/** The data of a ConvexError, serialized or not; undefined for other errors. */
export function errorDataOf(error: unknown): JSONValue | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  // convex/server serializes the data of a ConvexError that a handler throws.
  if ("ConvexErrorSymbol" in error && "data" in error && typeof error.data === "string") {
    return JSON.parse(error.data) as JSONValue;
  }
  return error instanceof FunctionError ? error.data : undefined;
}

/** Converts an error to a failure. Logs errors whose details the caller must not see. */
export function toFailure(error: unknown, path: string, log: Log): Failure {
  const detail = error instanceof Error ? error.message : String(error);
  const data = errorDataOf(error);
  if (data !== undefined) return { message: detail, detail, data };
  if (error instanceof FunctionError) return { message: detail, detail };
  const requestId = randomBytes(8).toString("hex");
  log.error([`[Request ID: ${requestId}]`, error instanceof Error ? (error.stack ?? detail) : detail], path);
  return { message: `[Request ID: ${requestId}] Server Error`, detail };
}
