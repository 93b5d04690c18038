/** The loaded app and its components: finds a function by its full path and decides who may call it. */
import { addressOf, isChildComponentCall, resolveCallee, type Callee } from "../modules/addresses";
import type { Environment } from "../modules/environments";
import type { LoadedModules } from "../modules/modules";
import {
  findFunction,
  normalizePath,
  type FunctionKind,
  type RegisteredFunction,
} from "../modules/registeredFunctions";
import type { Catalog } from "../store/catalog";
import type { Caller } from "./caller";
import { FunctionError } from "./failures";

export type Component = {
  modules: LoadedModules;
  catalog: Catalog;
  /** Loads a module, for hosts that do so with the first call of one of its functions; undefined if it is loaded. */
  load?: (module: string) => Promise<void> | undefined;
};

/** Components by path; the app's is "". */
export type Components = ReadonlyMap<string, Component>;

/** A function and its component. */
export type Target = { component: Component; fullPath: string; function: RegisteredFunction };

export class ComponentRegistry {
  constructor(readonly components: Components) {}

  /** Throws FunctionError when there is no such component. */
  component(path: string): Component {
    const component = this.components.get(path);
    if (!component) throw new FunctionError(`There is no component ${path}.`);
    return component;
  }

  /** Resolves when the module of a function is loaded; undefined if there is nothing to wait for. */
  loaded(fullPath: string): Promise<void> | undefined {
    const { component, path } = addressOf(fullPath);
    return this.components.get(component)?.load?.(normalizePath(path).module);
  }

  /** The function at a full path, public or internal; undefined when there is none. */
  lookUp(fullPath: string, environment: Environment): Target | undefined {
    const { component: componentPath, path } = addressOf(fullPath);
    const component = this.components.get(componentPath);
    const found = component && findFunction(component.modules[environment], path);
    return found && { component, fullPath, function: found };
  }

  /** The function that `caller` calls as `kind`. Throws FunctionError, with Convex's messages, when it may not. */
  find(fullPath: string, kind: FunctionKind, caller: Caller): Target {
    const target = this.lookUp(fullPath, kind === "action" ? "action" : "transaction");
    // Clients cannot call a component's functions; only the app that uses the component can.
    const isAllowed =
      caller.isTrusted || (target?.function.isPublic === true && addressOf(fullPath).component === "");
    if (!target || !isAllowed) {
      throw new FunctionError(
        `Could not find public function for '${fullPath}'. Did you forget to run \`npx convex dev\`?`,
      );
    }
    if (target.function.kind !== kind) {
      throw new FunctionError(
        `Trying to execute ${fullPath} as a ${kind}, but it is defined as a ${target.function.kind}.`,
      );
    }
    return target;
  }

  /**
   * The full path of the function that the function at `from` calls; a promise only while a module is loaded. Throws
   * FunctionError when it is an internal function of a child component.
   */
  calleeOf(from: string, callee: Callee): string | Promise<string> {
    const fullPath = resolveCallee(addressOf(from).component, callee);
    const callable = () => {
      this.assertCallable(fullPath, callee);
      return fullPath;
    };
    return this.loaded(fullPath)?.then(callable) ?? callable();
  }

  private assertCallable(fullPath: string, callee: Callee): void {
    if (isChildComponentCall(callee) && this.lookUp(fullPath, "transaction")?.function.isPublic === false) {
      throw new FunctionError(`${fullPath} is internal to its component.`);
    }
  }

  /**
   * The full path of the function that the function at `from` schedules or makes a handle of; a promise only while a module
   * is loaded, so that functions schedule in the order of their calls. Throws when there is none, since Convex looks it up
   * at once (convex-backend, crates/udf/src/validation.rs, `validate_schedule_args`, and
   * crates/model/src/components/handles.rs).
   */
  existing(from: string, callee: Callee, purpose: "schedule" | "handle"): string | Promise<string> {
    const fullPath = resolveCallee(addressOf(from).component, callee);
    const found = () => {
      this.assertCallable(fullPath, callee);
      if (this.lookUp(fullPath, "transaction")) return fullPath;
      throw new Error(
        purpose === "handle"
          ? `FunctionHandleNotFound: there is no function ${fullPath} to make a handle of.`
          : `InvalidScheduledFunction: Attempted to schedule ${fullPath}, but no such function is exported. Did you forget to export it?`,
      );
    };
    return this.loaded(fullPath)?.then(found) ?? found();
  }
}
