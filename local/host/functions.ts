/**
 * Runs the app's functions. Queries and mutations are transactions and run one at a time; actions run beside them and
 * come back through the same door for every query and mutation they call.
 */
import { randomInt } from "node:crypto";
import { jsonToConvex, type JSONValue } from "convex/values";
import { system, type Caller } from "./caller";
import type { Catalog } from "./catalog";
import { describeFailure, FunctionError, type Failure } from "./failures";
import { Lock } from "./lock";
import type { Log } from "./log";
import { runAs, type Invocation, type LoadedModules } from "./modules";
import type { WrittenKeys } from "./ranges";
import { findFunction, type FunctionKind, type RegisteredFunction } from "./registered";
import type { HandledRequest, Store } from "./store";
import { actionSyscalls, transactionSyscalls, type Journal } from "./syscalls";
import { withinTimeLimit } from "./timeLimit";
import { Transaction } from "./transaction";
import { validate } from "./validation";

export type Outcome = { ok: true; value: JSONValue } | { ok: false; failure: Failure };

export type QueryOutcome = Outcome & { reads: Transaction["reads"]; journal: Journal };

export type MutationOutcome = Outcome & { timestamp: bigint };

export type Committed = { timestamp: bigint; keys: WrittenKeys; scheduledSomething: boolean };

type Parts = { store: Store; catalog: Catalog; modules: LoadedModules; log: Log };

/** Seeds of `Math.random`, one drawn for each run. */
const SEEDS = 2 ** 32;

