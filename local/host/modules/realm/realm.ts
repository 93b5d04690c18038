/**
 * A realm: a context of `node:vm` in which an app's code runs apart from the host, with objects, prototypes and globals of
 * its own. It is a guard against mistakes and against what Convex's runtime lacks, no sandbox for hostile code.
 *
 * Code enters a realm in turns. A turn runs until the code and its microtasks wait for something, and is ended when it
 * takes too long. What a function awaits of the host begins another turn. Operations on the database are answered within
 * the turn, so a query or mutation is usually one.
 */
import { join } from "node:path";
import { createContext, Script, type Context } from "node:vm";
import { build } from "esbuild";
import type { Log } from "../../lib/log";
import type { Environment } from "../environments";
import { reportRejections, usesAsyncContext, type Invocation } from "../invocation";
import {
  ACTION_TURN_LIMIT_MS,
  OVERRUN_MS,
  SHORT_TURN_MS,
  timedOut,
  TURN_MS,
  USER_TIME_LIMIT_MS,
} from "./entryLimits";
import type { HostApi, Inside } from "./hostApi";
import { hostFunctions } from "./hostFunctions";
import { endsWithin } from "./turnLimit";

/** One run of a function in a realm; absent while modules are loaded. */
type Run = {
  invocation: Invocation;
  /** The number of promises of the host that its code waits for. */
  outstanding: number;
  hasEnded: boolean;
  /** Ends it with an error. */
  fail: (error: unknown) => void;
};

/** A global function by which a turn begins. It calls what the host has prepared, and nothing for anybody else. */
const DOOR = "__beginTurn";
const door = new Script(`${DOOR}()`, { filename: "(host)" });

/** Whether code runs in any realm. A turn ends before one of another function begins. */
let isInTurn = false;

/** How old the reading of the processor's time is with which a turn begins, in milliseconds. Reading it takes as long as a short turn. */
const CPU_READING_MAX_AGE_MS = 10;
let cpuReading = { at: 0, usage: process.cpuUsage() };

function recentCpuUsage(): NodeJS.CpuUsage {
  const at = performance.now();
  if (at - cpuReading.at > CPU_READING_MAX_AGE_MS) cpuReading = { at, usage: process.cpuUsage() };
  return cpuReading.usage;
}

let setUpScript: Promise<Script> | undefined;

/** The code in inside/, which is compiled once for all realms. */
async function compileSetUp(): Promise<Script> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, "inside", "main.ts")],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "inside",
    platform: "browser",
    target: "esnext",
  });
  return new Script(`(() => { ${outputFiles[0]?.text ?? ""}; return inside.setUp; })()`, {
    filename: "(realm)",
  });
}

export class Realm {
  private readonly context: Context;
  private readonly globals: Record<PropertyKey, unknown> = {};
  /** The globals as they are before a function runs. */
  private readonly initialGlobals = new Map<PropertyKey, unknown>();
  private readonly inside: Inside;
  private readonly timers = new Map<number, NodeJS.Timeout>();
  private lastTimer = 0;
  private running: Run | undefined;
  /** The run of the latest turn. */
  private latest: Run | undefined;
  private turnStartedAt = 0;
  private cpuAtStart = recentCpuUsage();
  /** When the code of the current turn last called the host. */
  private calledAt = 0;
  private work: () => void = () => undefined;
  private runs = 0;

  private constructor(
    setUp: Script,
    readonly environment: Environment,
    env: Record<string, string>,
    private readonly log: Log,
  ) {
    Object.defineProperty(this.globals, DOOR, {
      value: () => {
        const { work } = this;
        this.work = () => undefined;
        work();
      },
    });
    this.context = createContext(this.globals, { microtaskMode: "afterEvaluate" });
    const create = setUp.runInContext(this.context) as (host: HostApi) => Inside;
    this.inside = create(this.api(env));
    reportRejections(this.inside.promisePrototype, (error) => this.report(this.latest, error));
    for (const name of Reflect.ownKeys(this.globals)) this.initialGlobals.set(name, this.globals[name]);
  }

