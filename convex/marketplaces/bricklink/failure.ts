/**
 * What can go wrong when asking BrickLink, as a closed union, and what to do about each, decided here and nowhere
 * else. Messages are for staff and never hold a key: BrickLink repeats the consumer key in some descriptions.
 */
import { ConvexError, v, type Infer } from "convex/values";
import type { Retryability } from "./notificationState";

export const failureCodeValidator = v.union(
  v.literal("unreachable"),
  v.literal("timeout"),
  v.literal("unavailable"),
  v.literal("rateLimited"),
  v.literal("malformed"),
  v.literal("auth"),
  v.literal("forbidden"),
  v.literal("notFound"),
  v.literal("rejected"),
  v.literal("internal"),
);
export type FailureCode = Infer<typeof failureCodeValidator>;

export const failureValidator = v.object({
  code: failureCodeValidator,
  message: v.string(),
  /** As the server asked, in milliseconds. */
  retryAfterMs: v.optional(v.number()),
});
export type Failure = Infer<typeof failureValidator>;

export type Result<T> = { ok: true; value: T } | { ok: false; failure: Failure };

const retryability: Record<FailureCode, Retryability> = {
  unreachable: "retry",
  timeout: "retry",
  unavailable: "retry",
  rateLimited: "retry",
  malformed: "retry",
  // BrickLink answers 401 in waves during maintenance (BrickSync FAQ), so one 401 is no verdict on the keys.
  auth: "retry",
  forbidden: "retryOnce",
  notFound: "retryOnce",
  rejected: "retryOnce",
  // Ours to mend; until then it is tried like any outage.
  internal: "retry",
};

export function retryabilityOf(code: FailureCode): Retryability {
  return retryability[code];
}

/** Keys as BrickLink repeats them ("consumer: <key>", "blocked consumer_key <key>"), and any long hexadecimal word. */
export function redacted(text: string): string {
  return text
    .replace(/\b(consumer|token)([_ ](?:key|value))?\s*[:=]\s*\S+/gi, "$1$2: …")
    .replace(/\b[0-9A-F]{24,}\b/gi, "…");
}

type ErrorMeta = { code: number; message: string; description: string };

const OUT_OF_CALLS = /blocked consumer_key|RESOURCE_LIMIT_EXCEED/i;

function authAdvice(description: string): string {
  if (description.includes("TOKEN_IP_MISMATCHED")) {
    return "BrickLink refuses this address. Register the token for IP 0.0.0.0 with mask 0.0.0.0.";
  }
  if (/timestamp/i.test(description))
    return "BrickLink says the request is out of date: check this server's clock.";
  return "BrickLink does not accept the keys. If this lasts, check all four in Settings; during maintenance it passes.";
}

/** The failure an error envelope or an HTTP error status stands for. `status` is meta.code where there is one. */
export function failureOf({ code, message, description }: ErrorMeta, retryAfterMs?: number): Failure {
  const detail = redacted([message, description].filter((part) => part !== "").join(": "));
  const said = detail === "" ? "" : ` (${detail})`;
  if (OUT_OF_CALLS.test(`${message} ${description}`) || code === 429) {
    return {
      code: "rateLimited",
      message: `BrickLink says this store has made too many calls${said}.`,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    };
  }
  if (code === 401) return { code: "auth", message: `${authAdvice(description)}${said}` };
  if (code === 403) return { code: "forbidden", message: `BrickLink does not let this store see it${said}.` };
  if (code === 404) return { code: "notFound", message: `BrickLink does not have it${said}.` };
  if (code >= 500) {
    return {
      code: "unavailable",
      message: `BrickLink is down or under maintenance${said}.`,
      ...(retryAfterMs !== undefined && { retryAfterMs }),
    };
  }
  return { code: "rejected", message: `BrickLink refused the request${said}.` };
}

/** The work's result; what it throws is a failure of ours, logged, so that no lease outlives it. */
export async function withoutThrowing<T>(work: () => Promise<Result<T>>): Promise<Result<T>> {
  try {
    return await work();
  } catch (error) {
    console.error("Work with BrickLink broke off.", error);
    return {
      ok: false,
      failure: { code: "internal", message: "It broke off: a fault of ours, which the log tells of." },
    };
  }
}

/** For callers that cannot go on: the failure as an error that a client may show. */
export function failureError({ code, message }: Failure): ConvexError<{ code: string; message: string }> {
  return new ConvexError({ code, message });
}
