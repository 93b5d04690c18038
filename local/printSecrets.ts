/** `npm run secrets`: prints new secrets for a Convex deployment as `npx convex env set` commands. */
import { makeSecrets } from "./secrets";

for (const [name, value] of Object.entries(await makeSecrets())) {
  process.stdout.write(`npx convex env set -- ${name} '${value}'\n`);
}
