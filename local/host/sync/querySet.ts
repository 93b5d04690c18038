/** A client's query set: its subscriptions, which of them are invalidated, and their results as sent last. */
import type { JSONValue } from "convex/values";
import type { Caller } from "../functions/caller";
import type { Functions, QueryOutcome } from "../functions/functions";
import type { Journal } from "../functions/syscalls";
import type { WrittenKeys } from "../transaction/readSet";
import { failureFields, type MessageOf } from "./protocol";

type Subscription = {
  path: string;
  args: JSONValue;
  journal: Journal;
  /** The result sent last, as JSON text: only a different result is sent again. */
  sent: string | undefined;
  reads: QueryOutcome["reads"] | undefined;
};

/** An entry of a transition's `modifications`. */
export type Modification = Record<string, unknown> & { type: string; queryId: number };

function resultOf({ journal, ...outcome }: QueryOutcome): Record<string, unknown> {
  const shared = { logLines: [], journal: journal.endCursor };
  return outcome.ok
    ? { type: "QueryUpdated", value: outcome.value, ...shared }
    : {
        type: "QueryFailed",
        errorMessage: outcome.failure.message,
        ...failureFields(outcome.failure),
        ...shared,
      };
}

/** Results as JSON text, by outcome: clients share outcomes. */
const texts = new WeakMap<QueryOutcome, string>();

function textOf(outcome: QueryOutcome): string {
  const known = texts.get(outcome);
  if (known !== undefined) return known;
  const text = JSON.stringify(resultOf(outcome));
  texts.set(outcome, text);
  return text;
}

export class QuerySet {
  private readonly subscriptions = new Map<number, Subscription>();
  private invalidated = new Set<number>();

  constructor(private readonly functions: Functions) {}

  get size(): number {
    return this.subscriptions.size;
  }

  get hasInvalidated(): boolean {
    return this.invalidated.size > 0;
  }

  /** Adds and removes subscriptions. Returns the modifications that confirm removals. */
  modify(modifications: MessageOf<"ModifyQuerySet">["modifications"]): Modification[] {
    const removed: Modification[] = [];
    for (const modification of modifications) {
      const { queryId } = modification;
      if (modification.type === "Remove") {
        this.subscriptions.delete(queryId);
        this.invalidated.delete(queryId);
        removed.push({ type: "QueryRemoved", queryId });
      } else {
        const { udfPath: path, args, journal = null } = modification;
        const subscription = {
          path,
          args,
          journal: { endCursor: journal },
          sent: undefined,
          reads: undefined,
        };
        this.subscriptions.set(queryId, subscription);
        this.invalidated.add(queryId);
      }
    }
    return removed;
  }

  /** Invalidates every subscription whose read set the written keys overlap. */
  invalidate(keys: WrittenKeys): void {
    for (const [queryId, { reads }] of this.subscriptions) {
      if (reads?.overlaps(keys)) this.invalidated.add(queryId);
    }
  }

  invalidateAll(): void {
    for (const queryId of this.subscriptions.keys()) this.invalidated.add(queryId);
  }

  clear(): void {
    this.subscriptions.clear();
  }

  /** Runs the invalidated queries; must be called inside `runExclusively`. Returns the results that have changed. */
  async rerun(caller: Caller): Promise<Modification[]> {
    const due = this.invalidated;
    this.invalidated = new Set();
    const changed: Modification[] = [];
    for (const queryId of due) {
      const modification = await this.rerunOne(queryId, caller);
      if (modification) changed.push(modification);
    }
    return changed;
  }

  private async rerunOne(queryId: number, caller: Caller): Promise<Modification | undefined> {
    const subscription = this.subscriptions.get(queryId);
    if (!subscription) return undefined;
    const { path, args, journal } = subscription;
    const outcome = await this.functions.runSharedQueryWithinLock(path, args, caller, journal);
    subscription.reads = outcome.reads;
    subscription.journal = outcome.journal;
    const text = textOf(outcome);
    if (text === subscription.sent) return undefined;
    subscription.sent = text;
    return { type: "", ...resultOf(outcome), queryId };
  }
}
