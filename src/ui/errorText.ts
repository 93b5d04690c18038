import { ConvexError } from "convex/values";

/** What to tell the user about an error: the backend's own sentence where it sent one. */
export function errorText(error: unknown): string {
  if (error instanceof ConvexError) {
    const data: unknown = error.data;
    if (typeof data === "object" && data !== null && "message" in data) return String(data.message);
  }
  return "That did not work. Check the connection and try again.";
}
