// @vitest-environment node
/**
 * Which tokens Convex accepts and what a function sees of them: convex-backend, crates/authentication/src/lib.rs,
 * crates/common/src/auth.rs and crates/keybroker/src/broker.rs.
 */
import { createServer } from "node:http";
import { exportJWK, generateKeyPair, SignJWT, type CryptoKey } from "jose";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { appFolder, clientFor, onTestEnd, open } from "../harness";

type Keys = { privateKey: CryptoKey; jwk: object };
const keys = new Map<string, Keys>();

beforeAll(async () => {
  for (const alg of ["RS256", "ES256", "EdDSA"]) {
    const { privateKey, publicKey } = await generateKeyPair(alg);
    keys.set(alg, { privateKey, jwk: { ...(await exportJWK(publicKey)), alg, kid: alg, use: "sig" } });
  }
});

const jwks = () => JSON.stringify({ keys: [...keys.values()].map(({ jwk }) => jwk) });

/** Serves OpenID discovery and keys, the latter with a content type of choice at "/keys/<type>". */
async function provider(): Promise<string> {
  const server = createServer((request, response) => {
    const path = request.url ?? "";
    const [, type = "application/json"] = /^\/keys\/(.*)$/.exec(path) ?? [];
    response.setHeader("Content-Type", decodeURIComponent(type));
    const discovery = { issuer: url, jwks_uri: `${url}/keys/application%2Fjson` };
    response.end(path.startsWith("/keys/") ? jwks() : JSON.stringify(discovery));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`;
  onTestEnd(() => new Promise((resolve) => server.close(resolve)));
  return url;
}

const functions = `
  import { queryGeneric as query } from "convex/server";
  export const me = query({ handler: (ctx) => ctx.auth.getUserIdentity() });
`;

let issuer: string;
beforeEach(async () => {
  issuer = await provider();
});

/** Undefined removes a claim that every token has. */
type Claims = Record<string, unknown>;

/** The identity that a function sees. Rejects when the token is refused. */
type SeenAs = (claims: Claims, header?: { alg?: string; kid?: string | null }) => Promise<unknown>;

async function openWith(providers: unknown[]): Promise<SeenAs> {
  const app = await appFolder({
    "users.ts": functions,
    "auth.config.ts": `export default { providers: ${JSON.stringify(providers)} };`,
  });
  const deployment = await open({ functions: app.functions });
  const now = Math.floor(Date.now() / 1_000);
  return async (claims, { alg = "RS256", kid = alg } = {}) => {
    const key = keys.get(alg);
    if (!key) throw new Error(`There is no key for ${alg}.`);
    const registered = { iss: issuer, sub: "ann", aud: "app", iat: now, exp: now + 60 };
    const token = await new SignJWT({ ...registered, ...claims })
      .setProtectedHeader({ alg, ...(kid !== null && { kid }) })
      .sign(key.privateKey);
    return await clientFor(deployment, token).query("users:me");
  };
}

const oidc = () => openWith([{ domain: issuer, applicationID: "app" }]);
const custom = (more: object = {}) =>
  openWith([
    { type: "customJwt", issuer, jwks: `${issuer}/keys/application%2Fjson`, algorithm: "RS256", ...more },
  ]);
const ids = () => ({ tokenIdentifier: `${issuer}|ann`, issuer, subject: "ann" });

describe("an OpenID Connect provider", () => {
  it("an OpenID Connect provider gives standard claims Convex's names, and others their own", async () => {
    const seenAs = await oidc();
    const claims = {
      name: "Ann",
      "name#de": "Anna",
      given_name: "A",
      middle_name: "M",
      website: "https://ann.example",
      email: "ann@example.com",
      email_verified: true,
      birthdate: "1990-01-01",
      zoneinfo: "Europe/Berlin",
      locale: "de",
      phone_number: "+49",
      phone_number_verified: false,
      address: { formatted: "A street", country: "DE" },
      updated_at: 1_700_000_000,
      role: "admin",
      org: { id: 5, tags: ["x"] },
    };
    expect(await seenAs({ ...claims, nonce: "n", azp: "app", fva: [1, -1], jti: "j" })).toEqual({
      ...ids(),
      name: "Ann",
      givenName: "A",
      websiteUrl: "https://ann.example",
      email: "ann@example.com",
      emailVerified: true,
      birthday: "1990-01-01",
      timezone: "Europe/Berlin",
      language: "de",
      phoneNumber: "+49",
      phoneNumberVerified: false,
      address: "A street",
      updatedAt: "2023-11-14T22:13:20+00:00",
      role: "admin",
      org: { id: 5, tags: ["x"] },
    });
  });

  it("an OpenID Connect provider may sign with EdDSA", async () => {
    expect(await (await oidc())({}, { alg: "EdDSA" })).toEqual(ids());
  });

  const refused: Record<string, [claims: Claims, header?: { alg: string }]> = {
    "signed with ES256": [{}, { alg: "ES256" }],
    "for another audience": [{ aud: "other" }],
    "for several audiences": [{ aud: ["app", "other"] }],
    "without a time of issue": [{ iat: undefined }],
    "without a subject": [{ sub: undefined }],
    "of another issuer": [{ iss: "https://example.com" }],
    "that has expired": [{ exp: 1 }],
    "with an email that is no text": [{ email: 5 }],
    "with a verification that is no boolean": [{ email_verified: "true" }],
  };
  it.each(Object.entries(refused))("a token %s is refused", async (_, [claims, header]) => {
    await expect((await oidc())(claims, header)).rejects.toThrow();
  });
});

describe("a customJwt provider", () => {
  it("a customJwt provider leaves every claim its own name, and flattens objects", async () => {
    const seenAs = await custom();
    const claims = { email: "ann@example.com", email_verified: true, updated_at: 5, role: "admin" };
    const nested = { org: { id: 5, plan: { name: "pro" }, tags: ["x"] }, fva: [1] };
    expect(await seenAs({ ...claims, ...nested, aud: "anything" })).toEqual({
      ...ids(),
      ...claims,
      "org.id": 5,
      "org.plan.name": "pro",
      "org.tags": ["x"],
    });
  });

  it("a customJwt provider may sign with ES256, when it says so, and needs no audience without an applicationID", async () => {
    const seenAs = await custom({ algorithm: "ES256" });
    expect(await seenAs({ aud: undefined }, { alg: "ES256" })).toEqual(ids());
    await expect(seenAs({})).rejects.toThrow();
  });

  it("a customJwt provider with an applicationID accepts a token for it among other audiences, and no other token", async () => {
    const seenAs = await custom({ applicationID: "app" });
    expect(await seenAs({ aud: ["other", "app"] })).toEqual(ids());
    await expect(seenAs({ aud: "other" })).rejects.toThrow();
    await expect(seenAs({ aud: undefined })).rejects.toThrow();
  });

  it("a customJwt provider is found with a trailing slash in the token's issuer", async () => {
    expect(await (await custom())({ iss: `${issuer}/` })).toMatchObject({ issuer: `${issuer}/` });
  });

  it("a token may have expired five seconds ago, and no longer", async () => {
    const seenAs = await custom();
    const now = Math.floor(Date.now() / 1_000);
    expect(await seenAs({ exp: now - 2 })).toEqual(ids());
    await expect(seenAs({ exp: now - 10 })).rejects.toThrow();
  });

  it("a token without a key id is refused", async () => {
    await expect((await custom())({}, { kid: null })).rejects.toThrow();
  });

  it("its keys may be in a data URL, and must be served as JSON", async () => {
    const inline = `data:text/plain;charset=utf-8;base64,${Buffer.from(jwks()).toString("base64")}`;
    expect(await (await custom({ jwks: inline }))({})).toEqual(ids());
    const asText = await custom({ jwks: `${issuer}/keys/text%2Fplain` });
    await expect(asText({})).rejects.toThrow();
  });
});

describe("several providers", () => {
  it("the first that matches issuer and audience decides alone", async () => {
    const keysAt = `${issuer}/keys/application%2Fjson`;
    const first = { type: "customJwt", issuer, jwks: keysAt, algorithm: "ES256", applicationID: "app" };
    const seenAs = await openWith([first, { domain: issuer, applicationID: "app" }]);
    await expect(seenAs({})).rejects.toThrow();
  });
});

describe("an auth.config that Convex refuses", () => {
  const refused: Record<string, unknown[]> = {
    "a provider without a domain": [{ applicationID: "app" }],
    "an OpenID Connect provider without an applicationID": [{ domain: "https://example.com" }],
    "a custom provider with another algorithm": [
      { type: "customJwt", issuer: "https://example.com", jwks: "https://example.com", algorithm: "HS256" },
    ],
    "a domain that is no URL": [{ domain: "my-token", applicationID: "app" }],
  };
  it.each(Object.entries(refused))(
    "an auth.config with %s ends the start with a HostError",
    async (_, providers) => {
      await expect(openWith(providers)).rejects.toMatchObject({
        code: "functionsUnusable",
        message: expect.stringContaining("auth.config.ts is not valid") as string,
      });
    },
  );
});
