/** A host in a process of its own, for tests that kill it: `child.ts <functions> <data>`; prints its address. */
import { openDeployment } from "../../local/host/deployment";

const [functions = "", data = ""] = process.argv.slice(2);

openDeployment({ functions, data, env: {}, port: 0, sitePort: 0 }).then(
  ({ url }) => process.stdout.write(`${url}\n`),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  },
);
