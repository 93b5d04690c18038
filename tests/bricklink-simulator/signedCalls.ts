/** Calls of the simulated store API, signed with the library that the product signs with. */
import { createHmac } from "node:crypto";
import OAuth from "oauth-1.0a";
import type { Bricklink } from "../../local/bricklink/simulator";
import type { Keys } from "../../local/bricklink/store/model";

export type Envelope = { meta: { code: number; message: string; description: string }; data?: unknown };

/** The Authorization header of a call. `fixed`: nonce and timestamp, for a test of these. */
export function signedHeader(
  method: string,
  url: string,
  keys: Keys,
  fixed: { oauth_nonce?: string; oauth_timestamp?: number } = {},
): string {
  const oauth = new OAuth({
    consumer: { key: keys.consumerKey, secret: keys.consumerSecret },
    signature_method: "HMAC-SHA1",
    hash_function: (base, key) => createHmac("sha1", key).update(base).digest("base64"),
  });
  if (fixed.oauth_nonce !== undefined) oauth.getNonce = () => fixed.oauth_nonce ?? "";
  if (fixed.oauth_timestamp !== undefined) oauth.getTimeStamp = () => fixed.oauth_timestamp ?? 0;
  const token = { key: keys.tokenValue, secret: keys.tokenSecret };
  return oauth.toHeader(oauth.authorize({ url, method }, token)).Authorization;
}

/** The time of the simulator's clock, which a signature must have. */
export function timestampOf({ simulator }: Bricklink): { oauth_timestamp: number } {
  return { oauth_timestamp: Math.floor(simulator.now() / 1000) };
}

/** Sends a call, signed at the simulator's time. `body` is sent as JSON, a string as it is. */
export async function sendCall(
  bricklink: Bricklink,
  keys: Keys,
  method: string,
  path: string,
  body?: unknown,
): Promise<Response> {
  const url = `${bricklink.url}/api/store/v1${path}`;
  const Authorization = signedHeader(method, url, keys, timestampOf(bricklink));
  if (body === undefined) return await fetch(url, { method, headers: { Authorization } });
  return await fetch(url, {
    method,
    headers: { Authorization, "Content-Type": "application/json" },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
}
