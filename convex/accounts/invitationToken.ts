/** The secret of an invitation: 256 random bits, of which only a hash is stored. */

const TOKEN_BYTES = 32;
const TOKEN_SHAPE = /^[0-9a-f]{64}$/;

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Needs randomness: actions only. */
export function newInvitationToken(): string {
  return hex(crypto.getRandomValues(new Uint8Array(TOKEN_BYTES)));
}

export function isInvitationToken(text: string): boolean {
  return TOKEN_SHAPE.test(text);
}

/** What is stored and looked up instead: SHA-256, hex. */
export async function hashInvitationToken(token: string): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(token))));
}
