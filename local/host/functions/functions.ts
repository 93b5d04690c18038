/**
 * Runs the app's functions. Queries and mutations are transactions and run one at a time. Actions run concurrently with
 * them; every query and mutation that an action calls is a transaction of its own.
 */
import type { JSONValue } from "convex/values";
import type { Log } from "../lib/log";
import { Mutex, type Priority } from "../lib/mutex";
import type { Invocation } from "../modules/invocation";
import type { LoadedModules } from "../modules/modules";
import type { FunctionKind } from "../modules/registeredFunctions";
import { StorageUnavailable } from "../store/groupCommit";
import type { HandledRequest, Store } from "../store/store";
import { Usage, type Counter } from "../transaction/limits";
import type { ReadSet, WrittenKeys } from "../transaction/readSet";
import { Transaction } from "../transaction/transaction";
import { isWaitedFor, type Caller } from "./caller";
import { ComponentRegistry, type Components, type Target } from "./componentRegistry";
import { FunctionError, toFailure, type Failure } from "./failures";
import { callerFor, Invoker } from "./invoker";
import { actionSyscalls, type Journal } from "./syscalls";

export type Outcome = { ok: true; value: JSONValue } | { ok: false; failure: Failure };

export type QueryOutcome = Outcome & { reads: Transaction["reads"]; journal: Journal };

/** `timestamp`: the commit's time, in nanoseconds since the epoch, UTC. */
export type MutationOutcome = Outcome & { timestamp: bigint };

export type Committed = { timestamp: bigint; keys: WrittenKeys; scheduledSomething: boolean };

/** A mutation that ran: what it read, and the keys that it wrote, or would have written. */
export type MutationRecord = { path: string; reads: ReadSet; keys: WrittenKeys };

/** A function that ran to its end, and what it used of each of Convex's limits itself: nothing for an action. */
export type FunctionRun = { path: string; kind: FunctionKind; used: Record<Counter, number> };

export class Functions {
  readonly log: Log;
  private readonly store: Store;
  private registry: ComponentRegistry;
  private readonly mutex = new Mutex();
  private readonly listeners = new Set<(committed: Committed) => void>();
  private readonly recorders = new Set<(record: MutationRecord) => void>();
  private readonly runListeners = new Set<(run: FunctionRun) => void>();
  /** Results of live queries since the last commit, which clients with the same query share. */
  private readonly shared = new Map<string, QueryOutcome>();
  private readonly invoker: Invoker;

  constructor({ store, components, log }: { store: Store; components: Components; log: Log }) {
    this.log = log;
    this.store = store;
    this.registry = new ComponentRegistry(components);
    this.invoker = new Invoker({
      log,
      registry: () => this.registry,
      transaction: () => this.transaction(),
    });
  }

  /** Replaces all modules. `components` is called between transactions, because creating catalogs changes indexes. */
  replace(components: () => Components): Promise<void> {
    return this.runExclusively(() => {
      this.shared.clear();
      this.registry = new ComponentRegistry(components());
      return Promise.resolve();
    });
  }

  /** The app's own modules. */
  get modules(): LoadedModules {
    return this.registry.component("").modules;
  }

  get components(): Components {
    return this.registry.components;
  }

  private transaction(): Transaction {
    return new Transaction(this.store, this.registry.component("").catalog, Date.now());
  }

  /** The time of the last commit, in nanoseconds since the epoch, UTC. */
  get timestamp(): bigint {
    return this.store.timestamp;
  }

  /** The stored answer to a client's request; undefined when it was not handled yet. */
  handledResponse(session: string, request: number): string | undefined {
    return this.store.handledResponse(session, request);
  }

  /** Calls `listener` after every commit that wrote something. */
  onCommit(listener: (committed: Committed) => void): void {
    this.listeners.add(listener);
  }

  /** Calls `recorder` with every mutation of the app that ends without an error, until the returned function is called. */
  recordMutations(recorder: (record: MutationRecord) => void): () => void {
    this.recorders.add(recorder);
    return () => void this.recorders.delete(recorder);
  }

  /** Calls `listener` with every function that ends without an error, until the returned function is called. */
  onRun(listener: (run: FunctionRun) => void): () => void {
    this.runListeners.add(listener);
    return () => void this.runListeners.delete(listener);
  }

  /** Finds a function to call, after its module is loaded. Rejects with FunctionError when the caller may not call it. */
  private async find(path: string, kind: FunctionKind, caller: Caller): Promise<Target> {
    await this.registry.loaded(path);
    return this.registry.find(path, kind, caller);
  }

