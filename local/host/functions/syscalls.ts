/**
 * The face that convex/server calls (`Convex.syscall` and `asyncSyscall`, convex 1.48): operation name and JSON text
 * in, JSON text out. What is not here throws, naming the operation.
 */
import { convexToJson, type JSONValue } from "convex/values";
import { z } from "zod";
import { addressOf, callee, handleOf, resolveCallee, type Callee } from "../modules/addresses";
import type { Caller } from "./caller";
import type { JsonDocument } from "../store/catalog";
import { dataOf } from "./failures";
import { deploymentMetadata, functionMetadata, requestMetadata, transactionMetrics } from "./metadata";
import type { Invocation } from "../modules/modules";
import { runPage, runQuery, serializedQuery } from "../transaction/query";
import type { FunctionKind } from "../modules/registeredFunctions";
import { cancelJob, scheduleJob } from "../transaction/jobs";
import type { Transaction } from "../transaction/transaction";

/** Where a paginated query's page ended when it first ran; null until it has. */
export type Journal = { endCursor: string | null };

type Syscalls = Pick<Invocation, "syscall" | "asyncSyscall">;
type Operations = Record<string, (args: unknown) => JSONValue | Promise<JSONValue>>;

const json = z.custom<JSONValue>((value) => value !== undefined);
const withId = z.object({ id: z.string(), table: z.string().optional() });
const reading = withId.extend({ isSystem: z.boolean().optional() });
const writing = withId.extend({ value: json });
const inserting = z.object({ table: z.string(), value: json });
const normalizing = z.object({ table: z.string(), idString: z.string() });
const streaming = z.object({ query: serializedQuery });
const streamed = z.object({ queryId: z.number() });
const cancelling = z.object({ id: z.string() });
const call = callee.extend({ args: json });
const nestedKind = z.enum(["query", "mutation", "snapshotQuery"]);
const nestedCall = call.extend({ udfType: nestedKind });
const scheduled = call.extend({ ts: z.number() });
const pageArgs = z.object({
  query: serializedQuery,
  cursor: z.string().nullable(),
  endCursor: z.string().nullable(),
  pageSize: z.number(),
  maximumRowsRead: z.number().nullable(),
});

const RUN = "1.0/runUdf";

function unsupported(operation: string): never {
  throw new Error(`Operation ${operation} is not supported by this host.`);
}

/** Runs an operation, counting its time where it is the database's. */
type Timed = <T>(operation: string, run: () => T) => T;

function syscallsOf(
  operations: Operations,
  asyncOperations: Operations,
  timed: Timed = (_, run) => run(),
): Syscalls {
  return {
    syscall: (operation, args) => {
      const run = operations[operation] ?? (() => unsupported(operation));
      return JSON.stringify(timed(operation, () => run(JSON.parse(args))));
    },
    asyncSyscall: async (operation, args) => {
      const run = asyncOperations[operation] ?? (() => unsupported(operation));
      try {
        return JSON.stringify(await timed(operation, () => run(JSON.parse(args))));
      } catch (error) {
        // convex/server rebuilds a ConvexError from `data` on the error it catches.
        const data = dataOf(error);
        throw data === undefined ? error : Object.assign(new Error(String(error)), { data });
      }
    },
  };
}

/** A snapshot query sees what is committed, not what its caller has written, and is not what the caller has read. */
export type NestedKind = z.output<typeof nestedKind>;

export type TransactionScope = {
  transaction: Transaction;
  /** Full, of the function that runs. */
  path: string;
  caller: Caller;
  journal: Journal;
  isReadOnly: boolean;
  runNested: (where: Callee, kind: NestedKind, args: JSONValue) => Promise<JSONValue>;
};

/** Streams under way, by the number handed to convex/server. */
function streams(transaction: Transaction) {
  const open = new Map<number, Iterator<JsonDocument>>();
  let last = 0;
  return {
    start: (args: unknown): JSONValue => {
      const { query } = streaming.parse(args);
      last += 1;
      open.set(last, runQuery(transaction, query));
      return { queryId: last };
    },
    next: (args: unknown): JSONValue => {
      const { queryId } = streamed.parse(args);
      const result = open.get(queryId)?.next();
      return result && result.done !== true
        ? { value: result.value, done: false }
        : { value: null, done: true };
    },
    end: (args: unknown): JSONValue => {
      const { queryId } = streamed.parse(args);
      open.get(queryId)?.return?.();
      open.delete(queryId);
      return null;
    },
  };
}

/** Refuses documents of the system where the app's are meant, and the other way round. */
function assertOwner(transaction: Transaction, id: string, isSystem: boolean): void {
  const table = transaction.catalog.tableOfId(id);
  if (table === undefined || table.startsWith("_") === isSystem) return;
  throw new Error(
    isSystem
      ? `"${id}" is a document of "${table}": read it with db.get().`
      : `"${id}" is a document of the system table "${table}": it is read with db.system.get(), and never written.`,
  );
}

