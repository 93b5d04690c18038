/** The values of `ctx.meta`: about the function, its request and the resources that its transaction used. */
import { randomUUID } from "node:crypto";
import type { JSONValue } from "convex/values";
import { z } from "zod";
import { addressOf } from "../modules/addresses";
import type { Caller } from "./caller";
import type { Budget, Counter, Usage } from "../transaction/limits";

/** The counters under their names in `TransactionMetrics` of convex/server. */
const metrics: Record<string, Counter> = {
  bytesRead: "bytesRead",
  bytesWritten: "bytesWritten",
  databaseQueries: "rangesRead",
  documentsRead: "documentsRead",
  documentsWritten: "documentsWritten",
  functionsScheduled: "functionsScheduled",
  scheduledFunctionArgsBytes: "bytesScheduled",
};

/** The host has no file storage, so these are always zero. */
const fileMetrics = ["filesWritten", "fileWriteBytes", "filesRead", "fileReadBytes"];

/** The option `transactionLimits` of `ctx.runQuery` and `ctx.runMutation` (convex 1.48), which has the same names. */
const amount = z.number().int().nonnegative().optional();
export const transactionLimits = z
  .object(Object.fromEntries(Object.keys(metrics).map((name) => [name, amount])))
  .transform((given): Budget =>
    Object.fromEntries(Object.entries(metrics).map(([name, counter]) => [counter, given[name]])),
  );

export function transactionMetrics(usage: Usage): JSONValue {
  return Object.fromEntries([
    ...Object.entries(metrics).map(([name, counter]) => [
      name,
      { used: usage.used[counter], remaining: usage.remaining(counter) },
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

/** The class is Convex's smallest, so that an app which adapts to its class does not exceed Convex's limits. */
export const deploymentMetadata: JSONValue = { name: "local", region: null, class: "s16" };
