import { defineApp } from "convex/server";
import { v } from "convex/values";

/** What a deployment must be told before it runs. The README's deployment section says how to make each. */
export default defineApp({
  env: {
    /** 32 random bytes, base64: the AES-GCM key under which stores' BrickLink keys are sealed. */
    CREDENTIALS_KEY: v.string(),
    /** PKCS#8 key and its public set, for the sign-in tokens of @convex-dev/auth. */
    JWT_PRIVATE_KEY: v.string(),
    JWKS: v.string(),
    /** Where the dashboard is served, e.g. https://orders.example.com */
    SITE_URL: v.string(),
    /** Another BrickLink, e.g. the simulator's. Default: the real store API. */
    BRICKLINK_API_URL: v.optional(v.string()),
    /** Calls to BrickLink a store and day. Default 5000, its limit. */
    BRICKLINK_CALLS_PER_DAY: v.optional(v.string()),
    /** Accepted callbacks a store and minute. Default 600. */
    WEBHOOK_REQUESTS_PER_MINUTE: v.optional(v.string()),
    /** "closed" refuses new accounts; anyone already registered still signs in. */
    SIGN_UP: v.optional(v.union(v.literal("open"), v.literal("closed"))),
  },
});
