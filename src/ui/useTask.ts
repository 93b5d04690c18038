import { useState } from "react";
import { failureText } from "./failure";

export type Task<Args extends unknown[]> = {
  run: (...args: Args) => void;
  isRunning: boolean;
  failure: string | null;
  clear: () => void;
};

/** Something a person starts: whether it is under way, and in words why it failed. */
export function useTask<Args extends unknown[]>(work: (...args: Args) => Promise<unknown>): Task<Args> {
  const [isRunning, setIsRunning] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const run = (...args: Args) => {
    setIsRunning(true);
    setFailure(null);
    work(...args)
      .catch((error: unknown) => setFailure(failureText(error)))
      .finally(() => setIsRunning(false));
  };
  return { run, isRunning, failure, clear: () => setFailure(null) };
}
