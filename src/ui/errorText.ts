import { ConvexError } from "convex/values";
import { language } from "../language/language";
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

/** The page's own sentences for what the backend refuses, by code; none in English, which the backend itself speaks. */
let refusals: Readonly<Record<string, string>> = {};

/** Loads those sentences. To be awaited before anything is rendered that may show an error. */
export async function loadRefusals(): Promise<void> {
  if (language === "en") return;
  const { refusalText } = await import("./refusalText");
  refusals = refusalText;
}

/** What to tell the user about an error: the sentence for its code, or the backend's own where it sent one. */
export function errorText(error: unknown): string {
  return refusals[errorCode(error) ?? ""] ?? fieldOf(error, "message") ?? uiText.failed;
}
