/** OAuth 1.0a for BrickLink: one-legged, HMAC-SHA1, a fresh nonce for every request (BrickLink refuses a used one). */
import { hmac } from "@noble/hashes/hmac.js";
import { sha1 } from "@noble/hashes/legacy.js";
import { utf8ToBytes } from "@noble/hashes/utils.js";
import OAuth from "oauth-1.0a";
import { bytesToBase64 } from "./encoding";

export type StoreKeys = {
  consumerKey: string;
  consumerSecret: string;
  tokenValue: string;
  tokenSecret: string;
};

/** What varies from request to request; given, so that a test can repeat a published example. */
export type Freshness = { nonce: string; timestampSeconds: number };

/** The Authorization header for a GET of exactly this URL; its query parameters are part of the signature. */
export function authorizationHeader(url: string, keys: StoreKeys, fresh: Freshness): string {
  const oauth = new OAuth({
    consumer: { key: keys.consumerKey, secret: keys.consumerSecret },
    signature_method: "HMAC-SHA1",
    hash_function: (baseString, key) => bytesToBase64(hmac(sha1, utf8ToBytes(key), utf8ToBytes(baseString))),
  });
  oauth.getNonce = () => fresh.nonce;
  oauth.getTimeStamp = () => fresh.timestampSeconds;
  const token = { key: keys.tokenValue, secret: keys.tokenSecret };
  return oauth.toHeader(oauth.authorize({ url, method: "GET" }, token)).Authorization;
}

/** Random and of this moment. Needs cryptographic randomness: actions only. */
export function freshness(): Freshness {
  return { nonce: crypto.randomUUID().replaceAll("-", ""), timestampSeconds: Math.floor(Date.now() / 1000) };
}
