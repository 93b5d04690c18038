/**
 * `hostTest(schema, modules)`: the face of `convexTest`, over this host's own engine, in memory or in a folder. Functions come
 * from the test's module loader, so unlike in a deployment they see the test's globals, its fake clock and fetch among
 * them. Crons do not run.
 */
import type { TestConvex } from "convex-test";
import {
  actionGeneric,
  getFunctionAddress,
  mutationGeneric,
  queryGeneric,
  type FunctionReference,
  type GenericSchema,
  type SchemaDefinition,
  type UserIdentity,
} from "convex/server";
import { ConvexError, convexToJson, jsonToConvex, type Value } from "convex/values";
import { z } from "zod";
import { nowhere, type Caller, type Origin } from "./functions/caller";
import { Catalog } from "./store/catalog";
import { Functions, type Component, type Outcome } from "./functions/functions";
import { jobsIn } from "./transaction/jobs";
import { createLog, type Log } from "./lib/log";
import { syscallFace, type Module, type Modules } from "./modules/modules";
import type { FunctionKind } from "./modules/registeredFunctions";
import { Scheduler } from "./scheduler/scheduler";
import { parseSchema } from "./store/schema";
import { httpActionFor } from "./http/httpActions";
import { Store } from "./store/store";

/** As `import.meta.glob("./**\/*.*s")` gives them. */
type ModuleGlob = Record<string, () => Promise<unknown>>;

export type HostTestOptions = {
  /** Where the data is kept; in memory without it. */
  data?: string;
  log?: Log;
};

const SITE = "https://some.convex.site";
const ISSUER = "https://convex.test";

/** Advances of the clock after which something is taken to schedule itself for ever. */
const ITERATIONS_MAX = 1_000;

/** Holds functions that tests write inline. */
const INLINE = "_inline";

const makers = { query: queryGeneric, mutation: mutationGeneric, action: actionGeneric };

/** The folder of functions is where `_generated` lies. */
async function load(glob: ModuleGlob): Promise<Modules> {
  const generated = Object.keys(glob).find((path) => path.includes("/_generated/"));
  if (generated === undefined)
    throw new Error("hostTest needs the modules of a folder that has _generated in it.");
  const root = generated.slice(0, generated.indexOf("_generated/"));
  const loaded = await Promise.all(
    Object.entries(glob)
      .filter(([path]) => path.startsWith(root) && !path.includes("/_generated/"))
      .map(async ([path, read]): Promise<[string, Module]> => {
        const name = path.slice(root.length).replace(/\.[^/]*$/, "");
        return [name, (await read()) as Module];
      }),
  );
  return new Map([...loaded, [INLINE, {}]]);
}

type Registered = { path: string; schema: SchemaDefinition<GenericSchema, boolean>; glob: ModuleGlob };

type Engine = { functions: Functions; scheduler: Scheduler; modules: Modules };

async function openEngine(
  schema: SchemaDefinition<GenericSchema, boolean> | undefined,
  glob: ModuleGlob,
  registered: readonly Registered[],
  { data, log = createLog("error") }: HostTestOptions,
): Promise<Engine> {
  const store = new Store(data ?? null);
  const components = new Map<string, Component>();
  const add = async (path: string, own: typeof schema, ownGlob: ModuleGlob): Promise<Modules> => {
    const loaded = await load(ownGlob);
    const exported = own as { export: () => string } | undefined;
    const catalog = new Catalog(store, parseSchema(exported?.export()), path === "" ? "" : `${path}/`);
    components.set(path, { modules: { transaction: loaded, action: loaded }, catalog });
    return loaded;
  };
  const modules = await add("", schema, glob);
  for (const component of registered) await add(component.path, component.schema, component.glob);
  const functions = new Functions({ store, components, log });
  const scheduler = new Scheduler(functions);
  await scheduler.startWithoutCleaning();
  return { functions, scheduler, modules };
}

function pathOf(reference: FunctionReference<FunctionKind>): string {
  const { name } = z.object({ name: z.string() }).parse(getFunctionAddress(reference));
  return name;
}

function valueOf(outcome: Outcome): Value {
  if (outcome.ok) return jsonToConvex(outcome.value);
  const { data, detail } = outcome.failure;
  throw data === undefined ? new Error(detail) : new ConvexError(jsonToConvex(data));
}

type Inline = (ctx: unknown) => Promise<unknown>;

let inlineFunctions = 0;

class Accessor {
  constructor(
    /** Opened by the first call, when every component is registered. */
    private readonly opened: () => Promise<Engine>,
    private readonly register: (component: Registered) => void,
    private readonly identity: Partial<UserIdentity> | null,
    private readonly origin: Origin,
  ) {}