export function transactionSyscalls(scope: TransactionScope): Syscalls {
  const { transaction, path, caller, journal, isReadOnly, runNested } = scope;
  const stream = streams(transaction);
  const { component } = addressOf(path);
  let hasPaginated = false;
  const reads: Operations = {
    "1.0/get": (args) => {
      const { id, table, isSystem = false } = reading.parse(args);
      assertOwner(transaction, id, isSystem);
      return transaction.get(id, table);
    },
    "1.0/queryStreamNext": stream.next,
    "1.0/queryPage": (args) => {
      if (hasPaginated) {
        throw new Error("A function may run one paginated query only: this one ran several.");
      }
      hasPaginated = true;
      const request = pageArgs.parse(args);
      const page = runPage(transaction, { ...request, endCursor: request.endCursor ?? journal.endCursor });
      journal.endCursor = page.continueCursor;
      return { ...page, splitCursor: null, pageStatus: null };
    },
    "1.0/getUserIdentity": () => caller.identity,
    "1.0/createFunctionHandle": (args) => handleOf(resolveCallee(component, callee.parse(args))),
    "1.0/getTransactionMetrics": () => transactionMetrics(transaction.usage),
    "1.0/getFunctionMetadata": () => functionMetadata(path),
    "1.0/getDeploymentMetadata": () => deploymentMetadata,
  };
  const writes: Operations = {
    "1.0/getRequestMetadata": () => requestMetadata(caller),
    "1.0/insert": (args) => {
      const { table, value } = inserting.parse(args);
      return { _id: transaction.insert(table, value) };
    },
    "1.0/replace": (args) => {
      const { id, value, table } = writing.parse(args);
      assertOwner(transaction, id, false);
      transaction.replace(id, value, table);
      return null;
    },
    "1.0/shallowMerge": (args) => {
      const { id, value, table } = writing.parse(args);
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
    "1.0/schedule": (args) => {
      const { ts, args: jobArgs, ...where } = scheduled.parse(args);
      return scheduleJob(transaction, resolveCallee(component, where), jobArgs, ts * 1_000);
    },
    "1.0/cancel_job": (args) => {
      cancelJob(transaction, cancelling.parse(args).id);
      return null;
    },
  };
  const synchronous: Operations = {
    "1.0/queryStream": stream.start,
    "1.0/queryCleanup": stream.end,
    "1.0/db/normalizeId": (args) => {
      const { table, idString } = normalizing.parse(args);
      return { id: transaction.catalog.isId(table, idString) ? idString : null };
    },
    "1.0/getSnapshotTs": () => convexToJson(transaction.snapshot),
  };
  const runUdf = async (args: unknown) => {
    const nested = nestedCall.parse(args);
    if (isReadOnly && nested.udfType === "mutation") throw new Error("A query cannot run a mutation.");
    return await runNested(nested, nested.udfType, nested.args);
  };
  const operations = isReadOnly ? { ...reads, [RUN]: runUdf } : { ...reads, ...writes, [RUN]: runUdf };
  return oneAtATime(
    // A nested function's time is its own; what it asks of the database is counted when it asks.
    syscallsOf(synchronous, operations, (operation, run) =>
      operation === RUN ? run() : transaction.usage.timed(run),
    ),
  );
}

/**
 * While a nested function runs, what its caller asks for meanwhile waits: a nested mutation that fails takes back all
 * that was written since it began, and that must be its own.
 */
function oneAtATime({ syscall, asyncSyscall }: Syscalls): Syscalls {
  let nested: Promise<unknown> | undefined;
  return {
    syscall,
    asyncSyscall: async (operation, args) => {
      while (nested) await nested;
      const run = asyncSyscall(operation, args);
      if (operation !== RUN) return await run;
      const ended = run.then(
        () => undefined,
        () => undefined,
      );
      nested = ended;
      try {
        return await run;
      } finally {
        nested = undefined;
      }
    },
  };
}

export type ActionScope = {
  path: string;
  caller: Caller;
  /** Rejects with FunctionError when the called function failed. */
  call: (kind: FunctionKind, where: Callee, args: JSONValue) => Promise<JSONValue>;
  transact: <T>(work: (transaction: Transaction) => T) => Promise<T>;
};

export function actionSyscalls({ path, caller, call: run, transact }: ActionScope): Syscalls {
  const { component } = addressOf(path);
  const calling = (kind: FunctionKind) => async (args: unknown) => {
    const { args: callArgs, ...where } = call.parse(args);
    return await run(kind, where, callArgs);
  };
  return syscallsOf(
    {},
    {
      "1.0/actions/query": calling("query"),
      "1.0/actions/mutation": calling("mutation"),
      "1.0/actions/action": calling("action"),
      "1.0/actions/schedule": async (args) => {
        const { ts, args: jobArgs, ...where } = scheduled.parse(args);
        const target = resolveCallee(component, where);
        return await transact((transaction) => scheduleJob(transaction, target, jobArgs, ts * 1_000));
      },
      "1.0/actions/cancel_job": async (args) => {
        const { id } = cancelling.parse(args);
        await transact((transaction) => cancelJob(transaction, id));
        return null;
      },
      "1.0/getUserIdentity": () => caller.identity,
      "1.0/createFunctionHandle": (args) => handleOf(resolveCallee(component, callee.parse(args))),
      "1.0/getFunctionMetadata": () => functionMetadata(path),
      "1.0/getDeploymentMetadata": () => deploymentMetadata,
      "1.0/getRequestMetadata": () => requestMetadata(caller),
    },
  );
}
