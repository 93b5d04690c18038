/** The secret in a store's callback URL: 256 random bits. BrickLink signs nothing, so the URL is the only proof. */
import { bytesToBase64Url, bytesToHex } from "./encoding";

const TOKEN_BYTES = 32;
/** 32 bytes are 43 base64url characters without padding. */
const TOKEN_SHAPE = /^[A-Za-z0-9_-]{43}$/;

export const CALLBACK_PATH = "/api/bricklink/webhook";

/** Needs randomness: actions only. */
export function newCallbackToken(): string {
  return bytesToBase64Url(crypto.getRandomValues(new Uint8Array(TOKEN_BYTES)));
}

/** What is stored and looked up instead of the token: SHA-256, hex. */
export async function hashCallbackToken(token: string): Promise<string> {
  return bytesToHex(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token))));
}

/** The token of a callback, from the path or from ?webhookToken=; null when there is none of the right shape. */
export function callbackTokenOf(url: URL): string | null {
  const inPath = url.pathname.startsWith(`${CALLBACK_PATH}/`)
    ? url.pathname.slice(CALLBACK_PATH.length + 1)
    : "";
  const token = inPath === "" ? (url.searchParams.get("webhookToken") ?? "") : inPath;
  return TOKEN_SHAPE.test(token) ? token : null;
}
