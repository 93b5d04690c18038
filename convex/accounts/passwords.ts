/**
 * Passwords: which are accepted, and how they are stored. Hashing takes a fifth of a second on purpose and needs cryptography, so
 * it belongs into actions, never into a transaction.
 */
import { base64ToBytes, bytesToBase64 } from "../lib/encoding";

/** NIST SP 800-63B asks for eight characters at least where passwords are the only factor; two more cost people little. */
const LENGTH_MIN = 10;

/** Longer ones add nothing, and megabytes would only keep the hash busy. */
export const PASSWORD_LENGTH_MAX = 256;

/**
 * The commonest passwords of ten characters and more in published lists of leaked ones, in lower case. Runs such as 1234567890 and
 * repeated characters are found by rule.
 */
const commonPasswords: ReadonlySet<string> = new Set([
  "12345678910",
  "1q2w3e4r5t",
  "1q2w3e4r5t6y",
  "1qaz2wsx3edc",
  "abcd123456",
  "abc123456789",
  "administrator",
  "asdfghjkl1",
  "asdfghjkl123",
  "baseball123",
  "basketball",
  "bricklink1",
  "bricklink123",
  "changeme123",
  "football123",
  "iloveyou12",
  "iloveyou123",
  "legolego123",
  "letmein1234",
  "liverpool1",
  "mypassword",
  "mypassword1",
  "p@ssw0rd123",
  "passw0rd123",
  "password12",
  "password123",
  "password1234",
  "password12345",
  "passwordpassword",
  "princess123",
  "q1w2e3r4t5",
  "q1w2e3r4t5y6",
  "qwerty1234",
  "qwerty12345",
  "qwerty123456",
  "qwertyuiop",
  "qwertyuiop1",
  "qwertyuiop123",
  "sunshine123",
  "superman123",
  "welcome123",
  "welcome1234",
  "zxcvbnm123",
]);

/** Whether every character follows the one before by the same step: "aaaaaaaaaa", "1234567890", "zyxwvutsrq". */
function isRun(password: string): boolean {
  const codes = [...password].map((character) => character.charCodeAt(0));
  const steps = codes.slice(1).map((code, index) => code - (codes[index] ?? 0));
  // From 9 to 0 a row of digits goes on.
  const [first, ...others] = steps.filter((step) => Math.abs(step) !== 9);
  return first !== undefined && Math.abs(first) <= 1 && others.every((step) => step === first);
}

export type PasswordProblem = "passwordTooShort" | "passwordTooLong" | "passwordIsEmail" | "passwordCommon";

/** Why a new password is refused; null when it is accepted. */
export function passwordProblem(password: string, email: string): PasswordProblem | null {
  if (password.length < LENGTH_MIN) return "passwordTooShort";
  if (password.length > PASSWORD_LENGTH_MAX) return "passwordTooLong";
  const lower = password.toLowerCase();
  if (lower === email.toLowerCase() || lower === email.split("@")[0]?.toLowerCase()) return "passwordIsEmail";
  return commonPasswords.has(lower) || isRun(lower) ? "passwordCommon" : null;
}

/** OWASP Password Storage Cheat Sheet, for PBKDF2 with HMAC-SHA-256. It is what Web Crypto has, in every runtime. */
const ITERATIONS = 600_000;
const SALT_BYTES = 16;
const HASH_BITS = 256;

async function derive(
  password: string,
  salt: Uint8Array<ArrayBuffer>,
  iterations: number,
): Promise<Uint8Array<ArrayBuffer>> {
  // The same text can be typed as different code points on different machines.
  const bytes = new TextEncoder().encode(password.normalize("NFKC"));
  const key = await crypto.subtle.importKey("raw", bytes, "PBKDF2", false, ["deriveBits"]);
  const parameters = { name: "PBKDF2", hash: "SHA-256", salt, iterations };
  return new Uint8Array(await crypto.subtle.deriveBits(parameters, key, HASH_BITS));
}

/** The password as it is stored: method, iterations, salt and hash. */
export async function hashPassword(password: string): Promise<string> {
  const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
  const hash = await derive(password, salt, ITERATIONS);
  return ["pbkdf2-sha256", ITERATIONS, bytesToBase64(salt), bytesToBase64(hash)].join("$");
}

function isSameBytes(a: Uint8Array, b: Uint8Array): boolean {
  // Every byte is compared, so that the time does not tell how many are right.
  let difference = a.length ^ b.length;
  for (const [index, byte] of a.entries()) difference |= byte ^ (b[index] ?? 0);
  return difference === 0;
}

/**
 * Whether a password is the stored one. `stored` null: there is no such account, which takes as long to find out. False for a value
 * that `hashPassword` did not make.
 */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  const [method, iterations, salt, hash] = (stored ?? "").split("$");
  const isReadable = method === "pbkdf2-sha256" && salt !== undefined && hash !== undefined;
  const derived = await derive(
    password,
    isReadable ? base64ToBytes(salt) : new Uint8Array(SALT_BYTES),
    isReadable ? Number(iterations) : ITERATIONS,
  );
  return isReadable && isSameBytes(derived, base64ToBytes(hash));
}
