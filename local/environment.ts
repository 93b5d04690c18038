/** The environment variables that the app declares, and which of them this process was given. */
import { environment } from "../convex/environment";

/** The declared variables that are set in `given`, e.g. in `process.env`. An empty one counts as not set. */
export function settingsIn(given: Record<string, string | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.keys(environment)
      .map((name) => [name, given[name] ?? ""] as const)
      .filter(([, value]) => value !== ""),
  );
}
