/**
 * The address of a function: its component's path ("" for the app, "workpool/batchWorker" for a component of a
 * component) and its path within the component. As a full path: "workpool|lib:enqueue", or "orders/table:list" in the
 * app.
 */
import { z } from "zod";

const SEPARATOR = "|";
const HANDLE = "function://";
const CHILD = "_reference/childComponent/";

export type Address = { component: string; path: string };

export function fullPath({ component, path }: Address): string {
  return component === "" ? path : `${component}${SEPARATOR}${path}`;
}

export function addressOf(full: string): Address {
  const [first = "", second] = full.split(SEPARATOR);
  return second === undefined ? { component: "", path: first } : { component: first, path: second };
}

export function childPath(component: string, name: string): string {
  return component === "" ? name : `${component}/${name}`;
}

/** The function to call, as convex/server names it (`getFunctionAddress`, convex 1.48). */
export const callee = z.object({
  name: z.string().optional(),
  reference: z.string().optional(),
  functionHandle: z.string().optional(),
});
export type Callee = z.output<typeof callee>;

/** Whether a function calls a child component, of which it can call the public functions only. */
export function isChildComponentCall({ reference }: Callee): boolean {
  return reference !== undefined;
}

/** Parses "batchWorker/lib/stop": the function `stop` in module `lib` of the child `batchWorker`. Throws otherwise. */
function childAddress(component: string, reference: string): Address {
  const [child = "", ...parts] = reference.slice(CHILD.length).split("/");
  const name = parts.pop();
  if (child === "" || name === undefined || parts.length === 0) {
    throw new Error(`${reference} does not name a function of a component.`);
  }
  return { component: childPath(component, child), path: `${parts.join("/")}:${name}` };
}

/** The full path of the function that a function of `component` calls. Throws for an unknown kind of reference. */
export function resolveCallee(component: string, { name, reference, functionHandle }: Callee): string {
  if (name !== undefined) return fullPath({ component, path: name });
  if (functionHandle?.startsWith(HANDLE) === true) return functionHandle.slice(HANDLE.length);
  if (reference?.startsWith(CHILD) === true) return fullPath(childAddress(component, reference));
  throw new Error(`This host cannot call ${reference ?? functionHandle ?? "a function without a name"}.`);
}

/** A function handle, which names a function in every component. */
export function functionHandleOf(full: string): string {
  return HANDLE + full;
}
