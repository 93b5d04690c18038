/** What `ctx.meta` answers: about the function, the request it serves and what its transaction has used. */
import { randomUUID } from "node:crypto";
import type { JSONValue } from "convex/values";
import { addressOf } from "../modules/addresses";
import type { Caller } from "./caller";
import { limits, type Counter, type Usage } from "../transaction/limits";

/** Under the names of `TransactionMetrics` in convex/server. */
const metrics: Record<string, Counter> = {
  bytesRead: "bytesRead",
  bytesWritten: "bytesWritten",
  databaseQueries: "rangesRead",
  documentsRead: "documentsRead",
  documentsWritten: "documentsWritten",
  functionsScheduled: "functionsScheduled",
  scheduledFunctionArgsBytes: "bytesScheduled",
};

/** There is no file storage here: nothing is used of it, and nothing is left. */
const fileMetrics = ["filesWritten", "fileWriteBytes", "filesRead", "fileReadBytes"];

export function transactionMetrics({ used }: Usage): JSONValue {
  return Object.fromEntries([
    ...Object.entries(metrics).map(([name, counter]) => [
      name,
      { used: used[counter], remaining: limits[counter] - used[counter] },
    ]),
    ...fileMetrics.map((name) => [name, { used: 0, remaining: 0 }]),
  ]) as JSONValue;
}

export function functionMetadata(full: string): JSONValue {
  const { component, path } = addressOf(full);
  return { name: path, componentPath: component };
}

export function requestMetadata({ origin }: Caller): JSONValue {
  return { ...origin, requestId: randomUUID() };
}

/** The smallest class that Convex has: whoever asks in order to do more must not find more here. */
export const deploymentMetadata: JSONValue = { name: "local", region: null, class: "s16" };
