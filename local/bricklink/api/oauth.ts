/**
 * Checks OAuth 1.0a signatures as BrickLink's manual describes them (HMAC-SHA1 over method, URL and every parameter).
 * Written from RFC 5849 without the library that the product signs with, so that an error in one does not hide in both.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import type { Keys } from "../store/model";

/** BrickLink's tolerance is not documented; OAuth servers commonly allow five minutes. */
const CLOCK_SKEW_SECONDS = 300;

/** Percent-encodes everything but letters, digits and -._~ (RFC 5849, section 3.6). */
export function percentEncode(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** The base64 signature of a request (RFC 5849, section 3.4). */
export function signatureOf(
  method: string,
  url: URL,
  oauth: ReadonlyMap<string, string>,
  secrets: { consumerSecret: string; tokenSecret: string },
): string {
  const parameters = [...oauth, ...url.searchParams]
    .filter(([name]) => name !== "oauth_signature" && name !== "realm")
    .map(([name, value]) => [percentEncode(name), percentEncode(value)] as const)
    .sort(([nameA, valueA], [nameB, valueB]) =>
      nameA === nameB ? (valueA < valueB ? -1 : 1) : nameA < nameB ? -1 : 1,
    )
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
  const base = [
    method.toUpperCase(),
    percentEncode(`${url.origin}${url.pathname}`),
    percentEncode(parameters),
  ];
  const key = `${percentEncode(secrets.consumerSecret)}&${percentEncode(secrets.tokenSecret)}`;
  return createHmac("sha1", key).update(base.join("&")).digest("base64");
}

/** The parameters of an `Authorization: OAuth …` header. */
export function parseHeader(header: string): Map<string, string> {
  const pairs = [...header.replace(/^OAuth\s+/i, "").matchAll(/([\w]+)="([^"]*)"/g)];
  return new Map(pairs.map(([, name = "", value = ""]) => [name, decodeURIComponent(value)]));
}

/**
 * Why BrickLink refuses a request's signature, as the `description` of its answer; undefined when it is valid. A valid
 * request's nonce is added to `nonces`. `nowMs`: milliseconds since the epoch, UTC.
 */
export function signatureError(
  method: string,
  url: URL,
  oauth: ReadonlyMap<string, string>,
  keys: Keys,
  nonces: Set<string>,
  nowMs: number,
): string | undefined {
  if (oauth.get("oauth_token") !== keys.tokenValue) return "TOKEN_NOT_FOUND";
  const timestamp = Number(oauth.get("oauth_timestamp"));
  if (!(Math.abs(nowMs / 1000 - timestamp) <= CLOCK_SKEW_SECONDS))
    return "INVALID_TIMESTAMP: expired timestamp";
  const nonce = oauth.get("oauth_nonce") ?? "";
  if (nonce === "" || nonces.has(nonce)) return "NONCE_USED";
  const expected = Buffer.from(signatureOf(method, url, oauth, keys));
  const given = Buffer.from(oauth.get("oauth_signature") ?? "");
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return "SIGNATURE_INVALID";
  nonces.add(nonce);
  return undefined;
}
