/**
 * Implements `Convex.syscall` and `Convex.asyncSyscall`, which convex/server (1.48) calls with an operation's name and
 * JSON text; the result is JSON text. An unsupported operation throws an error with its name.
 */
import { convexToJson, type JSONValue } from "convex/values";
import { z } from "zod";
import { addressOf, callee, functionHandleOf, type Callee } from "../modules/addresses";
import type { Caller } from "./caller";
import { errorDataOf } from "./failures";
import {
  deploymentMetadata,
  functionMetadata,
  requestMetadata,
  transactionLimits,
  transactionMetrics,
} from "./metadata";
import type { Invocation } from "../modules/invocation";
import { pageRequest, runPage } from "../transaction/pages";
import { runQuery, serializedQuery } from "../transaction/query";
import type { FunctionKind } from "../modules/registeredFunctions";
import { cancelJob, scheduleJob, type NewJob } from "../transaction/jobs";
import type { Budget } from "../transaction/limits";
import type { Transaction } from "../transaction/transaction";

/** Where a paginated query's page ended when it first ran; null before that. */
export type Journal = { endCursor: string | null };

type Syscalls = Pick<Invocation, "syscall" | "asyncSyscall">;
/** A result as JSON text already: documents are passed on as they are stored. */
class JsonText {
  constructor(readonly text: string) {}
}

type Result = JSONValue | JsonText;
type Operations = Record<string, (args: unknown) => Result | Promise<Result>>;

function toText(result: Result): string {
  return result instanceof JsonText ? result.text : JSON.stringify(result);
}

const json = z.custom<JSONValue>((value) => value !== undefined);
const withId = z.object({ id: z.string(), table: z.string().optional() });
const readArgs = withId.extend({ isSystem: z.boolean().optional() });
const writeArgs = withId.extend({ value: json });
const insertArgs = z.object({ table: z.string(), value: json });
const normalizeArgs = z.object({ table: z.string(), idString: z.string() });
const streamArgs = z.object({ query: serializedQuery });
const streamNextArgs = z.object({ queryId: z.number() });
const cancelArgs = z.object({ id: z.string() });
const callArgs = callee.extend({ args: json });
const nestedKind = z.enum(["query", "mutation", "snapshotQuery"]);
const nestedCallArgs = callArgs.extend({
  udfType: nestedKind,
  transactionLimits: transactionLimits.default({}),
});
/** `ts`: seconds since the epoch, UTC; null for what is no number in JSON. */
const scheduleArgs = callArgs.extend({ ts: z.number().nullable() });
const RUN = "1.0/runUdf";

function unsupported(operation: string): never {
  throw new Error(`Operation ${operation} is not supported by this host.`);
}

/** Runs an operation and measures the time that it spends in the database. */
type Timed = <T>(operation: string, run: () => T) => T;

function syscallsOf(
  operations: Operations,
  asyncOperations: Operations,
  timed: Timed = (_, run) => run(),
): Syscalls {
  return {
    syscall: (operation, args) => {
      const run = operations[operation] ?? (() => unsupported(operation));
      const result = timed(operation, () => run(JSON.parse(args)));
      if (result instanceof Promise) throw new Error(`Operation ${operation} is asynchronous.`);
      return toText(result);
    },
    asyncSyscall: (operation, args) => {
      const run = asyncOperations[operation] ?? (() => unsupported(operation));
      try {
        const result = timed(operation, () => run(JSON.parse(args)));
        return result instanceof Promise ? result.then(toText, rethrow) : toText(result);
      } catch (error) {
        return rethrow(error);
      }
    },
  };
}

function rethrow(error: unknown): never {
  // convex/server rebuilds a ConvexError from the property `data` of the error that it catches.
  const data = errorDataOf(error);
  throw data === undefined ? error : Object.assign(new Error(String(error)), { data });
}

/** A snapshot query sees committed documents only, not its caller's writes, and is not part of the caller's read set. */
export type NestedKind = z.output<typeof nestedKind>;

/** The full path of a function to schedule or to make a handle of. Throws when there is no such function. */
type Existing = (where: Callee, purpose: "schedule" | "handle") => string | Promise<string>;

function handleOf(args: unknown, existing: Existing): string | Promise<string> {
  const path = existing(callee.parse(args), "handle");
  return path instanceof Promise ? path.then(functionHandleOf) : functionHandleOf(path);
}

