/**
 * Secrets that travel in a URL: a store's callback token, an invitation. Only a hash is stored, so that a copy of the
 * database opens nothing.
 */
import { bytesToBase64Url, bytesToHex } from "./encoding";

/** 256 bits, too many to guess. */
const TOKEN_BYTES = 32;

/** 32 bytes are 43 base64url characters without padding. */
const TOKEN_SHAPE = /^[A-Za-z0-9_-]{43}$/;

/** Needs cryptographic randomness: call it in actions only. */
export function newSecretToken(): string {
  return bytesToBase64Url(crypto.getRandomValues(new Uint8Array(TOKEN_BYTES)));
}

/** Whether `text` has the shape of a token, so that anything else never reaches the database. */
export function isSecretToken(text: string): boolean {
  return TOKEN_SHAPE.test(text);
}

/** SHA-256 of the token, hex: what is stored and looked up in its place. */
export async function hashSecretToken(token: string): Promise<string> {
  return bytesToHex(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token))));
}
