// @vitest-environment node
import { exportJWK, exportPKCS8, generateKeyPair, SignJWT, type CryptoKey } from "jose";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Deployment } from "../../../local/host/deployment";
import { clientFor, fixturePath, liveClient, open, queryAt, waitUntil } from "../harness";

let env: Record<string, string>;
let privateKey: CryptoKey;
let deployment: Deployment;

beforeAll(async () => {
  const keys = await generateKeyPair("RS256", { extractable: true });
  ({ privateKey } = keys);
  env = {
    JWT_PRIVATE_KEY: await exportPKCS8(keys.privateKey),
    JWKS: JSON.stringify({ keys: [{ use: "sig", ...(await exportJWK(keys.publicKey)) }] }),
    SITE_URL: "http://127.0.0.1",
  };
});
beforeEach(async () => {
  deployment = await open({ functions: fixturePath("auth"), env });
});

type SignedIn = { tokens: { token: string; refreshToken: string } };

async function sign(flow: "signUp" | "signIn", password: string): Promise<string> {
  const params = { email: "ann@example.com", password, flow };
  const { tokens } = (await clientFor(deployment).action("auth:signIn", {
    provider: "password",
    params,
  })) as SignedIn;
  return tokens.token;
}

/** A token as the app itself issues, valid for `seconds`. */
async function tokenFor(
  seconds: number,
  changes: { audience?: string; key?: CryptoKey } = {},
): Promise<string> {
  const now = Math.floor(Date.now() / 1_000);
  return await new SignJWT({})
    .setProtectedHeader({ alg: "RS256" })
    .setIssuer(deployment.siteUrl)
    .setAudience(changes.audience ?? "convex")
    .setSubject("someone")
    .setIssuedAt(now)
    .setExpirationTime(now + seconds)
    .sign(changes.key ?? privateKey);
}

describe("@convex-dev/auth with a password", () => {
  it("@convex-dev/auth signs up and in with a password, refuses a wrong one, and its token identifies the user", async () => {
    await sign("signUp", "correct horse battery");
    await expect(sign("signIn", "wrong horse battery")).rejects.toThrow();
    const token = await sign("signIn", "correct horse battery");
    const me = (await clientFor(deployment, token).query("users:current")) as {
      issuer: string;
      subject: string;
    };
    expect(me).toMatchObject({ issuer: deployment.siteUrl });
    expect(me).toMatchObject({ tokenIdentifier: `${me.issuer}|${me.subject}` });
    expect(await clientFor(deployment).query("users:current")).toBeNull();
  });
});

describe("a live client", () => {
  it("a live query reruns with the identity after its client signs in", async () => {
    const client = liveClient(deployment);
    const seen: unknown[] = [];
    client.onUpdate(queryAt("users:current"), {}, (me) => seen.push(me));
    await waitUntil(() => seen.length === 1);
    const changes: boolean[] = [];
    const token = await tokenFor(3_600);
    client.setAuth(
      () => Promise.resolve(token),
      (isSignedIn) => changes.push(isSignedIn),
    );
    await waitUntil(() => seen.length === 2);
    expect(seen).toEqual([null, expect.objectContaining({ subject: "someone" })]);
    expect(changes).toEqual([true]);
  });

  it("a client whose token has expired is asked for a new one and continues signed in", async () => {
    const client = liveClient(deployment);
    const forced: boolean[] = [];
    const states: boolean[] = [];
    client.setAuth(
      async ({ forceRefreshToken }) => {
        forced.push(forceRefreshToken);
        // The first token has expired already.
        return await tokenFor(forced.length === 1 ? -60 : 3_600);
      },
      (isSignedIn) => states.push(isSignedIn),
    );
    let me: unknown;
    client.onUpdate(queryAt("users:current"), {}, (value) => (me = value));
    await waitUntil(() => me !== undefined && me !== null);
    expect(forced.slice(0, 2)).toEqual([false, true]);
    expect(states.at(-1)).toBe(true);
  });
});

describe("a token", () => {
  it("a token with another key, for another audience, past its expiry or malformed is refused", async () => {
    const { privateKey: other } = await generateKeyPair("RS256");
    const refused = [
      await tokenFor(60, { key: other }),
      await tokenFor(60, { audience: "another" }),
      await tokenFor(-60),
      "nonsense",
    ];
    for (const token of refused) {
      await expect(clientFor(deployment, token).query("users:current")).rejects.toThrow();
    }
    expect(await clientFor(deployment, await tokenFor(60)).query("users:current")).toMatchObject({
      subject: "someone",
    });
  });
});
