/**
 * Runs the app's functions. Queries and mutations are transactions and run one at a time; actions run beside them and
 * come back through the same door for every query and mutation they call.
 */
import { randomInt } from "node:crypto";
import { jsonToConvex, type JSONValue } from "convex/values";
import { addressOf, isOfChild, resolveCallee, type Callee } from "../modules/addresses";
import { system, type Caller } from "./caller";
import type { Catalog } from "../store/catalog";
import { describeFailure, FunctionError, type Failure } from "./failures";
import { Lock } from "../lib/mutex";
import type { Log } from "../lib/log";
import { runAs, type Environment, type Invocation, type LoadedModules } from "../modules/modules";
import type { WrittenKeys } from "../transaction/readSet";
import { findFunction, type FunctionKind, type RegisteredFunction } from "../modules/registeredFunctions";
import type { HandledRequest, Store } from "../store/store";
import { actionSyscalls, transactionSyscalls, type Journal } from "./syscalls";
import { withinTimeLimit } from "./timeLimit";
import { Transaction } from "../transaction/transaction";
import { validate } from "../values/validators";

export type Outcome = { ok: true; value: JSONValue } | { ok: false; failure: Failure };

export type QueryOutcome = Outcome & { reads: Transaction["reads"]; journal: Journal };

export type MutationOutcome = Outcome & { timestamp: bigint };

export type Committed = { timestamp: bigint; keys: WrittenKeys; scheduledSomething: boolean };

/** A component at work; the app itself is the one at "". */
export type Component = { modules: LoadedModules; catalog: Catalog };
export type Components = ReadonlyMap<string, Component>;

type Parts = { store: Store; components: Components; log: Log };

/** A function, and the component it is of. */
type Target = { component: Component; full: string; function: RegisteredFunction };

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

  /** Takes other modules, with catalogs that are made between transactions: that brings indexes in step. */
  replace(components: () => Components): Promise<void> {
    return this.exclusively(() => {
      this.parts = { ...this.parts, components: components() };
      return Promise.resolve();
    });
  }

  get log(): Log {
    return this.parts.log;
  }

  /** The app's own modules. */
  get modules(): LoadedModules {
    return this.component("").modules;
  }

  get components(): Components {
    return this.parts.components;
  }

  private component(path: string): Component {
    const found = this.parts.components.get(path);
    if (!found) throw new FunctionError(`There is no component ${path}.`);
    return found;
  }

  private transaction(): Transaction {
    return new Transaction(this.parts.store, this.component("").catalog, Date.now());
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

  /** The function at a full path, whatever its visibility; undefined when there is none. */
  private lookUp(full: string, environment: Environment): Target | undefined {
    const { component: componentPath, path } = addressOf(full);
    const component = this.parts.components.get(componentPath);
    const found = component && findFunction(component.modules[environment], path);
    return found && { component, full, function: found };
  }

  /** The function, if this caller may call it as this kind. Throws what Convex says when there is none. */
  private find(full: string, kind: FunctionKind, caller: Caller): Target {
    const target = this.lookUp(full, kind === "action" ? "action" : "transaction");
    // A component's functions are for the app that uses it: no client calls them.
    const isOpen =
      caller.isTrusted || (target?.function.isPublic === true && addressOf(full).component === "");
    if (!target || !isOpen) {
      throw new FunctionError(
        `Could not find public function for '${full}'. Did you forget to run \`npx convex dev\`?`,
      );
    }
    if (target.function.kind !== kind) {
      throw new FunctionError(
        `Trying to execute ${full} as a ${kind}, but it is defined as a ${target.function.kind}.`,
      );
    }
    return target;
  }

  /** What a function at `from` calls. Of its components' functions it sees the public ones only. */
  private calleeOf(from: string, where: Callee): string {
    const full = resolveCallee(addressOf(from).component, where);
    if (isOfChild(where) && this.lookUp(full, "transaction")?.function.isPublic === false) {
      throw new FunctionError(`${full} is internal to its component.`);
    }
    return full;
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

  private async invoke(target: Target, args: JSONValue, invocation: Invocation): Promise<JSONValue> {
    const { function: found, component } = target;
    const { isId } = component.catalog;
    validate(found.args, jsonToConvex(args), "ArgumentValidationError", isId);
    const value = JSON.parse(
      await runAs(invocation, () => found.invoke(JSON.stringify([args]))),
    ) as JSONValue;
    if (found.returns) validate(found.returns, jsonToConvex(value), "ReturnsValidationError", isId);
    return value;
  }

  private async invokeWithin(
    outer: Transaction,
    target: Target,
    args: JSONValue,
    caller: Caller,
    journal: Journal,
  ): Promise<JSONValue> {
    const { full } = target;
    const transaction = outer.within(target.component.catalog);
    const calls = transactionSyscalls({
      transaction,
      path: full,
      caller: callerIn(full, caller),
      journal,
      isReadOnly: target.function.kind === "query",
      runNested: async (where, kind, nestedArgs) => {
        const called = this.calleeOf(full, where);
        const nested = this.find(called, kind === "mutation" ? "mutation" : "query", system);
        const inside = kind === "snapshotQuery" ? this.transaction() : transaction;
        const run = () => this.invokeWithin(inside, nested, nestedArgs, caller, { endCursor: null });
        return kind === "mutation" ? await transaction.nested(run) : await run();
      },
    });
    return await this.invoke(target, args, this.invocation(full, transaction.startedAt, calls));
  }

  private async invokeInTime(
    transaction: Transaction,
    target: Target,
    args: JSONValue,
    caller: Caller,
    journal: Journal,
  ): Promise<JSONValue> {
    const databaseMs = () => transaction.usage.databaseMs;
    return await withinTimeLimit(target.full, databaseMs, () =>
      this.invokeWithin(transaction, target, args, caller, journal),
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
    const transaction = this.transaction();
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
      const transaction = this.transaction();
      let { timestamp } = this;
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
      const transaction = this.transaction();
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
      caller: callerIn(path, caller),
      call: async (kind, where, args) => {
        const name = this.calleeOf(path, where);
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
    return this.lookUp(path, "transaction")?.function.kind;
  }
}

/** Who calls is the app's affair: a component is not told. */
function callerIn(full: string, caller: Caller): Caller {
  return addressOf(full).component === "" ? caller : { ...caller, identity: null };
}
