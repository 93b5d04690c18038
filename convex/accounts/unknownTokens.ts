/**
 * How often one address may try secret tokens that are unknown. Nobody guesses 256 bits, and known tokens are never refused for it:
 * the limit keeps a flood of links and callbacks from costing more than a look-up each.
 */
import { MINUTE, RateLimiter } from "@convex-dev/rate-limiter";
import { v } from "convex/values";
import { components } from "../_generated/api";
import { internalMutation } from "../_generated/server";

const limits = {
  byAddress: { kind: "token bucket", rate: 30, period: MINUTE, capacity: 60 },
} as const;

/**
 * Counts a token that was looked up in vain, for the caller's address. Returns how long the address is to wait, in milliseconds; 0
 * while it is within the limit. Past the limit it writes nothing.
 */
export const count = internalMutation({
  args: { address: v.string() },
  returns: v.number(),
  handler: async (ctx, { address }) => {
    const limiter = new RateLimiter(components.rateLimiter, limits);
    const { ok, retryAfter } = await limiter.limit(ctx, "byAddress", { key: address });
    return ok ? 0 : retryAfter;
  },
});
