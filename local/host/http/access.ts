/**
 * Which requests a server on this machine answers. A page of a foreign site must not reach it through the browser: neither
 * under a name of its own that resolves to 127.0.0.1 (DNS rebinding), nor from its own origin.
 */
import type { ServerResponse } from "node:http";

const LOOPBACK_NAMES = ["127.0.0.1", "localhost", "[::1]"];

/** Whether a server that has `names` besides the loopback ones is meant by an address. */
export function isServedName({ hostname }: URL, names: readonly string[] = []): boolean {
  return LOOPBACK_NAMES.includes(hostname) || names.includes(hostname);
}

/** What a client is told whose address `isServedName` refuses. Its status is 421. */
export const NAME_REFUSED =
  "This server is not served under that name. Start it with --host <name> to allow it.";

/**
 * Whether a browser's page of this origin may call; `origins` undefined: any. Clients other than browsers send no origin.
 */
export function isAllowedOrigin(origin: string | undefined, origins: readonly string[] | undefined): boolean {
  return origin === undefined || origins === undefined || origins.includes(origin);
}

export function setSecurityHeaders(response: ServerResponse): void {
  response.setHeader("X-Content-Type-Options", "nosniff");
  response.setHeader("Referrer-Policy", "no-referrer");
}
