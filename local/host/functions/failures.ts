/** What a failed function tells its caller. Details stay in the log, under the request id the caller is given. */
import { randomBytes } from "node:crypto";
import type { JSONValue } from "convex/values";
import type { Log } from "../lib/log";

export type Failure = {
  /** For clients: nothing of the inside. */
  message: string;
  /** A ConvexError's data: what the app meant the caller to know. */
  data?: JSONValue;
  /** For functions of the same app that called this one. */
  detail: string;
};

/** An error whose message is meant for the caller, or one that carries a failure from one function to another. */
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

/** A ConvexError's data, wherever on its way the error is; undefined for other errors. */
export function dataOf(error: unknown): JSONValue | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  // convex/server has serialized the data of a ConvexError that left a handler.
  if ("ConvexErrorSymbol" in error && "data" in error && typeof error.data === "string") {
    return JSON.parse(error.data) as JSONValue;
  }
  return error instanceof FunctionError ? error.data : undefined;
}

/** Says what to tell the caller, and logs the rest. */
export function describeFailure(error: unknown, path: string, log: Log): Failure {
  const detail = error instanceof Error ? error.message : String(error);
  const data = dataOf(error);
  if (data !== undefined) return { message: detail, detail, data };
  if (error instanceof FunctionError) return { message: detail, detail };
  const requestId = randomBytes(8).toString("hex");
  log.error([`[Request ID: ${requestId}]`, error instanceof Error ? (error.stack ?? detail) : detail], path);
  return { message: `[Request ID: ${requestId}] Server Error`, detail };
}
