/** Answers of a fake BrickLink: its envelope, and the ways in which a call fails. */
import type { Refusal } from "../../local/bricklink/api/refusal";
import { updateNotAllowed } from "../../local/bricklink/api/refusal";

/** Answers one call; a rejection is a connection that fails. */
export type Answer = () => Response | Promise<Response>;

/** How a write fails: what the caller is told, and whether BrickLink carried the write out all the same. */
export type WriteFault = { takesEffect: boolean; answer: Answer };

/** The object that BrickLink wraps every answer in. Errors come inside it, with HTTP status 200. */
export function envelope(data: unknown, code = 200, description = "OK", message = "OK"): Response {
  const meta = { description, message, code };
  return Response.json(code < 300 ? { meta, data } : { meta });
}

export function refusalEnvelope({ code, message, description }: Refusal): Response {
  return envelope(undefined, code, description, message);
}

/** The HTML page that BrickLink's web server sends when the store API is down or called too often. */
export const html503: Answer = () =>
  new Response("<html><head><title>503 Service Temporarily Unavailable</title></head></html>", {
    status: 503,
  });

/** A page that something on the way, or BrickLink under maintenance, sends instead of an answer. */
export const htmlPage =
  (status: number): Answer =>
  () =>
    new Response("<html><head><title>We will be back soon</title></head></html>", { status });

/** A refused signature: HTTP status 200, error code 401 inside, and the consumer key in the description. */
export const unauthorizedInside200: Answer = () =>
  envelope(undefined, 401, "TOKEN_IP_MISMATCHED: consumer: 7A1B IP: 203.0.113.7", "BAD_OAUTH_REQUEST");

/** BrickLink does not have what was asked for. */
export const notFound: Answer = () => envelope(undefined, 404, "Resource not found", "RESOURCE_NOT_FOUND");

/** The connection fails before there is an answer. */
export const networkDown: Answer = () => Promise.reject(new TypeError("fetch failed"));

/** BrickLink carries the write out, and the caller does not learn of it. */
export const answerLost: WriteFault = { takesEffect: true, answer: networkDown };

/** The write never reaches BrickLink. To the caller this looks as `answerLost` does. */
export const writeLost: WriteFault = { takesEffect: false, answer: networkDown };

/** BrickLink does not allow the write, as for an order whose status the buyer has changed. */
export const refused: WriteFault = { takesEffect: false, answer: () => refusalEnvelope(updateNotAllowed()) };
