import type { AuthConfig } from "convex/server";

// Convex evaluates this file before `env` exists, and sets only this variable for it.
declare const process: { env: { CONVEX_SITE_URL: string } };

/** The deployment issues its own tokens: @convex-dev/auth signs them and serves the public keys. */
export default {
  providers: [{ domain: process.env.CONVEX_SITE_URL, applicationID: "convex" }],
} satisfies AuthConfig;
