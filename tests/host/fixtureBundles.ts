import { resolve } from "node:path";

/** Where bundles of the fixture apps are kept, which tests open hundreds of times. */
export const FIXTURE_BUNDLES = resolve(import.meta.dirname, "../../node_modules/.cache/test-bundles");
