/**
 * The claims of a verified token as `ctx.auth.getUserIdentity()` returns them (convex-backend,
 * crates/keybroker/src/broker.rs, `UserIdentity::from_token` and `from_custom_jwt`).
 */
import type { JWTPayload } from "jose";
import type { JSONValue } from "convex/values";
import type { Identity } from "./caller";

type Claims = Record<string, JSONValue>;

/** OpenID Connect's claims of type string, under the names that Convex gives them. */
const STRINGS: Record<string, string> = {
  name: "name",
  given_name: "givenName",
  family_name: "familyName",
  nickname: "nickname",
  preferred_username: "preferredUsername",
  profile: "profileUrl",
  picture: "pictureUrl",
  website: "websiteUrl",
  email: "email",
  gender: "gender",
  birthdate: "birthday",
  zoneinfo: "timezone",
  locale: "language",
  phone_number: "phoneNumber",
};
const BOOLEANS: Record<string, string> = {
  email_verified: "emailVerified",
  phone_number_verified: "phoneNumberVerified",
};

/** Claims about the token. */
const TOKEN_CLAIMS = ["iss", "sub", "aud", "exp", "iat", "nbf", "jti"];

/** Claims of an ID token that Convex reads and does not pass on, and Clerk's `fva`, which changes with every refresh. */
const UNUSED_CLAIMS = [
  ...TOKEN_CLAIMS,
  ...["auth_time", "nonce", "acr", "amr", "azp", "at_hash", "c_hash", "middle_name", "fva"],
];

function wrongType(claim: string, type: string): Error {
  return new Error(`Could not parse as OIDC ID token: the claim ${claim} is no ${type}.`);
}

function identifiersOf({ iss = "", sub = "" }: JWTPayload) {
  return { tokenIdentifier: `${iss}|${sub}`, issuer: iss, subject: sub };
}

/** The name and value of one of OpenID Connect's claims; undefined when it is none, or one without a value. */
function standardClaim(claim: string, value: JSONValue): [string, JSONValue] | undefined {
  const text = STRINGS[claim];
  if (text !== undefined) {
    if (typeof value !== "string") throw wrongType(claim, "string");
    return [text, value];
  }
  const flag = BOOLEANS[claim];
  if (flag !== undefined) {
    if (typeof value !== "boolean") throw wrongType(claim, "boolean");
    return [flag, value];
  }
  if (claim === "updated_at") {
    if (typeof value !== "number") throw wrongType(claim, "number of seconds");
    return ["updatedAt", rfc3339(value)];
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw wrongType(claim, "object");
  const { formatted } = value;
  return typeof formatted === "string" ? ["address", formatted] : undefined;
}

/** As chrono formats a time in UTC: without a fraction when it has none, and with an offset. */
function rfc3339(seconds: number): string {
  return new Date(seconds * 1_000).toISOString().replace(/(\.000)?Z$/, "+00:00");
}

const STANDARD = new Set([...Object.keys(STRINGS), ...Object.keys(BOOLEANS), "updated_at", "address"]);

/**
 * The identity of an OpenID Connect ID token: standard claims under Convex's names, others under their own. Throws for a
 * standard claim of a wrong type, since Convex refuses the token.
 */
export function oidcIdentity(payload: JWTPayload): NonNullable<Identity> {
  const claims: Claims = {};
  for (const [claim, value] of Object.entries(payload as Claims)) {
    // "name#de" is the name in another language, which Convex does not pass on.
    const [base = claim, language] = claim.split("#");
    if (UNUSED_CLAIMS.includes(base) || (STANDARD.has(base) && (language !== undefined || value === null))) {
      continue;
    }
    const named = STANDARD.has(base) ? standardClaim(base, value) : ([claim, value] as const);
    if (named) claims[named[0]] = named[1];
  }
  return { ...claims, ...identifiersOf(payload) };
}

/** Nested objects become claims with dotted names. */
function flattened(claims: Claims): [string, JSONValue][] {
  return Object.entries(claims).flatMap(([name, value]) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [[name, value]];
    return flattened(value).map(([inner, each]): [string, JSONValue] => [`${name}.${inner}`, each]);
  });
}

/** The identity of a token of a `customJwt` provider: every claim under its own name, e.g. `email_verified`. */
export function customIdentity(payload: JWTPayload): NonNullable<Identity> {
  const claims = flattened(payload as Claims).filter(
    ([name]) => !TOKEN_CLAIMS.includes(name) && name !== "fva",
  );
  return { ...Object.fromEntries(claims), ...identifiersOf(payload) };
}
