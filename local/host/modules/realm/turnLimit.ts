/**
 * Ends code that computes too long. The timeout of `node:vm` starts a thread for each call and waits for its end, which on
 * a busy machine takes as long as many a function. The inspector's `Runtime.evaluate` ends what it evaluates by a task of
 * V8's own threads: a call costs a fifth, and it too ends no code below itself.
 */
import { Session } from "node:inspector";
import { createContext, type Context } from "node:vm";

/** The global function of a context of its own by which the inspector calls the work. */
const ENTRANCE = "work";

/** `context`: held, because the inspector forgets one that nobody refers to. */
type Guard = { session: Session; context: Context; contextId: number };

let work: () => void = () => undefined;
let guard: Guard | undefined;

/** Connects to this thread's own inspector. It opens no port. */
function connect(): Guard {
  const name = "(host)";
  const globals = Object.defineProperty({}, ENTRANCE, { value: () => work() });
  const context = createContext(globals, { name });
  const session = new Session();
  session.connect();
  let contextId = 0;
  session.on("Runtime.executionContextCreated", ({ params }) => {
    if (params.context.name === name) contextId = params.context.id;
  });
  // Announces the contexts that there are.
  session.post("Runtime.enable");
  session.post("Runtime.disable");
  session.removeAllListeners();
  return { session, context, contextId };
}

/**
 * Runs `wanted` and returns true, or false when it was ended after `limitMs`. Code that is ended cannot catch it, and its
 * `finally` does not run. Throws what `wanted` throws. Calls must not be nested.
 */
export function endsWithin(limitMs: number, wanted: () => void): boolean {
  guard ??= connect();
  let [hasBegun, isDone] = [false, false];
  let failure: { error: unknown } | undefined;
  work = () => {
    hasBegun = true;
    try {
      wanted();
    } catch (error) {
      failure = { error };
    }
    isDone = true;
  };
  const { session, contextId } = guard;
  const evaluated = { expression: `${ENTRANCE}()`, contextId, timeout: limitMs, silent: true };
  session.post("Runtime.evaluate", evaluated, () => undefined);
  if (!hasBegun) throw new Error("The inspector did not begin a turn.");
  if (failure) throw failure.error;
  return isDone;
}
