import type { AuthConfig } from "convex/server";

// auth.config.ts is read by Convex before `env` exists; this one name is all it may use.
declare const process: { env: { CONVEX_SITE_URL: string } };

/** Tokens come from this deployment itself: @convex-dev/auth signs them and serves their keys. */
export default {
  providers: [{ domain: process.env.CONVEX_SITE_URL, applicationID: "convex" }],
} satisfies AuthConfig;
