/** The backend that flow tests run against: convex-test, or the local host in the project that sets ENGINE=host. */
import { register as registerRateLimiter } from "@convex-dev/rate-limiter/test";
import { convexTest, type TestConvex } from "convex-test";
import schema from "../../convex/schema";

const modules = import.meta.glob(["../../convex/**/*.*s", "!**/convex.config.ts"]);

export type Backend = TestConvex<typeof schema>;

/** 32 zero bytes in base64: an AES-256 key for tests only. */
process.env.CREDENTIALS_KEY = btoa("\0".repeat(32));
process.env.BRICKLINK_API_URL = "https://bricklink.test/api/store/v1";
process.env.CONVEX_SITE_URL = "https://store.test";

const host = process.env.ENGINE === "host" ? await import("../../local/host/testing") : null;

// A function's module is loaded with its first call. Loading them here keeps that out of the time limits of tests.
if (host) await Promise.all(Object.values(modules).map((load) => load()));

/** An empty backend, with Convex's transaction limits on, so that what would exceed them in production fails here. */
export function aBackend(): Backend {
  const backend = host
    ? host.hostTest(schema, modules)
    : convexTest({ schema, modules, transactionLimits: true });
  registerRateLimiter(backend);
  return backend;
}
