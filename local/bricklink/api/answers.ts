/** The object that BrickLink wraps every answer in. */
import type { Refusal } from "./refusal";

export type Answer = { status: number; body: string };

/** The codes and messages of success (API manual, "Error handling"). */
const messages = { 200: "OK", 201: "OK_CREATED", 204: "OK_NO_CONTENT" } as const;

/** An answer without content has code 204 inside HTTP 200, because HTTP 204 could have no envelope. */
export function envelope(data: unknown, code: keyof typeof messages = 200): Answer {
  const meta = { description: messages[code], message: messages[code], code };
  return { status: code === 204 ? 200 : code, body: JSON.stringify({ meta, data }) };
}

/**
 * An error as the live API sends it: code 401 inside HTTP 200 (observed by three independent clients of the API), any
 * other code as the HTTP status.
 */
export function errorAnswer(code: number, message: string, description: string): Answer {
  const body = JSON.stringify({ meta: { description, message, code } });
  return { status: code === 401 ? 200 : code, body };
}

export function refusalAnswer({ code, message, description }: Refusal): Answer {
  return errorAnswer(code, message, description);
}
