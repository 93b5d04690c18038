/**
 * `hostTest(schema, modules)`: the interface of `convexTest` on this host's engine, in memory or in a folder. Functions
 * are loaded by the test's module loader when they are first called, so they see the test's globals (for example its fake clock and fetch), unlike
 * in a deployment. Crons do not run.
 */
import type { TestConvex } from "convex-test";
import {
  actionGeneric,
  getFunctionAddress,
  mutationGeneric,
  queryGeneric,
  type FunctionReference,
  type FunctionVisibility,
  type GenericSchema,
  type SchemaDefinition,
  type UserIdentity,
} from "convex/server";
import { ConvexError, convexToJson, jsonToConvex, type Value } from "convex/values";
import { unknownOrigin, type Caller, type Origin } from "./functions/caller";
import type { FunctionRun, MutationRecord, Outcome } from "./functions/functions";
import { jobsIn } from "./transaction/jobs";
import { convexGlobal } from "./modules/invocation";
import { addressOf, callee, resolveCallee } from "./modules/addresses";
import type { FunctionKind } from "./modules/registeredFunctions";
import { httpActionFor } from "./http/httpActions";
import {
  INLINE,
  openEngine,
  type Engine,
  type HostTestOptions,
  type ModuleGlob,
  type Registered,
} from "./testEngine";

/** One mutation that ran, and which others would have made Convex retry it. */
export type RanMutation = {
  /** Its address, e.g. `orders/picking/pickStatus:setPicked`. */
  name: string;
  /**
   * Why Convex would have retried this mutation if `earlier` had committed while it ran: the indexes, as `table.index`, in
   * which `earlier` wrote inside a range that this one read. `by_id` stands for single documents. Empty: no conflict.
   */
  conflictsAfter: (earlier: RanMutation) => string[];
};

/**
 * Conflicts between transactions, which the host's own cannot have because they run one after the other. Convex runs them
 * side by side, and retries one that has read what another wrote meanwhile ("Optimistic concurrency control").
 */
export type ConflictRecorder = {
  /** Runs a mutation and rolls it back, so that the next one starts from the same state. */
  rehearse: (
    mutation: FunctionReference<"mutation", FunctionVisibility>,
    args: Record<string, Value>,
  ) => Promise<RanMutation>;
  /** The mutations of the app that ran during `work`, in the order of their commits, without those that tests write inline. */
  recordMutations: (work: () => Promise<unknown>) => Promise<RanMutation[]>;
};

/** What ran, and what it read and wrote. */
export type RunRecorder = {
  /** The functions of the app that ran to their end during `work`, without those that tests write inline. */
  recordRuns: (work: () => Promise<unknown>) => Promise<FunctionRun[]>;
};

const SITE = "https://some.convex.site";
const ISSUER = "https://convex.test";

/**
 * Default limit of clock advances in finishAllScheduledFunctions, against functions that schedule themselves forever.
 */
const ITERATIONS_MAX = 1_000;

/** Bound at load time, so that they go on when a test installs fake timers. */
const realTimers = { setTimeout, clearTimeout };

const builders = { query: queryGeneric, mutation: mutationGeneric, action: actionGeneric };

/** The full path of a function of the app, or of a component that it uses. */
function pathOf(reference: FunctionReference<FunctionKind, FunctionVisibility>): string {
  return resolveCallee("", callee.parse(getFunctionAddress(reference)));
}

function valueOf(outcome: Outcome): Value {
  if (outcome.ok) return jsonToConvex(outcome.value);
  const { data, detail } = outcome.failure;
  throw data === undefined ? new Error(detail) : new ConvexError(jsonToConvex(data));
}

/** The records of one engine, comparable with one another. `indexName`: an index's `table.index`. */
class RecordedMutation implements RanMutation {
  constructor(
    private readonly record: MutationRecord,
    private readonly indexName: (id: number) => string,
  ) {}

  get name(): string {
    return this.record.path;
  }

