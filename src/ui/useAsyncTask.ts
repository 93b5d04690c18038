import { useState } from "react";
import { errorText } from "./errorText";

export type AsyncTask<Args extends unknown[]> = {
  run: (...args: Args) => void;
  isRunning: boolean;
  /** Why the latest run failed, as a sentence to show; null while it runs and after it succeeded. */
  errorMessage: string | null;
  clearError: () => void;
};

/**
 * Runs an asynchronous function when the user asks for it, and holds its state for the button and the error message.
 * `run` never throws: an error becomes `errorMessage`.
 */
export function useAsyncTask<Args extends unknown[]>(
  work: (...args: Args) => Promise<unknown>,
): AsyncTask<Args> {
  const [isRunning, setIsRunning] = useState(false);
  const [errorMessage, setErrorMessage] = useState<string | null>(null);
  const run = (...args: Args) => {
    setIsRunning(true);
    setErrorMessage(null);
    work(...args)
      .catch((error: unknown) => setErrorMessage(errorText(error)))
      .finally(() => setIsRunning(false));
  };
  return { run, isRunning, errorMessage, clearError: () => setErrorMessage(null) };
}