/** Schedules the function that a syscall names; at once, unless its module has to be loaded first. */
function scheduled(
  args: unknown,
  caller: Caller,
  existing: Existing,
  schedule: (job: NewJob) => string | Promise<string>,
): string | Promise<string> {
  const { ts, args: jobArgs, ...where } = scheduleArgs.parse(args);
  const at = ts === null ? Number.NaN : ts * 1_000;
  const scheduleAt = (path: string) =>
    schedule({ path, args: jobArgs, at, parent: caller.origin.scheduledFunctionId });
  const path = existing(where, "schedule");
  return path instanceof Promise ? path.then(scheduleAt) : scheduleAt(path);
}

export type TransactionScope = {
  transaction: Transaction;
  /** The full path of the function that runs. */
  path: string;
  caller: Caller;
  journal: Journal;
  isReadOnly: boolean;
  existing: Existing;
  runNested: (where: Callee, kind: NestedKind, args: JSONValue, budget: Budget) => Promise<JSONValue>;
};

/** The query streams of a transaction, by the number that convex/server refers to them with. */
function streams(transaction: Transaction) {
  const open = new Map<number, Iterator<string>>();
  let last = 0;
  return {
    start: (args: unknown): JSONValue => {
      const { query } = streamArgs.parse(args);
      last += 1;
      open.set(last, runQuery(transaction, query));
      return { queryId: last };
    },
    next: (args: unknown): Result => {
      const { queryId } = streamNextArgs.parse(args);
      const result = open.get(queryId)?.next();
      return result && result.done !== true
        ? new JsonText(`{"value":${result.value},"done":false}`)
        : { value: null, done: true };
    },
    end: (args: unknown): JSONValue => {
      const { queryId } = streamNextArgs.parse(args);
      open.get(queryId)?.return?.();
      open.delete(queryId);
      return null;
    },
  };
}

/** Throws when the id is of a system table and `isSystem` is false, or the other way round. */
function assertOwner(transaction: Transaction, id: string, isSystem: boolean): void {
  const table = transaction.catalog.tableOfId(id);
  if (table === undefined || table.startsWith("_") === isSystem) return;
  throw new Error(
    isSystem
      ? `"${id}" is a document of "${table}": read it with db.get().`
      : `"${id}" is a document of the system table "${table}": read it with db.system.get(); it cannot be written.`,
  );
}

/** The syscalls of a query or mutation. */
export function transactionSyscalls(scope: TransactionScope): Syscalls {
  const { transaction, path, caller, journal, isReadOnly, existing, runNested } = scope;
  const stream = streams(transaction);
  const { component } = addressOf(path);
  let hasPaginated = false;
  const reads: Operations = {
    "1.0/get": (args) => {
      const { id, table, isSystem = false } = readArgs.parse(args);
      assertOwner(transaction, id, isSystem);
      return new JsonText(transaction.getText(id, table) ?? "null");
    },
    "1.0/queryStreamNext": stream.next,
    "1.0/queryPage": (args) => {
      if (component !== "") {
        throw new Error("PaginationUnsupportedInComponents: paginate() is only supported in the app.");
      }
      if (hasPaginated) {
        throw new Error("A function may run one paginated query only, and this one ran several.");
      }
      hasPaginated = true;
      const request = pageRequest.parse(args);
      const endCursor = request.endCursor ?? journal.endCursor;
      const { page, ...position } = runPage(transaction, { ...request, endCursor });
      journal.endCursor = position.continueCursor;
      return new JsonText(`{"page":[${page.join(",")}],${JSON.stringify(position).slice(1)}`);
    },
    "1.0/getUserIdentity": () => caller.identity,
    "1.0/createFunctionHandle": (args) => handleOf(args, existing),
    "1.0/getTransactionMetrics": () => transactionMetrics(transaction.usage),
    "1.0/getFunctionMetadata": () => functionMetadata(path),
    "1.0/getDeploymentMetadata": () => deploymentMetadata,
  };
  const writes: Operations = {
    "1.0/getRequestMetadata": () => requestMetadata(caller),
    "1.0/insert": (args) => {
      const { table, value } = insertArgs.parse(args);
      return { _id: transaction.insert(table, value) };
    },
    "1.0/replace": (args) => {
      const { id, value, table } = writeArgs.parse(args);
      assertOwner(transaction, id, false);
      transaction.replace(id, value, table);
      return null;
    },
    "1.0/shallowMerge": (args) => {
      const { id, value, table } = writeArgs.parse(args);
      assertOwner(transaction, id, false);
      transaction.patch(id, value, table);
      return null;
    },
    "1.0/remove": (args) => {
      const { id, table } = withId.parse(args);
      assertOwner(transaction, id, false);
      transaction.remove(id, table);
      return null;
    },
    "1.0/schedule": (args) => scheduled(args, caller, existing, (job) => scheduleJob(transaction, job)),
    "1.0/cancel_job": (args) => {
      const { id } = cancelArgs.parse(args);
      // As on Convex for clients before 1.50: a scheduled function that cancels itself goes on, and ends as a success.
      if (id !== caller.origin.scheduledFunctionId) cancelJob(transaction, id);
      return null;
    },
  };
  const synchronous: Operations = {
    "1.0/queryStream": stream.start,
    "1.0/queryCleanup": stream.end,
    "1.0/db/normalizeId": (args) => {
      const { table, idString } = normalizeArgs.parse(args);
      return { id: transaction.catalog.isId(table, idString) ? idString : null };
    },
    "1.0/getSnapshotTs": () => convexToJson(transaction.snapshot),
  };
  const runUdf = async (args: unknown) => {
    const nested = nestedCallArgs.parse(args);
    if (isReadOnly && nested.udfType !== "query") throw new Error(`A query cannot run a ${nested.udfType}.`);
    return await runNested(nested, nested.udfType, nested.args, nested.transactionLimits);
  };
  const operations = isReadOnly ? { ...reads, [RUN]: runUdf } : { ...reads, ...writes, [RUN]: runUdf };
  return serializedAroundNestedCalls(
    // A nested function's database time is measured by its own operations.
    syscallsOf(synchronous, operations, (operation, run) =>
      operation === RUN ? run() : transaction.usage.timed(run),
    ),
  );
}

