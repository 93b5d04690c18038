// @vitest-environment node
/** convex-backend, crates/application/src/application_function_runner/mod.rs, `validate_cron_jobs`. */
import { expect, it } from "vitest";
import { appFolder, open } from "../harness";

const refused: Record<string, [path: string, says: string]> = {
  "a function that does not exist": [
    "items:nothing",
    "schedules a function that does not exist: items:nothing",
  ],
  "a query": ["items:one", "schedules a query function: items:one"],
};

it.each(Object.entries(refused))("a cron of %s ends the start with a HostError", async (_, [path, says]) => {
  const app = await appFolder({
    "items.ts": `
      import { queryGeneric as query } from "convex/server";
      export const one = query({ handler: () => 1 });
    `,
    "crons.ts": `
      import { cronJobs, makeFunctionReference } from "convex/server";
      const crons = cronJobs();
      crons.interval("often", { seconds: 1 }, makeFunctionReference("${path}"), {});
      export default crons;
    `,
  });
  const failure: unknown = await open({ functions: app.functions }).catch((error: unknown) => error);
  expect(failure).toMatchObject({
    code: "functionsUnusable",
    message: expect.stringContaining(`The cron job 'often' ${says}`) as string,
  });
});
