/** Verifies JSON Web Tokens with the keys of the providers in the app's auth.config.ts. */
import { createRemoteJWKSet, jwtVerify, type JWTPayload, type JWTVerifyGetKey } from "jose";
import type { JSONValue } from "convex/values";
import { z } from "zod";
import type { Identity } from "./caller";
import type { Module } from "../modules/modules";

const providerConfig = z.union([
  z.object({
    type: z.literal("customJwt"),
    issuer: z.string(),
    jwks: z.string(),
    algorithm: z.enum(["RS256", "ES256"]),
    applicationID: z.string().optional(),
  }),
  z.object({ domain: z.string(), applicationID: z.string() }),
]);
type ProviderConfig = z.output<typeof providerConfig>;

const authConfig = z.object({ providers: z.array(providerConfig) });
const discovery = z.object({ issuer: z.string(), jwks_uri: z.string() });

/** Claims about the token, which are not part of the identity. */
const TOKEN_CLAIMS = new Set(["iss", "sub", "aud", "exp", "iat", "nbf", "jti"]);

/** OpenID Connect's claims under the names that Convex gives them. */
const CLAIM_NAMES: Record<string, string> = {
  given_name: "givenName",
  family_name: "familyName",
  preferred_username: "preferredUsername",
  profile: "profileUrl",
  picture: "pictureUrl",
  email_verified: "emailVerified",
  phone_number: "phoneNumber",
  phone_number_verified: "phoneNumberVerified",
  updated_at: "updatedAt",
};

/** `expiresAt`: milliseconds since the epoch, UTC. */
export type Verified = { identity: NonNullable<Identity>; expiresAt: number };

function identityOf(payload: JWTPayload): NonNullable<Identity> {
  const { iss = "", sub = "" } = payload;
  const claims = Object.entries(payload)
    .filter(([name]) => !TOKEN_CLAIMS.has(name))
    .map(([name, value]) => [CLAIM_NAMES[name] ?? name, value as JSONValue]);
  return {
    tokenIdentifier: `${iss}|${sub}`,
    issuer: iss,
    subject: sub,
    ...(Object.fromEntries(claims) as Record<string, JSONValue>),
  };
}

type Provider = { issuer: string; audience: string | undefined; algorithms: string[]; keys: JWTVerifyGetKey };

/** Resolves a provider's keys, through OpenID discovery unless it is a custom JWT provider. */
async function resolveProvider(config: ProviderConfig): Promise<Provider> {
  if ("type" in config) {
    return {
      issuer: config.issuer,
      audience: config.applicationID,
      algorithms: [config.algorithm],
      keys: createRemoteJWKSet(new URL(config.jwks)),
    };
  }
  const domain = config.domain.includes("://") ? config.domain : `https://${config.domain}`;
  const response = await fetch(`${domain.replace(/\/$/, "")}/.well-known/openid-configuration`);
  if (!response.ok) throw new Error(`${domain} answered ${response.status} to OpenID discovery.`);
  const { issuer, jwks_uri } = discovery.parse(await response.json());
  return {
    issuer,
    audience: config.applicationID,
    algorithms: ["RS256", "ES256"],
    keys: createRemoteJWKSet(new URL(jwks_uri)),
  };
}

export class Auth {
  private configs: ProviderConfig[] = [];
  /** Cached per provider; removed when resolving it fails, so that the next token tries again. */
  private providers = new Map<ProviderConfig, Promise<Provider>>();

  /** Reads the providers from the auth.config module; without one, every token is refused. */
  configure(module: Module | undefined): void {
    const parsed = authConfig.safeParse(module?.default);
    this.configs = parsed.success ? parsed.data.providers : [];
    this.providers = new Map();
  }

  private provider(config: ProviderConfig): Promise<Provider> {
    const known = this.providers.get(config);
    if (known) return known;
    const resolved = resolveProvider(config);
    this.providers.set(config, resolved);
    resolved.catch(() => this.providers.delete(config));
    return resolved;
  }

  /** Throws the last provider's reason when none accepts the token. */
  async verify(token: string): Promise<Verified> {
    let reason: unknown = new Error("No auth provider is configured in auth.config.ts.");
    for (const config of this.configs) {
      try {
        const { issuer, audience, algorithms, keys } = await this.provider(config);
        const { payload } = await jwtVerify(token, keys, {
          issuer,
          algorithms,
          requiredClaims: ["sub", "exp"],
          ...(audience !== undefined && { audience }),
        });
        return { identity: identityOf(payload), expiresAt: (payload.exp ?? 0) * 1_000 };
      } catch (error) {
        reason = error;
      }
    }
    throw reason;
  }
}
