/** The functions' secrets on this machine: created once, stored in a file that is readable by its owner only. */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { exportJWK, exportPKCS8, generateKeyPair } from "jose";
import { z } from "zod";
import { HostError } from "./host/lib/errors";

const secrets = z.object({
  CREDENTIALS_KEY: z.string(),
  /** The one before, while it is being changed. */
  CREDENTIALS_KEY_PREVIOUS: z.string().optional(),
  JWT_PRIVATE_KEY: z.string(),
  JWKS: z.string(),
});
export type Secrets = z.output<typeof secrets>;

function newCredentialsKey(): string {
  return randomBytes(32).toString("base64");
}

/** Creates new random secrets. */
export async function makeSecrets(): Promise<Omit<Secrets, "CREDENTIALS_KEY_PREVIOUS">> {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  return {
    CREDENTIALS_KEY: newCredentialsKey(),
    // @convex-dev/auth expects the PEM on one line.
    JWT_PRIVATE_KEY: (await exportPKCS8(privateKey)).trimEnd().replaceAll("\n", " "),
    JWKS: JSON.stringify({ keys: [{ use: "sig", ...(await exportJWK(publicKey)) }] }),
  };
}

/** Where the secrets of a data folder are, unless --secrets names another file. */
export function secretsFileOf(folder: string): string {
  return join(folder, "secrets.json");
}

/** The file is never half written: with it, the stored API keys would be lost. */
function write(file: string, changed: Secrets): void {
  const unfinished = `${file}.new`;
  writeFileSync(unfinished, JSON.stringify(changed, null, 2), { mode: 0o600, flush: true });
  renameSync(unfinished, file);
}

/**
 * The secrets stored in a file, created when there is none. Throws HostError `environmentMissing` when the file is damaged:
 * with new secrets the stored API keys could no longer be decrypted.
 */
export async function secretsIn(file: string): Promise<Secrets> {
  if (!existsSync(file)) {
    const created = await makeSecrets();
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    write(file, created);
    return created;
  }
  try {
    return secrets.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    throw new HostError(
      "environmentMissing",
      `${file} lacks a key or is damaged. Restore it from a backup: without it, the stored API keys cannot be decrypted.`,
    );
  }
}

/**
 * Changes the key that encrypts stores' API keys. `reencrypt` is called with both keys stored, and the old one is forgotten when it
 * succeeds. After a failure both are kept, and the next call goes on with them. Throws as `secretsIn` and `reencrypt` do.
 */
export async function rotateCredentialsKey(
  file: string,
  reencrypt: (secrets: Secrets) => Promise<void>,
): Promise<void> {
  const { CREDENTIALS_KEY, CREDENTIALS_KEY_PREVIOUS, ...others } = await secretsIn(file);
  const rotating = CREDENTIALS_KEY_PREVIOUS
    ? { CREDENTIALS_KEY, CREDENTIALS_KEY_PREVIOUS, ...others }
    : { CREDENTIALS_KEY: newCredentialsKey(), CREDENTIALS_KEY_PREVIOUS: CREDENTIALS_KEY, ...others };
  write(file, rotating);
  await reencrypt(rotating);
  write(file, { CREDENTIALS_KEY: rotating.CREDENTIALS_KEY, ...others });
}
