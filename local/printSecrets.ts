/** `npm run secrets`: fresh secrets for a Convex deployment, as lines for `npx convex env set`. */
import { makeSecrets } from "./secrets";

for (const [name, value] of Object.entries(await makeSecrets())) {
  process.stdout.write(`npx convex env set -- ${name} '${value}'\n`);
}