  readonly conflictsAfter = (earlier: RanMutation): string[] => {
    if (!(earlier instanceof RecordedMutation)) throw new Error("This mutation was not recorded here.");
    return this.record.reads.overlappingIndexes(earlier.record.keys).map(this.indexName).sort();
  };
}

/**
 * Turns of the event loop between two advances of the clock. What a function awaits besides timers, such as cryptography, ends in
 * them; else the clock could run on past its lease meanwhile.
 */
const TURNS_PER_ADVANCE = 12;

/** Does `work` every few turns of the event loop until `ended` has settled. Rejects as `ended` does, and as `work` throws. */
async function repeatUntil(ended: Promise<void>, work: () => void): Promise<void> {
  let turn: NodeJS.Timeout | undefined;
  let turns = 0;
  const failed = new Promise<never>((_, reject) => {
    const repeat = () => {
      try {
        turns += 1;
        if (turns % TURNS_PER_ADVANCE === 0) work();
        turn = realTimers.setTimeout(repeat, 0);
      } catch (error) {
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    };
    turn = realTimers.setTimeout(repeat, 0);
  });
  try {
    await Promise.race([ended, failed]);
  } finally {
    realTimers.clearTimeout(turn);
  }
}

type Inline = (ctx: unknown) => Promise<unknown>;

let inlineFunctions = 0;

class TestClient {
  constructor(
    /** Opens the engine with the first call, when every component is registered. */
    private readonly engine: () => Promise<Engine>,
    private readonly register: (component: Registered) => void,
    private readonly identity: Partial<UserIdentity> | null,
    private readonly origin: Origin,
  ) {}

  /** The caller of a function. A component's function that a test calls directly sees the identity, as on convex-test. */
  private callerOf(path: string): Caller {
    const { identity, origin } = this;
    return {
      identity: identity && (convexToJson(identity) as Caller["identity"]),
      component: addressOf(path).component,
      isTrusted: true,
      origin,
    };
  }

  private async call(kind: FunctionKind, path: string, args: Value): Promise<Value> {
    const { functions } = await this.engine();
    const [json, caller] = [convexToJson(args), this.callerOf(path)];
    if (kind === "query") return valueOf(await functions.runQuery(path, json, caller));
    if (kind === "mutation") return valueOf(await functions.runMutation(path, json, caller));
    return valueOf(await functions.runAction(path, json, caller));
  }

  /** Runs a function that the test writes inline. Its result or error reaches the test unserialized. */
  private async callInline(kind: FunctionKind, work: Inline): Promise<unknown> {
    const { app } = await this.engine();
    inlineFunctions += 1;
    const name = `inline${inlineFunctions}`;
    let outcome: { value: unknown } | { error: unknown; data: unknown } | undefined;
    const handler = async (ctx: unknown) => {
      try {
        outcome = { value: await work(ctx) };
        return null;
      } catch (error) {
        outcome = { error, data: error instanceof ConvexError ? error.data : undefined };
        throw error;
      }
    };
    const module = app.modules.transaction.get(INLINE) ?? {};
    module[name] = builders[kind]({ handler });
    try {
      await this.call(kind, `${INLINE}:${name}`, {});
    } catch (error) {
      if (!outcome || !("error" in outcome)) throw error;
      // convex/server has replaced the data by its JSON text.
      if (outcome.error instanceof ConvexError) outcome.error.data = outcome.data as Value;
      throw outcome.error;
    } finally {
      delete module[name];
    }
    return outcome && "value" in outcome ? outcome.value : undefined;
  }

  private runnerFor(kind: FunctionKind) {
    return async (what: FunctionReference<FunctionKind> | Inline, args: Value = {}) =>
      typeof what === "function"
        ? await this.callInline(kind, what)
        : await this.call(kind, pathOf(what), args);
  }

  readonly query = this.runnerFor("query");
  readonly mutation = this.runnerFor("mutation");
  readonly action = this.runnerFor("action");
  readonly run = (work: Inline) => this.callInline("mutation", work);

  readonly fetch = async (path: string, init?: RequestInit): Promise<Response> => {
    const { functions, app } = await this.engine();
    await app.load("http");
    const url = new URL(path, SITE);
    const action = httpActionFor(functions, init?.method ?? "GET", url.pathname);
    if (!action) return new Response("No matching routes found", { status: 404 });
    return await action(this.callerOf(""), () => new Request(url, init));
  };

  readonly finishInProgressScheduledFunctions = async (): Promise<void> => {
    await (await this.engine()).scheduler.idle();
  };

  readonly finishAllScheduledFunctions = async (
    advanceTimers: () => void,
    maxIterations = ITERATIONS_MAX,
  ): Promise<void> => {
    const { functions, scheduler } = await this.engine();
    for (let iteration = 0; iteration < maxIterations; iteration += 1) {
      advanceTimers();
      await repeatUntil(scheduler.idle(), advanceTimers);
      const isPending = await functions.transact(
        (transaction) => jobsIn(transaction, "pending", 1).length > 0,
      );
      if (!isPending) return;
    }
    throw new Error(`After ${maxIterations} advances of the clock there are still scheduled functions.`);
  };

  private async recorded(record: MutationRecord): Promise<RecordedMutation> {
    const { store } = await this.engine();
    const names = new Map(store.indexes().map(({ id, table, name }) => [id, `${table}.${name}`]));
    return new RecordedMutation(record, (id) => names.get(id) ?? String(id));
  }

  readonly rehearse: ConflictRecorder["rehearse"] = async (mutation, args) => {
    const { functions } = await this.engine();
    const path = pathOf(mutation);
    return await this.recorded(
      await functions.rehearseMutation(path, convexToJson(args), this.callerOf(path)),
    );
  };

  readonly recordMutations: ConflictRecorder["recordMutations"] = async (work) => {
    const { functions } = await this.engine();
    const records: MutationRecord[] = [];
    const stop = functions.recordMutations((record) => {
      if (!record.path.startsWith(`${INLINE}:`)) records.push(record);
    });
    try {
      await work();
    } finally {
      stop();
    }
    return await Promise.all(records.map((record) => this.recorded(record)));
  };

  readonly recordRuns: RunRecorder["recordRuns"] = async (work) => {
    const { functions } = await this.engine();
    const runs: FunctionRun[] = [];
    const stop = functions.onRun((run) => {
      if (!run.path.startsWith(`${INLINE}:`)) runs.push(run);
    });
    try {
      await work();
    } finally {
      stop();
    }
    return runs;
  };

  /** `path`: the component's path, e.g. "workpool", or "workpool/batchWorker" for a component of a component. */
  readonly registerComponent = (path: string, schema: Registered["schema"], glob: ModuleGlob): void =>
    this.register({ path, schema, glob });

  readonly withIdentity = (identity: Partial<UserIdentity>): TestClient => {
    const { issuer = ISSUER, subject = "someone" } = identity;
    const whole = { issuer, subject, tokenIdentifier: `${issuer}|${subject}`, ...identity };
    return new TestClient(this.engine, this.register, whole, this.origin);
  };

  readonly withRequestMetadata = ({
    ip = null,
    userAgent = null,
  }: Partial<Pick<Origin, "ip" | "userAgent">>) =>
    new TestClient(this.engine, this.register, this.identity, { ...this.origin, ip, userAgent });
}

type HostTest<Schema extends GenericSchema> = TestConvex<SchemaDefinition<Schema, boolean>> &
  ConflictRecorder &
  RunRecorder;

/** A test client of a new engine. `modules`: `import.meta.glob` over the folder of functions. */
export function hostTest<Schema extends GenericSchema>(
  schema: SchemaDefinition<Schema, boolean> | undefined,
  modules: ModuleGlob,
  options: HostTestOptions = {},
): HostTest<Schema> {
  Object.assign(globalThis, { Convex: convexGlobal });
  const registered: Registered[] = [];
  let engine: Promise<Engine> | undefined;
  const opened = () => (engine ??= openEngine(schema, modules, registered, options));
  return new TestClient(
    opened,
    (component) => void registered.push(component),
    null,
    unknownOrigin,
  ) as unknown as HostTest<Schema>;
}