/**
 * Delays a function's operations while a nested function that it called runs: a nested mutation that fails rolls back
 * every write since its start, so those must all be its own.
 */
function serializedAroundNestedCalls({ syscall, asyncSyscall }: Syscalls): Syscalls {
  let nested: Promise<unknown> | undefined;
  const runAfterNested = async (operation: string, args: string): Promise<string> => {
    while (nested) await nested;
    return await runNow(operation, args);
  };
  const runNow = (operation: string, args: string): string | Promise<string> => {
    const run = asyncSyscall(operation, args);
    if (operation !== RUN || typeof run === "string") return run;
    const ended = () => void (nested = undefined);
    nested = run.then(ended, ended);
    return run;
  };
  return {
    syscall,
    asyncSyscall: (operation, args) => (nested ? runAfterNested(operation, args) : runNow(operation, args)),
  };
}

export type ActionScope = {
  path: string;
  caller: Caller;
  existing: Existing;
  /** Rejects with FunctionError when the called function fails. */
  call: (kind: FunctionKind, where: Callee, args: JSONValue) => Promise<JSONValue>;
  transact: <T>(work: (transaction: Transaction) => T) => Promise<T>;
};

/** The syscalls of an action. */
export function actionSyscalls({ path, caller, existing, call: run, transact }: ActionScope): Syscalls {
  const calling = (kind: FunctionKind) => async (args: unknown) => {
    const { args: calleeArgs, ...where } = callArgs.parse(args);
    return await run(kind, where, calleeArgs);
  };
  return syscallsOf(
    {},
    {
      "1.0/actions/query": calling("query"),
      "1.0/actions/mutation": calling("mutation"),
      "1.0/actions/action": calling("action"),
      "1.0/actions/schedule": (args) =>
        scheduled(args, caller, existing, (job) => transact((transaction) => scheduleJob(transaction, job))),
      "1.0/actions/cancel_job": async (args) => {
        const { id } = cancelArgs.parse(args);
        await transact((transaction) => cancelJob(transaction, id));
        return null;
      },
      "1.0/getUserIdentity": () => caller.identity,
      "1.0/createFunctionHandle": (args) => handleOf(args, existing),
      "1.0/getFunctionMetadata": () => functionMetadata(path),
      "1.0/getDeploymentMetadata": () => deploymentMetadata,
      "1.0/getRequestMetadata": () => requestMetadata(caller),
    },
  );
}
