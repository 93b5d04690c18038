/** Who calls a function, what they may call, and where the call came from. */
import type { JSONValue } from "convex/values";

/** A person's verified token as `ctx.auth.getUserIdentity()` gives it; null for nobody. */
export type Identity = Record<string, JSONValue> | null;

/** As `ctx.meta.getRequestMetadata()` gives it. */
export type Origin = {
  ip: string | null;
  userAgent: string | null;
  authToken: string | null;
  scheduledFunctionId: string | null;
};

export type Caller = {
  identity: Identity;
  /** Whether internal functions may be called: the deployment itself and its administrator. */
  isTrusted: boolean;
  origin: Origin;
};

export const nowhere: Origin = { ip: null, userAgent: null, authToken: null, scheduledFunctionId: null };

/** The deployment itself: crons and scheduled functions have no identity. */
export const system: Caller = { identity: null, isTrusted: true, origin: nowhere };

export function anonymous(origin: Origin): Caller {
  return { identity: null, isTrusted: false, origin };
}

export function administrator(origin: Origin): Caller {
  return { identity: null, isTrusted: true, origin };
}
