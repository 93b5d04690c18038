/** What happens to the rest of a body when its request is answered before all of it has been read. */
import type { IncomingMessage } from "node:http";
import { BODY_LIMIT_BYTES } from "./request";

/** How long a client may take to send the rest. Chosen: BODY_LIMIT_BYTES take 8 s at 20 Mbit/s. */
const DISCARD_TIMEOUT_MS = 10_000;

/**
 * Reads the rest of the body and discards it, so that the connection can carry the next request. Most clients read an
 * answer only after they have sent their body. A rest that is too long or too slow ends the connection.
 */
export function discardRest(request: IncomingMessage): void {
  if (request.readableEnded || request.destroyed) return;
  const timer = setTimeout(() => request.destroy(), DISCARD_TIMEOUT_MS).unref();
  let size = 0;
  // Handlers that read the body pause it when they stop reading.
  request.removeAllListeners("data");
  request.on("data", (chunk: Buffer) => {
    size += chunk.length;
    if (size > BODY_LIMIT_BYTES) request.destroy();
  });
  request.on("close", () => clearTimeout(timer));
  request.resume();
}
