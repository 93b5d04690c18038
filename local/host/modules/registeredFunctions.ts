/** Finds registered functions, as convex/server creates them, by path; reads their kind, visibility and validators. */
import { z } from "zod";
import { runInvocation, type Invocation } from "./invocation";
import { RealmModules, type Module, type Modules } from "./modules";
import { parseValidator, type ValidatorJson } from "../values/validators";

export type FunctionKind = "query" | "mutation" | "action";

type Exported = {
  isQuery?: boolean;
  isMutation?: boolean;
  isAction?: boolean;
  isPublic?: boolean;
  exportArgs: () => string;
  exportReturns: () => string;
  invokeQuery?: (args: string) => Promise<string>;
  invokeMutation?: (args: string) => Promise<string>;
  invokeAction?: (requestId: string, args: string) => Promise<string>;
};

export type RegisteredFunction = {
  path: string;
  kind: FunctionKind;
  isPublic: boolean;
  args: ValidatorJson;
  returns: ValidatorJson | null;
  /** `args`: JSON text (convexToJson) of a list of one object. Resolves to the JSON text of the result. */
  invoke: (invocation: Invocation, args: string) => Promise<string>;
};

const exportedFunction = z.custom<Exported>((value) => typeof value === "function" && "exportArgs" in value);

/** "orders/table.js:list" and "orders/table:list" name the same function; without a name it is the default export. */
export function normalizePath(path: string): { module: string; name: string; path: string } {
  const [file = "", name = "default"] = path.split(":");
  const module = file.replace(/\.js$/, "");
  return { module, name, path: `${module}:${name}` };
}

type Invoke = (args: string) => Promise<string>;

function invokerOf(exported: Exported): { kind: FunctionKind; invoke: Invoke } | undefined {
  const { isQuery, isMutation, isAction, invokeQuery, invokeMutation, invokeAction } = exported;
  if (isQuery && invokeQuery) return { kind: "query", invoke: invokeQuery };
  if (isMutation && invokeMutation) return { kind: "mutation", invoke: invokeMutation };
  if (isAction && invokeAction) return { kind: "action", invoke: (args) => invokeAction("", args) };
  return undefined;
}

/** Throws when the module, which is evaluated anew, exports no such function this time. */
function invokerIn(module: Module, name: string): Invoke {
  const invoker = invokerOf(module[name] as Exported);
  if (!invoker) throw new Error(`"${name}" is not a function of its module any more.`);
  return invoker.invoke;
}

/** A cache, since parsing a function's validators can take longer than running it. */
const cache = new WeakMap<Modules, Map<string, RegisteredFunction>>();

/** The function at a path; undefined when there is none or it is an HTTP action. */
export function findFunction(modules: Modules, functionPath: string): RegisteredFunction | undefined {
  const { module, name, path } = normalizePath(functionPath);
  const known = cache.get(modules) ?? new Map<string, RegisteredFunction>();
  cache.set(modules, known);
  const registered = known.get(path) ?? readFunction(modules, module, name, path);
  if (registered) known.set(path, registered);
  return registered;
}

function readFunction(
  modules: Modules,
  module: string,
  name: string,
  path: string,
): RegisteredFunction | undefined {
  const parsed = exportedFunction.safeParse(modules.get(module)?.[name]);
  const invoker = parsed.success ? invokerOf(parsed.data) : undefined;
  if (!parsed.success || !invoker) return undefined;
  const returns = JSON.parse(parsed.data.exportReturns()) as unknown;
  return {
    path,
    kind: invoker.kind,
    invoke: async (invocation, args) =>
      modules instanceof RealmModules
        ? ((await modules.run(invocation, (load) => invokerIn(load(module), name)(args))) as string)
        : await runInvocation(invocation, () => invoker.invoke(args)),
    isPublic: parsed.data.isPublic === true,
    args: parseValidator(JSON.parse(parsed.data.exportArgs())),
    returns: returns === null ? null : parseValidator(returns),
  };
}
