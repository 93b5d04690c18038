/**
 * Invokes functions: checks arguments and results, gives them the host's operations, and holds those of a transaction to their
 * time limit.
 */
import { randomInt } from "node:crypto";
import type { JSONValue } from "convex/values";
import type { Log } from "../lib/log";
import { seededRandom } from "../lib/seededRandom";
import { addressOf } from "../modules/addresses";
import type { CodeTime, Invocation } from "../modules/invocation";
import type { Transaction } from "../transaction/transaction";
import { ARGUMENTS_BYTES_MAX, assertWithinBounds, RESULT_BYTES_MAX } from "../values/bounds";
import { validateJson } from "../values/jsonChecks";
import { assertNotLarger } from "../values/size";
import { systemCaller, type Caller } from "./caller";
import type { ComponentRegistry, Target } from "./componentRegistry";
import { transactionSyscalls, type Journal } from "./syscalls";
import { withinTimeLimit } from "./timeLimit";

/** Number of possible seeds of `Math.random`; each run draws one. */
const SEEDS = 2 ** 32;

/** How deep queries and mutations may call one another (convex-backend, MAX_REACTOR_CALL_DEPTH). */
const CALL_DEPTH_MAX = 8;

type InvokerContext = {
  log: Log;
  /** The registry changes when the functions are reloaded. */
  registry: () => ComponentRegistry;
  /** A transaction of its own, for queries that must not see their caller's writes. */
  transaction: () => Transaction;
};

export class Invoker {
  constructor(private readonly context: InvokerContext) {}

  /** What a function can use of the host. `calls`: its operations. */
  invocation(
    path: string,
    startedAt: number,
    calls: Pick<Invocation, "syscall" | "asyncSyscall">,
  ): Invocation {
    const onUnhandledError = (error: unknown) =>
      this.context.log.error(["An operation that this function did not await failed.", error], path);
    return { name: path, startedAt, random: seededRandom(randomInt(SEEDS)), onUnhandledError, ...calls };
  }

  /** Throws when arguments or result are not as declared, and what the function throws. */
  async invoke(target: Target, args: JSONValue, invocation: Invocation): Promise<JSONValue> {
    const { function: found, component } = target;
    const { isId } = component.catalog;
    assertWithinBounds(args);
    const argsText = JSON.stringify([args]);
    assertNotLarger([args], argsText, ARGUMENTS_BYTES_MAX, `Arguments for ${found.path} are`);
    validateJson(found.args, args, "ArgumentValidationError", isId);
    const text = await found.invoke(invocation, argsText);
    const value = JSON.parse(text) as JSONValue;
    assertWithinBounds(value);
    assertNotLarger(value, text, RESULT_BYTES_MAX, `Function ${target.fullPath} return value is`);
    if (found.returns) validateJson(found.returns, value, "ReturnsValidationError", isId);
    return value;
  }

  private async invokeWithin(
    outer: Transaction,
    target: Target,
    args: JSONValue,
    caller: Caller,
    journal: Journal,
    codeTime: CodeTime,
    depth = 0,
  ): Promise<JSONValue> {
    const { fullPath } = target;
    const transaction = outer.within(target.component.catalog);
    const calls = transactionSyscalls({
      transaction,
      path: fullPath,
      caller: callerFor(fullPath, caller),
      journal,
      isReadOnly: target.function.kind === "query",
      existing: (where, purpose) => this.context.registry().existing(fullPath, where, purpose),
      runNested: async (where, kind, nestedArgs, budget) => {
        if (depth >= CALL_DEPTH_MAX) throw new Error(`MaximumCallDepthExceeded: ${fullPath} calls too deep.`);
        const callee = this.context.registry().calleeOf(fullPath, where);
        const called = typeof callee === "string" ? callee : await transaction.usage.whileLoading(callee);
        const nested = this.context
          .registry()
          .find(called, kind === "mutation" ? "mutation" : "query", systemCaller);
        const inside = kind === "snapshotQuery" ? this.context.transaction() : transaction;
        const run = () =>
          inside.usage.withBudget(budget, () =>
            this.invokeWithin(inside, nested, nestedArgs, caller, { endCursor: null }, codeTime, depth + 1),
          );
        return kind === "mutation" ? await transaction.nested(run) : await run();
      },
    });
    const invocation = { ...this.invocation(fullPath, transaction.startedAt, calls), codeTime };
    return await this.invoke(target, args, invocation);
  }

  /** Runs a query or mutation in a transaction. Throws as `invoke` does, and when it takes too long. */
  async invokeWithTimeLimit(
    transaction: Transaction,
    target: Target,
    args: JSONValue,
    caller: Caller,
    journal: Journal,
  ): Promise<JSONValue> {
    const codeTime = { spentMs: 0, turns: 0, hostMs: () => transaction.usage.hostMs };
    return await withinTimeLimit(target.fullPath, codeTime, () =>
      this.invokeWithin(transaction, target, args, caller, journal, codeTime),
    );
  }
}

/** The caller as a function sees it: an identity does not cross the boundaries of components, as on Convex. */
export function callerFor(fullPath: string, caller: Caller): Caller {
  const isOwn = addressOf(fullPath).component === (caller.component ?? "");
  return isOwn ? caller : { ...caller, identity: null };
}