  static async create(environment: Environment, env: Record<string, string>, log: Log): Promise<Realm> {
    setUpScript ??= compileSetUp();
    return new Realm(await setUpScript, environment, env, log);
  }

  private current(): Run {
    if (!this.running) throw new Error("Convex functions can only be used while a function is running.");
    return this.running;
  }

  private api(env: Record<string, string>): HostApi {
    return {
      ...hostFunctions,
      environment: this.environment,
      env,
      callback: (call) => {
        const { enter, running: run } = { enter: this.enter.bind(this), running: this.running };
        return function (this: unknown, ...args: unknown[]) {
          return enter(run, () => call(this, args));
        };
      },
      settle: (promise, onValue, onError) => this.settle(promise, onValue, onError),
      syscall: (operation, args) => this.current().invocation.syscall(operation, args),
      asyncSyscall: (operation, args) => this.asyncSyscall(operation, args),
      now: () => this.running?.invocation.startedAt ?? Date.now(),
      random: () => this.running?.invocation.random() ?? Math.random(),
      log: (level, parts) => this.log[level](parts, this.running?.invocation.name),
      report: (error) => this.report(this.running, error),
      setTimer: (isRepeated, ms, fire) => this.setTimer(isRepeated, ms, fire),
      clearTimer: (id) => {
        clearTimeout(this.timers.get(Number(id)));
        this.timers.delete(Number(id));
      },
    };
  }

  private asyncSyscall(operation: string, args: string): string | Promise<string> {
    const { invocation } = this.current();
    if (!invocation.codeTime) return invocation.asyncSyscall(operation, args);
    if (performance.now() - this.turnStartedAt < TURN_MS) return invocation.asyncSyscall(operation, args);
    return Promise.resolve().then(() => invocation.asyncSyscall(operation, args));
  }

  private settle(...[promise, onValue, onError]: Parameters<HostApi["settle"]>): void {
    const run = this.running;
    if (run) run.outstanding += 1;
    this.calledAt = performance.now();
    const continueWith = (work: () => void) => {
      if (run) run.outstanding -= 1;
      // The code of an action may go on after its answer, e.g. to send a body. That of a transaction has nothing left to do.
      if (run?.hasEnded === true && run.invocation.codeTime) return;
      try {
        this.enter(run, work);
      } catch (error) {
        this.report(run, error);
      }
    };
    promise.then(
      (value) => continueWith(() => onValue(value)),
      (error: unknown) => continueWith(() => onError(error)),
    );
  }

  private setTimer(isRepeated: boolean, ms: unknown, fire: () => void): number {
    const run = this.running;
    const id = (this.lastTimer += 1);
    const onTime = () => {
      if (!isRepeated) this.timers.delete(id);
      try {
        this.enter(run, fire);
      } catch (error) {
        this.report(run, error);
      }
    };
    this.timers.set(id, (isRepeated ? setInterval : setTimeout)(onTime, Number(ms ?? 0)));
    return id;
  }

  private report(run: Run | undefined, error: unknown): void {
    if (run) run.invocation.onUnhandledError(error);
    else this.log.error(["An operation that the app did not await failed.", error]);
  }