/** A seeded generator (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export class Functions {
  private readonly lock = new Lock();
  private readonly listeners = new Set<(committed: Committed) => void>();

  constructor(private parts: Parts) {}

  /** Takes other modules and the catalog that goes with them, made between transactions: it brings indexes in step. */
  replace(modules: LoadedModules, catalog: () => Catalog): Promise<void> {
    return this.exclusively(() => {
      this.parts = { ...this.parts, modules, catalog: catalog() };
      return Promise.resolve();
    });
  }

  get log(): Log {
    return this.parts.log;
  }

  get modules(): LoadedModules {
    return this.parts.modules;
  }

  get timestamp(): bigint {
    return this.parts.store.timestamp;
  }

  /** How a client's request was answered, if it was handled already. */
  handledResponse(session: string, request: number): string | undefined {
    return this.parts.store.handledResponse(session, request);
  }

  /** Calls `listener` after every commit that wrote something. */
  onCommit(listener: (committed: Committed) => void): void {
    this.listeners.add(listener);
  }

  /** Runs `work` while no transaction runs. */
  exclusively<T>(work: () => Promise<T>): Promise<T> {
    return this.lock.run(work);
  }

  /** The function, if this caller may call it as this kind. Throws what Convex says when there is none. */
  find(path: string, kind: FunctionKind | "any", caller: Caller): RegisteredFunction {
    const modules = kind === "action" ? this.parts.modules.action : this.parts.modules.transaction;
    const found = findFunction(modules, path);
    if (!found || (!found.isPublic && !caller.isTrusted)) {
      throw new FunctionError(
        `Could not find public function for '${path}'. Did you forget to run \`npx convex dev\`?`,
      );
    }
    if (kind !== "any" && found.kind !== kind) {
      throw new FunctionError(
        `Trying to execute ${path} as a ${kind}, but it is defined as a ${found.kind}.`,
      );
    }
    return found;
  }

  private invocation(
    path: string,
    startedAt: number,
    calls: Pick<Invocation, "syscall" | "asyncSyscall">,
  ): Invocation {
    const fail = (error: unknown) =>
      this.parts.log.error(["Something this function did not wait for failed.", error], path);
    return { name: path, startedAt, random: seededRandom(randomInt(SEEDS)), fail, ...calls };
  }

  private async invoke(
    found: RegisteredFunction,
    args: JSONValue,
    invocation: Invocation,
  ): Promise<JSONValue> {
    const { isId } = this.parts.catalog;
    validate(found.args, jsonToConvex(args), "ArgumentValidationError", isId);
    const value = JSON.parse(
      await runAs(invocation, () => found.invoke(JSON.stringify([args]))),
    ) as JSONValue;
    if (found.returns) validate(found.returns, jsonToConvex(value), "ReturnsValidationError", isId);
    return value;
  }

  private async invokeWithin(
    transaction: Transaction,
    found: RegisteredFunction,
    args: JSONValue,
    caller: Caller,
    journal: Journal,
  ): Promise<JSONValue> {
    const calls = transactionSyscalls({
      transaction,
      path: found.path,
      caller,
      journal,
      isReadOnly: found.kind === "query",
      runNested: async (path, kind, nestedArgs) => {
        const nested = this.find(path, kind, system);
        const run = () => this.invokeWithin(transaction, nested, nestedArgs, caller, { endCursor: null });
        return kind === "mutation" ? await transaction.nested(run) : await run();
      },
    });
    return await this.invoke(found, args, this.invocation(found.path, transaction.startedAt, calls));
  }

  private async invokeInTime(
    transaction: Transaction,
    found: RegisteredFunction,
    args: JSONValue,
    caller: Caller,
    journal: Journal,
  ): Promise<JSONValue> {
    const databaseMs = () => transaction.usage.databaseMs;
    return await withinTimeLimit(found.path, databaseMs, () =>
      this.invokeWithin(transaction, found, args, caller, journal),
    );
  }

  private async attempt(path: string, work: () => Promise<JSONValue>): Promise<Outcome> {
    try {
      return { ok: true, value: await work() };
    } catch (error) {
      return { ok: false, failure: describeFailure(error, path, this.parts.log) };
    }
  }

  /** Runs a query as of now. `journal` pins where its page ended before, so that live pages stay gapless. */
  async runQuery(
    path: string,
    args: JSONValue,
    caller: Caller,
    journal: Journal = { endCursor: null },
  ): Promise<QueryOutcome> {
    const outcome = await this.exclusively(() => this.runQueryUnlocked(path, args, caller, journal));
    // What it read may be of a commit that is not on disk yet; nobody may learn of it before.
    await this.durable();
    return outcome;
  }

  /** Resolves when everything committed so far is on disk and may be told of. */
  durable(): Promise<void> {
    return this.parts.store.durable();
  }

  /** For callers that hold the lock already, to run several queries at one moment. */
  async runQueryUnlocked(
    path: string,
    args: JSONValue,
    caller: Caller,
    journal: Journal,
  ): Promise<QueryOutcome> {
    const { store, catalog } = this.parts;
    const transaction = new Transaction(store, catalog, Date.now());
    const pinned = { ...journal };
    const outcome = await this.attempt(path, async () => {
      const found = this.find(path, "query", caller);
      return await this.invokeInTime(transaction, found, args, caller, pinned);
    });
    transaction.close();
    return { ...outcome, reads: transaction.reads, journal: pinned };
  }

  /**
   * Runs a mutation; resolves when its writes are durable. `answerWith` gives the client's request that this commit answers,
   * so that a repeat of it is not applied again; `before` and `after` write along, in the same commit.
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
    await this.durable();
    return outcome;
  }

  /** As runMutation, but resolves when the writes are made: they may be told of after `durable()`. */
  async startMutation(
    path: string,
    args: JSONValue,
    caller: Caller,
    options: Parameters<Functions["runMutation"]>[3] = {},
  ): Promise<MutationOutcome> {
    return await this.exclusively(async () => {
      const { store, catalog } = this.parts;
      const transaction = new Transaction(store, catalog, Date.now());
      let timestamp = store.timestamp;
      const outcome = await this.attempt(path, async () => {
        const found = this.find(path, "mutation", caller);
        options.before?.(transaction);
        const value = await this.invokeInTime(transaction, found, args, caller, { endCursor: null });
        options.after?.(transaction);
        timestamp = this.commit(transaction, (at) => options.answerWith?.(value, at));
        return value;
      });
      transaction.close();
      return { ...outcome, timestamp };
    });
  }

  private commit(
    transaction: Transaction,
    answer: (timestamp: bigint) => HandledRequest | undefined,
  ): bigint {
    const next = this.parts.store.nextTimestamp();
    const handled = answer(next);
    if (!transaction.hasWrites && !handled) return this.parts.store.timestamp;
    const keys = transaction.commit(next, handled);
    const scheduledSomething = transaction.usage.used.functionsScheduled > 0;
    for (const listener of this.listeners) listener({ timestamp: next, keys, scheduledSomething });
    return next;
  }

  /** The host's own transactions, e.g. the scheduler's. */
  async transact<T>(work: (transaction: Transaction) => T): Promise<T> {
    const result = await this.exclusively(() => {
      const transaction = new Transaction(this.parts.store, this.parts.catalog, Date.now());
      const made = work(transaction);
      this.commit(transaction, () => undefined);
      return Promise.resolve(made);
    });
    await this.durable();
    return result;
  }

  private actionInvocation(path: string, caller: Caller): Invocation {
    const trusted = { ...caller, isTrusted: true };
    const calls = actionSyscalls({
      path,
      caller,
      call: async (kind, name, args) => {
        const outcome =
          kind === "query"
            ? await this.runQuery(name, args, trusted)
            : kind === "mutation"
              ? await this.runMutation(name, args, trusted)
              : await this.runAction(name, args, trusted);
        if (outcome.ok) return outcome.value;
        throw FunctionError.from(outcome.failure);
      },
      transact: (work) => this.transact(work),
    });
    return this.invocation(path, Date.now(), calls);
  }

  async runAction(path: string, args: JSONValue, caller: Caller): Promise<Outcome> {
    return await this.attempt(path, async () => {
      const found = this.find(path, "action", caller);
      return await this.invoke(found, args, this.actionInvocation(path, caller));
    });
  }

  /** Runs code of the app that is no registered function, such as an HTTP action, as an action. */
  async runAsAction<T>(name: string, caller: Caller, work: () => Promise<T>): Promise<T> {
    return await runAs(this.actionInvocation(name, caller), work);
  }

  /** The kind of a function; undefined when there is none. */
  kindOf(path: string): FunctionKind | undefined {
    return findFunction(this.parts.modules.transaction, path)?.kind;
  }
}
