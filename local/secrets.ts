/** The functions' secrets on this machine: created once, stored in a file that is readable by its owner only. */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { exportJWK, exportPKCS8, generateKeyPair } from "jose";
import { z } from "zod";
import { HostError } from "./host/lib/errors";

const secrets = z.object({ CREDENTIALS_KEY: z.string(), JWT_PRIVATE_KEY: z.string(), JWKS: z.string() });
export type Secrets = z.output<typeof secrets>;

/** Creates new random secrets. */
export async function makeSecrets(): Promise<Secrets> {
  const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
  return {
    CREDENTIALS_KEY: randomBytes(32).toString("base64"),
    // @convex-dev/auth expects the PEM on one line.
    JWT_PRIVATE_KEY: (await exportPKCS8(privateKey)).trimEnd().replaceAll("\n", " "),
    JWKS: JSON.stringify({ keys: [{ use: "sig", ...(await exportJWK(publicKey)) }] }),
  };
}

/** Where the secrets of a data folder are, unless --secrets names another file. */
export function secretsFileOf(folder: string): string {
  return join(folder, "secrets.json");
}

/**
 * The secrets stored in a file, created when there is none. Throws HostError `environmentMissing` when the file is damaged:
 * with new secrets the stored API keys could no longer be decrypted.
 */
export async function secretsIn(file: string): Promise<Secrets> {
  if (!existsSync(file)) {
    const created = await makeSecrets();
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    writeFileSync(file, JSON.stringify(created, null, 2), { mode: 0o600 });
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