  /** Runs `work` as a turn of a run, or as part of the turn that it is called in. Throws what `work` throws, or its end. */
  private enter<T>(run: Run | undefined, work: () => T): T {
    if (isInTurn) return work();
    const time = run?.invocation.codeTime;
    const leftMs = time ? USER_TIME_LIMIT_MS - time.spentMs : ACTION_TURN_LIMIT_MS;
    const path = run?.invocation.name ?? "loading the functions";
    if (leftMs <= 0) throw this.end(run, timedOut(path, USER_TIME_LIMIT_MS));
    let result: { value: T } | undefined;
    this.work = () => {
      this.turnStartedAt = performance.now();
      this.cpuAtStart = recentCpuUsage();
      result = { value: work() };
      this.calledAt = performance.now();
    };
    const hostMs = time?.hostMs() ?? 0;
    isInTurn = true;
    this.running = run;
    this.latest = run;
    const enterContext = () => void door.runInContext(this.context, { displayErrors: false });
    try {
      // A process that has also run functions outside of a realm, as tests do, would be aborted by the end of a turn.
      if (usesAsyncContext()) enterContext();
      else if (!endsWithin(Math.ceil(time ? leftMs + OVERRUN_MS : leftMs), enterContext)) {
        throw this.end(run, timedOut(path, time ? USER_TIME_LIMIT_MS : ACTION_TURN_LIMIT_MS));
      }
    } finally {
      isInTurn = false;
      this.running = undefined;
      if (time) {
        time.spentMs += this.turnMs() - (time.hostMs() - hostMs);
        time.turns += 1;
      }
    }
    if (time && run && !run.hasEnded && run.outstanding === 0) {
      // Convex's message (convex-backend, crates/isolate/src/environment/udf/mod.rs, `run_inner`).
      run.fail(new Error("Returned promise will never resolve"));
    }
    if (!result) throw new Error("A turn of the app's code did not begin.");
    return result.value;
  }

  /**
   * How long the turn has taken, without the time in which other processes had the processor. Short ones are measured up to
   * the last call of the host, because to end a turn takes time of its own, on a busy machine milliseconds.
   */
  private turnMs(): number {
    const wholeMs = performance.now() - this.turnStartedAt;
    if (wholeMs <= SHORT_TURN_MS) return this.calledAt - this.turnStartedAt;
    const { user, system } = process.cpuUsage(this.cpuAtStart);
    return Math.min(wholeMs, (user + system) / 1_000);
  }

  private end(run: Run | undefined, error: Error): Error {
    run?.fail(error);
    return error;
  }

  /** Runs code of the realm outside a function, e.g. to load modules. Throws when it takes too long. */
  evaluate<T>(work: () => T): T {
    return this.enter(undefined, work);
  }

  /** Evaluates a script that results in a value, such as a function in parentheses. */
  evaluateScript(script: Script): unknown {
    return script.runInContext(this.context);
  }

  get createModules(): Inside["createModules"] {
    return this.inside.createModules;
  }

  /**
   * Runs `work`, which calls a function of the app, and resolves as what it returns. Rejects when it can never resolve, or
   * when its code takes too long.
   */
  async run(invocation: Invocation, work: (toOwn: Inside["toOwn"]) => unknown): Promise<unknown> {
    // A function that calls this one is in a turn, which ends first.
    if (isInTurn) await Promise.resolve();
    this.runs += 1;
    const { codeTime } = invocation;
    try {
      const result = await new Promise<unknown>((resolve, reject) => {
        const run: Run = {
          invocation,
          outstanding: 0,
          hasEnded: false,
          fail: (error) => {
            run.hasEnded = true;
            // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- what the function threw
            reject(error);
          },
        };
        const succeed = (value: unknown) => {
          run.hasEnded = true;
          this.calledAt = performance.now();
          resolve(value);
        };
        this.enter(run, () => this.inside.run(() => work(this.inside.toOwn), succeed, run.fail));
      });
      if (codeTime && codeTime.spentMs > USER_TIME_LIMIT_MS)
        throw timedOut(invocation.name, USER_TIME_LIMIT_MS);
      return result;
    } finally {
      this.runs -= 1;
      if (this.runs === 0) this.restoreGlobals();
    }
  }

  /** Undoes what functions did to the global object, which lives longer than they do. */
  private restoreGlobals(): void {
    for (const name of Reflect.ownKeys(this.globals)) {
      if (!this.initialGlobals.has(name)) this.inside.deleteGlobal(name);
    }
    for (const [name, value] of this.initialGlobals) {
      if (this.globals[name] !== value) this.inside.setGlobal(name, value);
    }
  }
}
