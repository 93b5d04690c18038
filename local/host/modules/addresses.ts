/**
 * Where a function is: its component's path ("" for the app itself, "workpool/batchWorker" for a component's own) and its
 * path within. Written as one text, "workpool|lib:enqueue"; of the app, just "orders/table:list".
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

/** How convex/server names the function that is to be called (`getFunctionAddress`, convex 1.48). */
export const callee = z.object({
  name: z.string().optional(),
  reference: z.string().optional(),
  functionHandle: z.string().optional(),
});
export type Callee = z.output<typeof callee>;

/** Whether a component calls into one of its own components, of which it sees the public functions only. */
export function isOfChild({ reference }: Callee): boolean {
  return reference !== undefined;
}

/** "batchWorker/lib/stop": the function `stop` of module `lib` of the child `batchWorker`. */
function childAddress(component: string, reference: string): Address {
  const [child = "", ...parts] = reference.slice(CHILD.length).split("/");
  const name = parts.pop();
  if (child === "" || name === undefined || parts.length === 0) {
    throw new Error(`${reference} is not a function of a component.`);
  }
  return { component: childPath(component, child), path: `${parts.join("/")}:${name}` };
}

/** The full path of what a function of `component` calls. */
export function resolveCallee(component: string, { name, reference, functionHandle }: Callee): string {
  if (name !== undefined) return fullPath({ component, path: name });
  if (functionHandle?.startsWith(HANDLE) === true) return functionHandle.slice(HANDLE.length);
  if (reference?.startsWith(CHILD) === true) return fullPath(childAddress(component, reference));
  throw new Error(
    `This host does not know how to call ${reference ?? functionHandle ?? "a function without a name"}.`,
  );
}

/** A text that names a function wherever it is passed on to. */
export function handleOf(full: string): string {
  return HANDLE + full;
}
