/** Finds registered functions, as convex/server creates them, by path; reads their kind, visibility and validators. */
import { z } from "zod";
import type { Modules } from "./modules";
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
  invoke: (args: string) => Promise<string>;
};

const exportedFunction = z.custom<Exported>((value) => typeof value === "function" && "exportArgs" in value);

/** "orders/table.js:list" and "orders/table:list" name the same function; without a name it is the default export. */
export function normalizePath(path: string): { module: string; name: string; path: string } {
  const [file = "", name = "default"] = path.split(":");
  const module = file.replace(/\.js$/, "");
  return { module, name, path: `${module}:${name}` };
}

function invokerOf(
  exported: Exported,
): { kind: FunctionKind; invoke: RegisteredFunction["invoke"] } | undefined {
  const { isQuery, isMutation, isAction, invokeQuery, invokeMutation, invokeAction } = exported;
  if (isQuery && invokeQuery) return { kind: "query", invoke: invokeQuery };
  if (isMutation && invokeMutation) return { kind: "mutation", invoke: invokeMutation };
  if (isAction && invokeAction) return { kind: "action", invoke: (args) => invokeAction("", args) };
  return undefined;
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
    ...invoker,
    isPublic: parsed.data.isPublic === true,
    args: parseValidator(JSON.parse(parsed.data.exportArgs())),
    returns: returns === null ? null : parseValidator(returns),
  };
}
