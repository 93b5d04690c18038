/**
 * What can go wrong when BrickLink is called, as a closed union. The dashboard words each code; `detail` is what BrickLink
 * itself said, without keys: it repeats the consumer key in some descriptions.
 */
import { v, type Infer } from "convex/values";

/**
 * unreachable: no connection. timeout: no answer in time. unavailable: HTTP 5xx, as during maintenance. rateLimited: too many
 * calls. unrecognized: the answer is not BrickLink's envelope, as of a proxy or a page of maintenance. malformed: it is, but its
 * content is not what the API documents. auth: the keys are refused. authAddress: the token is bound to
 * another IP address. authClock: our clock is off. forbidden, notFound, rejected: about the order that was asked for.
 * orderMissing: what was fetched belongs to an order that is not stored. internal: an error in our own code.
 */
export const failureCodeValidator = v.union(
  v.literal("unreachable"),
  v.literal("timeout"),
  v.literal("unavailable"),
  v.literal("rateLimited"),
  v.literal("unrecognized"),
  v.literal("malformed"),
  v.literal("auth"),
  v.literal("authAddress"),
  v.literal("authClock"),
  v.literal("forbidden"),
  v.literal("notFound"),
  v.literal("rejected"),
  v.literal("orderMissing"),
  v.literal("internal"),
);
export type FailureCode = Infer<typeof failureCodeValidator>;

export const failureValidator = v.object({
  code: failureCodeValidator,
  detail: v.optional(v.string()),
  /** How long the server asked us to wait, in milliseconds. */
  retryAfterMs: v.optional(v.number()),
});
export type Failure = Infer<typeof failureValidator>;

export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure };

/** No server may make a store wait for longer than this: a wrong Retry-After must not stop it for days. */
export const RETRY_AFTER_MAX_MS = 6 * 60 * 60_000;

/** Removes keys as BrickLink repeats them ("consumer: <key>", "blocked consumer_key <key>") and long hexadecimal words. */
export function redacted(text: string): string {
  return text
    .replace(/\b(consumer|token)([_ ](?:key|value))?\s*[:=]\s*\S+/gi, "$1$2: …")
    .replace(/\b[0-9A-F]{24,}\b/gi, "…");
}

type ErrorMeta = { code: number; message: string; description: string };

const RATE_LIMIT_TEXT = /blocked consumer_key|RESOURCE_LIMIT_EXCEED/i;

function authCode(description: string): FailureCode {
  if (description.includes("TOKEN_IP_MISMATCHED")) return "authAddress";
  return /timestamp/i.test(description) ? "authClock" : "auth";
}

function codeOf({ code, message, description }: ErrorMeta): FailureCode {
  if (RATE_LIMIT_TEXT.test(`${message} ${description}`) || code === 429) return "rateLimited";
  if (code === 401) return authCode(description);
  if (code === 403) return "forbidden";
  if (code === 404) return "notFound";
  return code >= 500 ? "unavailable" : "rejected";
}

/** The failure that an error envelope, or an HTTP error status, stands for. `meta.code`: the HTTP-like code inside. */
export function failureOf(meta: ErrorMeta, retryAfterMs?: number): Failure {
  const code = codeOf(meta);
  const detail = redacted([meta.message, meta.description].filter((part) => part !== "").join(": "));
  const mayAskToWait = code === "rateLimited" || code === "unavailable";
  return {
    code,
    ...(detail !== "" && { detail }),
    ...(mayAskToWait && retryAfterMs !== undefined && { retryAfterMs }),
  };
}

/** The work's result. What the work throws is logged and becomes the failure `internal`, so the caller can still record the end. */
export async function toResult<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    console.error("A call to BrickLink ended with an unexpected error.", error);
    return { ok: false, failure: { code: "internal" } };
  }
}
