/** A deployment's environment variables. `npm run secrets` generates the secrets among them. */
import { v } from "convex/values";

export const environment = {
  /** 32 random bytes, base64: the AES-GCM key with which stores' BrickLink keys are encrypted. */
  CREDENTIALS_KEY: v.string(),
  /** The one before, while CREDENTIALS_KEY is being changed: see connection/keyRotation.ts. */
  CREDENTIALS_KEY_PREVIOUS: v.optional(v.string()),
  /** PKCS#8 key and its public set, for the sign-in tokens of @convex-dev/auth. */
  JWT_PRIVATE_KEY: v.string(),
  JWKS: v.string(),
  /** Where the dashboard is served, e.g. https://orders.example.com */
  SITE_URL: v.string(),
  /** Another store API, e.g. the simulator's. Default: BrickLink's. */
  BRICKLINK_API_URL: v.optional(v.string()),
  /** Calls to BrickLink per store and day. Default 5000, BrickLink's limit. */
  BRICKLINK_CALLS_PER_DAY: v.optional(v.string()),
  /** Accepted callbacks per store and minute. Default 600. */
  WEBHOOK_REQUESTS_PER_MINUTE: v.optional(v.string()),
  /** Days for which buyers' addresses are kept after an order is closed. Default 180. */
  PERSONAL_DATA_DAYS: v.optional(v.string()),
  /** "closed" refuses new accounts except to people with an invitation; existing ones still sign in. */
  SIGN_UP: v.optional(v.union(v.literal("open"), v.literal("closed"))),
  /** A key of https://resend.com, with which links to a new password are sent. Without one, owners make such links. */
  AUTH_RESEND_KEY: v.optional(v.string()),
  /** The sender of those e-mails, e.g. "Orders <orders@example.com>". */
  EMAIL_FROM: v.optional(v.string()),
};
