/** The caller of a function: identity, permission, and the origin of the request. */
import type { JSONValue } from "convex/values";

/** The claims of a verified token, as `ctx.auth.getUserIdentity()` returns them; null when not signed in. */
export type Identity = Record<string, JSONValue> | null;

/** The origin of a request, as `ctx.meta.getRequestMetadata()` returns it. */
export type Origin = {
  ip: string | null;
  userAgent: string | null;
  authToken: string | null;
  scheduledFunctionId: string | null;
};

export type Caller = {
  identity: Identity;
  /** The component whose functions see the identity, which others do not; absent: the app. */
  component?: string;
  /** Whether the caller may call internal functions: the deployment itself and the holder of the admin key may. */
  isTrusted: boolean;
  origin: Origin;
};

export const unknownOrigin: Origin = {
  ip: null,
  userAgent: null,
  authToken: null,
  scheduledFunctionId: null,
};

/** The deployment itself, which runs crons and scheduled functions. */
export const systemCaller: Caller = { identity: null, isTrusted: true, origin: unknownOrigin };

export function anonymousCaller(origin: Origin): Caller {
  return { identity: null, isTrusted: false, origin };
}

export function adminCaller(origin: Origin): Caller {
  return { identity: null, isTrusted: true, origin };
}

/** Whether somebody waits for the answer: not for crons and scheduled functions, nor for what these call. */
export function isWaitedFor({ isTrusted, origin }: Caller): boolean {
  return !isTrusted || origin.ip !== null;
}