  private get caller(): Caller {
    const { identity, origin } = this;
    return {
      identity: identity && (convexToJson(identity) as Caller["identity"]),
      isTrusted: true,
      origin,
    };
  }

  private async call(kind: FunctionKind, path: string, args: Value): Promise<Value> {
    const { functions } = await this.opened();
    const json = convexToJson(args);
    if (kind === "query") return valueOf(await functions.runQuery(path, json, this.caller));
    if (kind === "mutation") return valueOf(await functions.runMutation(path, json, this.caller));
    return valueOf(await functions.runAction(path, json, this.caller));
  }

  /** Runs a function of the test's own. What it returns and throws reaches the test as it is. */
  private async callInline(kind: FunctionKind, work: Inline): Promise<unknown> {
    const { modules } = await this.opened();
    inlineFunctions += 1;
    const name = `inline${inlineFunctions}`;
    let end: { value: unknown } | { error: unknown } | undefined;
    const handler = async (ctx: unknown) => {
      try {
        end = { value: await work(ctx) };
        return null;
      } catch (error) {
        end = { error };
        throw error;
      }
    };
    const module = modules.get(INLINE) ?? {};
    module[name] = makers[kind]({ handler });
    try {
      await this.call(kind, `${INLINE}:${name}`, {});
    } catch (error) {
      throw end && "error" in end ? end.error : error;
    } finally {
      delete module[name];
    }
    return end && "value" in end ? end.value : undefined;
  }

  private either(kind: FunctionKind) {
    return async (what: FunctionReference<FunctionKind> | Inline, args: Value = {}) =>
      typeof what === "function"
        ? await this.callInline(kind, what)
        : await this.call(kind, pathOf(what), args);
  }

  readonly query = this.either("query");
  readonly mutation = this.either("mutation");
  readonly action = this.either("action");
  readonly run = (work: Inline) => this.callInline("mutation", work);

  readonly fetch = async (path: string, init?: RequestInit): Promise<Response> => {
    const { functions } = await this.opened();
    const url = new URL(path, SITE);
    const action = httpActionFor(functions, init?.method ?? "GET", url.pathname);
    if (!action) return new Response("No matching routes found", { status: 404 });
    return await action(this.caller, () => new Request(url, init));
  };

  readonly finishInProgressScheduledFunctions = async (): Promise<void> => {
    await (await this.opened()).scheduler.idle();
  };

  readonly finishAllScheduledFunctions = async (
    advanceTimers: () => void,
    maxIterations = ITERATIONS_MAX,
  ): Promise<void> => {
    const { functions, scheduler } = await this.opened();
    for (let iteration = 0; iteration < maxIterations; iteration += 1) {
      advanceTimers();
      await scheduler.idle();
      const isLeft = await functions.transact((transaction) => jobsIn(transaction, "pending", 1).length > 0);
      if (!isLeft) return;
    }
    throw new Error(`After ${maxIterations} advances of the clock there is still something scheduled.`);
  };

  /** `path`: as the app names it, "workpool"; a component's own is "workpool/batchWorker". */
  readonly registerComponent = (path: string, schema: Registered["schema"], glob: ModuleGlob): void =>
    this.register({ path, schema, glob });

  readonly withIdentity = (identity: Partial<UserIdentity>): Accessor => {
    const { issuer = ISSUER, subject = "someone" } = identity;
    const whole = { issuer, subject, tokenIdentifier: `${issuer}|${subject}`, ...identity };
    return new Accessor(this.opened, this.register, whole, this.origin);
  };

  readonly withRequestMetadata = ({
    ip = null,
    userAgent = null,
  }: Partial<Pick<Origin, "ip" | "userAgent">>) =>
    new Accessor(this.opened, this.register, this.identity, { ...this.origin, ip, userAgent });
}

/** Opens the engine for a test. `modules`: `import.meta.glob` over the folder of functions. */
export function hostTest<Schema extends GenericSchema>(
  schema: SchemaDefinition<Schema, boolean> | undefined,
  modules: ModuleGlob,
  options: HostTestOptions = {},
): TestConvex<SchemaDefinition<Schema, boolean>> {
  Object.assign(globalThis, { Convex: syscallFace });
  const registered: Registered[] = [];
  let engine: Promise<Engine> | undefined;
  const opened = () => (engine ??= openEngine(schema, modules, registered, options));
  return new Accessor(
    opened,
    (component) => void registered.push(component),
    null,
    nowhere,
  ) as unknown as TestConvex<SchemaDefinition<Schema, boolean>>;
}
