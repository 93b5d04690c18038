/** Signing in for real, by e-mail and password. */
import { decodeJwt, exportJWK, exportPKCS8, generateKeyPair } from "jose";
import { beforeAll } from "vitest";
import type { Backend } from "./backend";
import { errorCodeOf } from "./errors";
import type { Session } from "./members";
import { api } from "./store";

export type Credentials = { email: string; password: string };

/** The address that people sign in from unless a test says otherwise. */
export const HOME = "203.0.113.1";

/** Gives the functions the keys with which sign-in tokens are signed, before the tests of a file. */
export function useSignInKeys(): void {
  beforeAll(async () => {
    const { privateKey, publicKey } = await generateKeyPair("RS256", { extractable: true });
    process.env.JWT_PRIVATE_KEY = (await exportPKCS8(privateKey)).trimEnd().replaceAll("\n", " ");
    process.env.JWKS = JSON.stringify({ keys: [{ use: "sig", ...(await exportJWK(publicKey)) }] });
    process.env.SITE_URL = "https://orders.test";
    process.env.AUTH_LOG_LEVEL = "ERROR";
  });
}

type Attempt = Credentials & { flow?: "signIn" | "signUp"; invitation?: string; from?: string };

/** Signs in or up. Returns the code of the refusal, or "allowed". */
export async function attempt(
  t: Backend,
  { from = HOME, flow = "signIn", ...credentials }: Attempt,
): Promise<unknown> {
  const caller = t.withRequestMetadata({ ip: from });
  return await errorCodeOf(
    caller.action(api.auth.signIn, { provider: "password", params: { ...credentials, flow } }),
  );
}

/** Signs in and returns what the session may call. */
export async function sessionOf(t: Backend, credentials: Credentials): Promise<Session> {
  const { tokens } = await t
    .withRequestMetadata({ ip: HOME })
    .action(api.auth.signIn, { provider: "password", params: { ...credentials, flow: "signIn" } });
  const subject = decodeJwt(tokens?.token ?? "").sub;
  if (subject === undefined) throw new Error("The sign-in was refused.");
  return t.withRequestMetadata({ ip: HOME }).withIdentity({ subject });
}

/** Whether a session is still good: "allowed", or the code of the refusal. */
export function isSignedIn(session: Session): Promise<unknown> {
  return errorCodeOf(session.query(api.accounts.businesses.mine, {}));
}
