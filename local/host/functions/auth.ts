/**
 * Verifies JSON Web Tokens with the keys of the providers in the app's auth.config.ts, by Convex's rules (convex-backend,
 * crates/authentication/src/lib.rs `validate_id_token`, crates/common/src/auth.rs).
 */
import {
  createRemoteJWKSet,
  customFetch,
  decodeJwt,
  decodeProtectedHeader,
  jwtVerify,
  type JWTVerifyGetKey,
} from "jose";
import { z } from "zod";
import { HostError } from "../lib/errors";
import type { Module } from "../modules/modules";
import type { Identity } from "./caller";
import { customIdentity, oidcIdentity } from "./claims";

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

/** Which algorithms Convex accepts from OpenID Connect providers. ES256 needs a `customJwt` provider. */
const OIDC_ALGORITHMS = ["RS256", "EdDSA"];
/** By how much the clock of a custom provider may differ, in seconds. */
const CUSTOM_TOLERANCE_SECONDS = 5;
const KEY_TYPES = /^application\/(json|jwk-set\+json)\s*(;\s*charset=("?)utf-8\2\s*)?$/i;

/** `expiresAt`: milliseconds since the epoch, UTC. */
export type Verified = { identity: NonNullable<Identity>; expiresAt: number };

const withScheme = (issuer: string) => (/^\w+:\/\//.test(issuer) ? issuer : `https://${issuer}`);
const isSameIssuer = (a: string, b: string) => {
  const [first, second] = [a, b].map((issuer) => withScheme(issuer).replace(/\/+$/, ""));
  return first === second;
};

function issuerOf(config: ProviderConfig): string {
  return "type" in config ? config.issuer : config.domain;
}

/** Whether an issuer is a URL, with a scheme or at least with a domain like "example.com". */
function isIssuer(issuer: string): boolean {
  if (!URL.canParse(withScheme(issuer))) return false;
  const { protocol, hostname } = new URL(withScheme(issuer));
  if (protocol !== "https:" && protocol !== "http:") return false;
  return withScheme(issuer) === issuer || hostname === "localhost" || hostname.includes(".");
}

/** Throws HostError `functionsUnusable` for an auth.config.ts that Convex would refuse to deploy. */
export function assertAuthConfig(module: Module | undefined): void {
  if (!module) return;
  const parsed = authConfig.safeParse(module.default);
  const what = parsed.success
    ? parsed.data.providers
        .map(issuerOf)
        .filter((issuer) => !isIssuer(issuer))
        .map((issuer) => `"${issuer}" does not look like a URL.`)[0]
    : "Its default export must have `providers`, each with `domain` and `applicationID`, or with `type`, `issuer`, `jwks` and `algorithm` (RS256 or ES256).";
  if (what !== undefined) {
    throw new HostError("functionsUnusable", `auth.config.ts is not valid; correct it. ${what}`);
  }
}

/** Fetches keys, which a custom provider must serve as JSON. Rejects otherwise, with the content type. */
async function fetchKeys(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request);
  const type = response.headers.get("Content-Type") ?? "unknown";
  if (response.url.startsWith("data:") || !response.ok || KEY_TYPES.test(type)) return response;
  throw new Error(
    `Invalid Content-Type '${type}' when fetching JWKS from '${response.url}'. Expected 'application/json' or 'application/jwk-set+json'.`,
  );
}

type Provider = { issuer: string; keys: JWTVerifyGetKey };

/** Resolves a provider's keys, through OpenID discovery unless it is a custom JWT provider. */
async function resolveProvider(config: ProviderConfig): Promise<Provider> {
  if ("type" in config) {
    const keys = createRemoteJWKSet(new URL(config.jwks), { [customFetch]: fetchKeys });
    return { issuer: config.issuer, keys };
  }
  const domain = withScheme(config.domain).replace(/\/$/, "");
  const response = await fetch(`${domain}/.well-known/openid-configuration`);
  if (!response.ok) throw new Error(`${domain} answered ${response.status} to OpenID discovery.`);
  const { issuer, jwks_uri } = discovery.parse(await response.json());
  return { issuer, keys: createRemoteJWKSet(new URL(jwks_uri)) };
}

async function verifyOidc(
  token: string,
  { issuer, keys }: Provider,
  applicationID: string,
): Promise<Verified> {
  const { payload } = await jwtVerify(token, keys, {
    issuer,
    audience: applicationID,
    algorithms: OIDC_ALGORITHMS,
    requiredClaims: ["sub", "exp", "iat"],
  });
  if (Array.isArray(payload.aud) && payload.aud.some((audience) => audience !== applicationID)) {
    throw new Error("The token is for several audiences, which Convex refuses.");
  }
  return { identity: oidcIdentity(payload), expiresAt: (payload.exp ?? 0) * 1_000 };
}

/** The issuer and the audience were compared when the provider was chosen. */
async function verifyCustom(token: string, { keys }: Provider, algorithm: string): Promise<Verified> {
  if (decodeProtectedHeader(token).kid === undefined) {
    throw new Error("Could not decode token. The JWT is missing a 'kid' (key ID) header.");
  }
  const { payload } = await jwtVerify(token, keys, {
    algorithms: [algorithm],
    clockTolerance: CUSTOM_TOLERANCE_SECONDS,
    requiredClaims: ["sub", "exp"],
  });
  return { identity: customIdentity(payload), expiresAt: (payload.exp ?? 0) * 1_000 };
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

  /** The first provider with the token's issuer and, if it names an application, audience. No other one is tried. */
  private configFor(token: string): ProviderConfig {
    if (this.configs.length === 0) throw new Error("No auth provider is configured in auth.config.ts.");
    const { iss, aud = [] } = decodeJwt(token);
    if (iss === undefined) throw new Error("Missing issuer claim ('iss') in JWT payload.");
    const found = this.configs.find(
      (config) =>
        isSameIssuer(issuerOf(config), iss) &&
        (config.applicationID === undefined || [aud].flat().includes(config.applicationID)),
    );
    if (!found)
      throw new Error("No auth provider found matching the given token: check its issuer and audience.");
    return found;
  }

  /** Rejects with the reason when the token is not valid. */
  async verify(token: string): Promise<Verified> {
    const config = this.configFor(token);
    const provider = await this.provider(config);
    return "type" in config
      ? await verifyCustom(token, provider, config.algorithm)
      : await verifyOidc(token, provider, config.applicationID);
  }
}
