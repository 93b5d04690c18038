import { ConvexError } from "convex/values";
import { uiText } from "./uiText";

function fieldOf(error: unknown, name: "code" | "message"): string | null {
  const data: unknown = error instanceof ConvexError ? error.data : null;
  if (typeof data !== "object" || data === null || !(name in data)) return null;
  return String((data as Record<typeof name, unknown>)[name]);
}

/** The code with which the backend refused a call; null for an error of another kind. */
export function errorCode(error: unknown): string | null {
  return fieldOf(error, "code");
}

/** What to tell the user about an error: the backend's own sentence where it sent one. */
export function errorText(error: unknown): string {
  return fieldOf(error, "message") ?? uiText.failed;
}
