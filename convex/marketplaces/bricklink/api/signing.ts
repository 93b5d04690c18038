/** OAuth 1.0a as BrickLink requires it: one-legged, HMAC-SHA1, and a new nonce per request, because it refuses used ones. */
import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import OAuth from "oauth-1.0a";
import { bytesToBase64 } from "../../../lib/encoding";

export type StoreKeys = {
  consumerKey: string;
  consumerSecret: string;
  tokenValue: string;
  tokenSecret: string;
};

/** What differs from request to request. It is an argument, so that a test can repeat a published example. */
export type RequestStamp = { nonce: string; timestampSeconds: number };

export type Method = "GET" | "PUT" | "POST";

/**
 * The Authorization header for a request of exactly this URL; its query parameters are part of the signature, a JSON body is not
 * (RFC 5849, 3.4.1.3).
 */
export function authorizationHeader(
  method: Method,
  url: string,
  keys: StoreKeys,
  stamp: RequestStamp,
): string {
  const oauth = new OAuth({
    consumer: { key: keys.consumerKey, secret: keys.consumerSecret },
    signature_method: "HMAC-SHA1",
    hash_function: (baseString, key) => bytesToBase64(hmac(sha1, utf8ToBytes(key), utf8ToBytes(baseString))),
  });
  oauth.getNonce = () => stamp.nonce;
  oauth.getTimeStamp = () => stamp.timestampSeconds;
  const token = { key: keys.tokenValue, secret: keys.tokenSecret };
  return oauth.toHeader(oauth.authorize({ url, method }, token)).Authorization;
}

/** A new nonce and the present time. Needs cryptographic randomness: call it in actions only. */
export function newRequestStamp(): RequestStamp {
  return { nonce: crypto.randomUUID().replaceAll("-", ""), timestampSeconds: Math.floor(Date.now() / 1000) };
}
