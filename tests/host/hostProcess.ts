/** Runs a host in its own process, for tests that kill it: `hostProcess.ts <functions> <data>`. Prints its address. */
import { openDeployment } from "../../local/host/deployment";
import { FIXTURE_BUNDLES } from "./fixtureBundles";

const [functions = "", data = ""] = process.argv.slice(2);

openDeployment({ functions, data, bundles: FIXTURE_BUNDLES, env: {}, port: 0, sitePort: 0 }).then(
  ({ url }) => process.stdout.write(`${url}\n`),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  },
);