  private reportRun(path: string, kind: FunctionKind, transaction?: Transaction): void {
    const { used } = transaction?.usage ?? new Usage();
    for (const listener of this.runListeners) listener({ path, kind, used });
  }

  /** Runs a mutation and rolls it back. Throws what the mutation throws. */
  async rehearseMutation(path: string, args: JSONValue, caller: Caller): Promise<MutationRecord> {
    return await this.runExclusively(async () => {
      const transaction = this.transaction();
      const found = await this.find(path, "mutation", caller);
      await this.invoker.invokeWithTimeLimit(transaction, found, args, caller, { endCursor: null });
      const record = { path, reads: transaction.reads, keys: transaction.writtenKeys };
      transaction.close();
      return record;
    });
  }

  /**
   * Runs `work` while no transaction runs. Rejects with StorageUnavailable when commits were lost meanwhile, since the work
   * may have read them.
   */
  runExclusively<T>(work: () => Promise<T>, priority: Priority = "foreground"): Promise<T> {
    return this.mutex.runExclusive(async () => {
      const { losses } = this.store;
      const result = await work();
      this.store.assertNoneLostSince(losses);
      return result;
    }, priority);
  }

  private async attempt(path: string, work: () => Promise<JSONValue>): Promise<Outcome> {
    try {
      return { ok: true, value: await work() };
    } catch (error) {
      // Not the function's failure: whoever called it may call it again once there is room.
      if (error instanceof StorageUnavailable) throw error;
      return { ok: false, failure: toFailure(error, path, this.log) };
    }
  }

  /** Runs a query as of now. `journal` fixes the end of a page that was read before, so that live pages stay gapless. */
  async runQuery(
    path: string,
    args: JSONValue,
    caller: Caller,
    journal: Journal = { endCursor: null },
  ): Promise<QueryOutcome> {
    const work = () => this.runQueryWithinLock(path, args, caller, journal);
    const outcome = await this.runExclusively(work, priorityFor(caller));
    // The query may have read a commit that is not on disk yet; its result must not be visible before.
    await this.whenDurable();
    return outcome;
  }

  /** Resolves when every commit made so far is on disk. Results may be sent to clients only then. */
  whenDurable(): Promise<void> {
    return this.store.whenDurable();
  }

  /** For callers inside `runExclusively`, which run several queries on the same snapshot. */
  async runQueryWithinLock(
    path: string,
    args: JSONValue,
    caller: Caller,
    journal: Journal,
  ): Promise<QueryOutcome> {
    const transaction = this.transaction();
    const pinned = { ...journal };
    const outcome = await this.attempt(path, async () => {
      const found = await this.find(path, "query", caller);
      const value = await this.invoker.invokeWithTimeLimit(transaction, found, args, caller, pinned);
      this.reportRun(path, "query", transaction);
      return value;
    });
    transaction.close();
    return { ...outcome, reads: transaction.reads, journal: pinned };
  }

  /**
   * As `runQueryWithinLock`. Runs once for all clients who ask the same with the same identity between two commits, as on Convex,
   * whose results are cached.
   */
  async runSharedQueryWithinLock(
    path: string,
    args: JSONValue,
    caller: Caller,
    journal: Journal,
  ): Promise<QueryOutcome> {
    const key = shareKeyOf(path, args, caller, journal);
    const known = key === undefined ? undefined : this.shared.get(key);
    if (known) return known;
    const outcome = await this.runQueryWithinLock(path, args, caller, journal);
    if (key !== undefined) this.shared.set(key, outcome);
    return outcome;
  }

  /**
   * Runs a mutation; resolves when its writes are durable. `answerWith` returns the client's request and answer to store
   * with the commit, so that a retry is not applied again; `before` and `after` write in the same commit.
   */
  async runMutation(
    path: string,
    args: JSONValue,
    caller: Caller,
    options: {
      answerWith?: (value: JSONValue, timestamp: bigint) => HandledRequest;
      before?: (transaction: Transaction) => void;
      after?: (transaction: Transaction) => void;
    } = {},
  ): Promise<MutationOutcome> {
    const outcome = await this.startMutation(path, args, caller, options);
    await this.whenDurable();
    return outcome;
  }

