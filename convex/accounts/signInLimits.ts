/**
 * How often passwords may be tried. A person who mistypes waits for seconds; who guesses waits more than there is to win. Nobody can
 * lock another person out: an address from which that person has signed in before has a limit of its own.
 */
import { MINUTE, RateLimiter, SECOND } from "@convex-dev/rate-limiter";
import { ConvexError, v } from "convex/values";
import { components } from "../_generated/api";
import { internalMutation, type MutationCtx } from "../_generated/server";

const limiter = new RateLimiter(components.rateLimiter, {
  // One person at one address: five tries at once, then one each half minute.
  byAccountAndAddress: { kind: "token bucket", rate: 1, period: 30 * SECOND, capacity: 5 },
  // One account, from all addresses that it has not been used from: an attack from many machines.
  byAccount: { kind: "token bucket", rate: 1, period: MINUTE, capacity: 20 },
  // One address, for all accounts: a list of leaked passwords tried on everyone. Colleagues share an address.
  byAddress: { kind: "token bucket", rate: 6, period: MINUTE, capacity: 60 },
  // New accounts from one address.
  signUpByAddress: { kind: "token bucket", rate: 1, period: MINUTE, capacity: 30 },
  // E-mails with a link to one account, whoever asks for them.
  resetByAccount: { kind: "token bucket", rate: 1, period: 10 * MINUTE, capacity: 3 },
});

/** A number of milliseconds in words, rounded up. */
function waitText(waitMs: number): string {
  const seconds = Math.ceil(waitMs / 1_000);
  return seconds < 100 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}

/** What is thrown when a caller has to wait. */
export function tooManyAttempts(waitMs: number): ConvexError<{ code: string; message: string }> {
  const message = `Too many attempts. Try again in ${waitText(waitMs)}.`;
  return new ConvexError({ code: "tooManyAttempts", message });
}

/** Addresses remembered for one account; the oldest is forgotten first. */
const KNOWN_ADDRESSES_MAX = 20;

const attemptArgs = {
  /** In lower case. */
  email: v.string(),
  /** The caller's IP address; "unknown" where the server does not tell. */
  address: v.string(),
};

async function findKnownAddress(ctx: MutationCtx, email: string, address: string) {
  return await ctx.db
    .query("knownAddresses")
    .withIndex("by_email", (q) => q.eq("email", email).eq("address", address))
    .unique();
}

/**
 * Counts an attempt before its password is checked, so that attempts made at one moment count too. Returns how long to wait instead,
 * in milliseconds; 0 when the attempt may go on.
 */
export const admit = internalMutation({
  args: { ...attemptArgs, flow: v.union(v.literal("signIn"), v.literal("signUp")) },
  returns: v.number(),
  handler: async (ctx, { email, address, flow }) => {
    const limits = [
      await limiter.limit(ctx, "byAddress", { key: address }),
      await limiter.limit(ctx, "byAccountAndAddress", { key: `${email} ${address}` }),
    ];
    if ((await findKnownAddress(ctx, email, address)) === null) {
      limits.push(await limiter.limit(ctx, "byAccount", { key: email }));
    }
    if (flow === "signUp") limits.push(await limiter.limit(ctx, "signUpByAddress", { key: address }));
    return Math.max(0, ...limits.map(({ ok, retryAfter = 0 }) => (ok ? 0 : retryAfter)));
  },
});

/** Counts a request for an e-mail with a link to a new password. Returns how long to wait instead, as `admit` does. */
export const admitReset = internalMutation({
  args: attemptArgs,
  returns: v.number(),
  handler: async (ctx, { email, address }) => {
    const limits = [
      await limiter.limit(ctx, "byAddress", { key: address }),
      await limiter.limit(ctx, "resetByAccount", { key: email }),
    ];
    return Math.max(0, ...limits.map(({ ok, retryAfter = 0 }) => (ok ? 0 : retryAfter)));
  },
});

/** Forgets an account's failed attempts from this address, and remembers the address. Call it when the password was right. */
export const succeed = internalMutation({
  args: attemptArgs,
  returns: v.null(),
  handler: async (ctx, { email, address }) => {
    await limiter.reset(ctx, "byAccountAndAddress", { key: `${email} ${address}` });
    const known = await findKnownAddress(ctx, email, address);
    const signedInAt = Date.now();
    if (known) {
      await ctx.db.patch("knownAddresses", known._id, { signedInAt });
      return null;
    }
    const others = await ctx.db
      .query("knownAddresses")
      .withIndex("by_email", (q) => q.eq("email", email))
      .take(KNOWN_ADDRESSES_MAX);
    const oldest = others.toSorted((a, b) => a.signedInAt - b.signedInAt)[0];
    if (oldest && others.length === KNOWN_ADDRESSES_MAX) await ctx.db.delete("knownAddresses", oldest._id);
    await ctx.db.insert("knownAddresses", { email, address, signedInAt });
    return null;
  },
});
