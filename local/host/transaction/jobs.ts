/** Scheduled functions as documents of `_scheduled_functions`: written in the transaction that schedules them. */
import { jsonToConvex, type JSONValue } from "convex/values";
import { addressOf, fullPath } from "../modules/addresses";
import { normalizePath } from "../modules/registeredFunctions";
import type { JsonDocument } from "../store/catalog";
import { encodeKey, encodeValue, afterPrefix } from "../values/keys";
import { SCHEDULED_FUNCTIONS } from "../store/schema";
import type { Range } from "../store/store";
import { sizeOf } from "../values/size";
import type { Transaction } from "./transaction";

export type JobState =
  | { kind: "pending" }
  | { kind: "inProgress" }
  | { kind: "success" }
  | { kind: "failed"; error: string }
  | { kind: "canceled" };

/** `path`: the function's full path; `scheduledTime`: milliseconds since the epoch, UTC. */
export type Job = { id: string; path: string; args: JSONValue; scheduledTime: number };

/** How long results are retained (Convex docs, "Scheduled functions"). */
export const RESULT_RETENTION_MS = 7 * 24 * 60 * 60_000;

/** The farthest that a function can be scheduled into the future or the past: five years (`validate_schedule_args`). */
const DISTANCE_MAX_MS = 5 * 366 * 24 * 60 * 60_000;

function assertTime(at: number, now: number): void {
  if (!(at >= 0)) throw new Error("Invalid argument for scheduler: the time is no time after 1970.");
  if (Math.abs(at - now) <= DISTANCE_MAX_MS) return;
  const direction = at > now ? "future" : "past";
  throw new Error(`InvalidScheduledFunctionDelay: the time is more than 5 years in the ${direction}.`);
}

/** A function's name as Convex stores it: "orders/table.js:list" (convex-backend, scheduled_jobs/virtual_table.rs). */
function canonicalName(functionPath: string): string {
  const { module, name } = normalizePath(functionPath);
  return `${module}.js:${name}`;
}

/** `at`: milliseconds since the epoch, UTC; `parent`: the scheduled function that schedules this one, by its job's id. */
export type NewJob = { path: string; args: JSONValue; at: number; parent: string | null };

/**
 * Schedules a function and returns the job's id. What a cancelled function still schedules is cancelled from the start.
 * Throws for a time that is none or more than five years away (convex-backend, crates/udf/src/validation.rs, and
 * crates/model/src/scheduled_jobs/mod.rs, `schedule`).
 */
export function scheduleJob(transaction: Transaction, { path, args, at, parent }: NewJob): string {
  const now = transaction.startedAt;
  assertTime(at, now);
  const { component, path: functionPath } = addressOf(path);
  transaction.usage.add("functionsScheduled", 1);
  transaction.usage.add("bytesScheduled", sizeOf([args]));
  const scheduler = parent === null ? null : transaction.get(parent, SCHEDULED_FUNCTIONS);
  const isCanceled = scheduler !== null && hasState(scheduler, "canceled");
  return transaction.insert(SCHEDULED_FUNCTIONS, {
    name: canonicalName(functionPath),
    args: [args],
    ...(component !== "" && { component }),
    ...(isCanceled
      ? { scheduledTime: now, completedTime: now, state: { kind: "canceled" } }
      : { scheduledTime: at, state: { kind: "pending" } }),
  });
}

/**
 * A cancelled job that has not started never runs. One that is running continues, and its state stays "canceled". One
 * that is done keeps its state. Throws when the id is not of a scheduled function.
 */
export function cancelJob(transaction: Transaction, id: string): void {
  if (transaction.catalog.tableOfId(id) !== SCHEDULED_FUNCTIONS) {
    throw new Error(
      "Invalid scheduled function ID. The ID must be an ID on the '_scheduled_functions' table.",
    );
  }
  completeJob(transaction, id, { kind: "canceled" });
}

/** Marks a job as in progress. Returns false when it is not pending, because it was cancelled or has run. */
export function startJob(transaction: Transaction, id: string): boolean {
  const job = transaction.get(id, SCHEDULED_FUNCTIONS);
  if (!job || !hasState(job, "pending")) return false;
  transaction.patch(id, { state: { kind: "inProgress" } }, SCHEDULED_FUNCTIONS);
  return true;
}

/** Sets a job's final state, unless it already has one. */
export function completeJob(
  transaction: Transaction,
  id: string,
  state: Exclude<JobState, { kind: "pending" | "inProgress" }>,
): void {
  const job = transaction.get(id, SCHEDULED_FUNCTIONS);
  if (!job || !isUnfinished(job)) return;
  transaction.patch(id, { state, completedTime: transaction.startedAt }, SCHEDULED_FUNCTIONS);
}

function isUnfinished(document: JsonDocument): boolean {
  return ["pending", "inProgress"].some((kind) => hasState(document, kind));
}

function hasState({ state }: JsonDocument, kind: string): boolean {
  return typeof state === "object" && state !== null && "kind" in state && state.kind === kind;
}

function rangeOf(transaction: Transaction, kind: JobState["kind"], until?: number): Range {
  const prefix = encodeKey([kind]);
  return {
    indexId: transaction.catalog.index(SCHEDULED_FUNCTIONS, "by_state").id,
    table: SCHEDULED_FUNCTIONS,
    lower: prefix,
    upper:
      until === undefined ? afterPrefix(prefix) : afterPrefix(Buffer.concat([prefix, encodeValue(until)])),
  };
}

function toJob(document: JsonDocument): Job {
  const { _id, name, component, args, scheduledTime } = document;
  return {
    id: typeof _id === "string" ? _id : "",
    path: fullPath({ component: textOf(component), path: normalizePath(textOf(name)).path }),
    args: (Array.isArray(args) ? args[0] : undefined) ?? {},
    scheduledTime: Number(jsonToConvex(scheduledTime ?? 0)),
  };
}

function textOf(value: JSONValue | undefined): string {
  return typeof value === "string" ? value : "";
}

/** At most `limit` jobs in a state, earliest first; with `until`, only those scheduled for that time or earlier. */
export function jobsIn(
  transaction: Transaction,
  kind: JobState["kind"],
  limit: number,
  until?: number,
): Job[] {
  const jobs: Job[] = [];
  for (const { document } of transaction.stream(rangeOf(transaction, kind, until), "asc")) {
    jobs.push(toJob(document));
    if (jobs.length >= limit) break;
  }
  return jobs;
}