  /** As runMutation, but resolves when the writes are committed; they are durable after `whenDurable()`. */
  async startMutation(
    path: string,
    args: JSONValue,
    caller: Caller,
    options: Parameters<Functions["runMutation"]>[3] = {},
  ): Promise<MutationOutcome> {
    return await this.runExclusively(async () => {
      const transaction = this.transaction();
      let { timestamp } = this;
      const outcome = await this.attempt(path, async () => {
        const found = await this.find(path, "mutation", caller);
        options.before?.(transaction);
        const value = await this.invoker.invokeWithTimeLimit(transaction, found, args, caller, {
          endCursor: null,
        });
        options.after?.(transaction);
        if (this.recorders.size > 0) {
          const record = { path, reads: transaction.reads, keys: transaction.writtenKeys };
          for (const recorder of this.recorders) recorder(record);
        }
        this.reportRun(path, "mutation", transaction);
        timestamp = this.commit(transaction, (at) => options.answerWith?.(value, at));
        return value;
      });
      transaction.close();
      return { ...outcome, timestamp };
    }, priorityFor(caller));
  }

  private commit(
    transaction: Transaction,
    answer: (timestamp: bigint) => HandledRequest | undefined,
  ): bigint {
    const next = this.store.nextTimestamp();
    const handled = answer(next);
    if (!transaction.hasWrites && !handled) return this.store.timestamp;
    const keys = transaction.commit(next, handled);
    this.shared.clear();
    const scheduledSomething = transaction.usage.used.functionsScheduled > 0;
    for (const listener of this.listeners) listener({ timestamp: next, keys, scheduledSomething });
    return next;
  }

  /** Runs a transaction of the host itself, e.g. of the scheduler. Resolves when its writes are durable. */
  async transact<T>(work: (transaction: Transaction) => T, priority: Priority = "background"): Promise<T> {
    const result = await this.runExclusively(() => {
      const transaction = this.transaction();
      const value = work(transaction);
      this.commit(transaction, () => undefined);
      return Promise.resolve(value);
    }, priority);
    await this.whenDurable();
    return result;
  }

  /** Reads outside of a function, e.g. for the scheduler: also what is committed and not on disk yet. */
  look<T>(work: (transaction: Transaction) => T): Promise<T> {
    return this.runExclusively(() => Promise.resolve(work(this.transaction())), "background");
  }

  private actionInvocation(path: string, caller: Caller): Invocation {
    const trusted = { ...caller, isTrusted: true };
    const calls = actionSyscalls({
      path,
      caller: callerFor(path, caller),
      existing: (where, purpose) => this.registry.existing(path, where, purpose),
      call: async (kind, where, args) => {
        const name = await this.registry.calleeOf(path, where);
        const outcome =
          kind === "query"
            ? await this.runQuery(name, args, trusted)
            : kind === "mutation"
              ? await this.runMutation(name, args, trusted)
              : await this.runAction(name, args, trusted);
        if (outcome.ok) return outcome.value;
        throw FunctionError.from(outcome.failure);
      },
      transact: (work) => this.transact(work, priorityFor(caller)),
    });
    return this.invoker.invocation(path, Date.now(), calls);
  }

  async runAction(path: string, args: JSONValue, caller: Caller): Promise<Outcome> {
    return await this.attempt(path, async () => {
      const found = await this.find(path, "action", caller);
      const value = await this.invoker.invoke(found, args, this.actionInvocation(path, caller));
      this.reportRun(path, "action");
      return value;
    });
  }

  /** Runs code of the app that is not a registered function, such as an HTTP action, in an action's environment. */
  async runAsAction<T>(
    name: string,
    caller: Caller,
    work: (invocation: Invocation) => Promise<T>,
  ): Promise<T> {
    return await work(this.actionInvocation(name, caller));
  }

  /** The kind of a function; undefined when there is none. */
  async kindOf(path: string): Promise<FunctionKind | undefined> {
    await this.registry.loaded(path);
    return this.registry.lookUp(path, "transaction")?.function.kind;
  }
}

/** What a query's result depends on besides the data; undefined for arguments nested too deep, which the query refuses. */
function shareKeyOf(
  path: string,
  args: JSONValue,
  { identity, isTrusted }: Caller,
  { endCursor }: Journal,
): string | undefined {
  try {
    return JSON.stringify([path, args, identity, isTrusted, endCursor]);
  } catch {
    return undefined;
  }
}

function priorityFor(caller: Caller): Priority {
  return isWaitedFor(caller) ? "foreground" : "background";
}
