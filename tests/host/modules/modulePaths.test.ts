// @vitest-environment node
/** Which files are modules: as the Convex CLI (bundler/index.ts) and convex-backend (sync_types/src/path.rs) decide. */
import { expect, it } from "vitest";
import { appFolder, clientFor, fixturePath, open } from "../harness";

const functions = `
  import { queryGeneric as query } from "convex/server";
  export const one = query({ handler: () => 1 });
`;

it.each(["my-items.ts", "größe.ts", `${"x".repeat(62)}.ts`])(
  "a module named %s ends the start with a HostError that says how to name it",
  async (name) => {
    const app = await appFolder({ [name]: functions });
    const failure: unknown = await open({ functions: app.functions }).catch((error: unknown) => error);
    expect(failure).toMatchObject({
      code: "functionsUnusable",
      message: expect.stringContaining("not a valid path to a Convex module") as string,
    });
  },
);

it("files with a space, of editors and with two dots are no modules, and may have any name", async () => {
  const app = await appFolder({
    "items.ts": functions,
    "items copy.ts": functions,
    "#items.ts": functions,
    ".#items.ts": functions,
    "items-old.test.ts": functions,
  });
  const call = clientFor(await open({ functions: app.functions }));
  expect(await call.query("items:one")).toBe(1);
  await expect(call.query("items copy:one")).rejects.toThrow("Could not find public function");
});

it("the functions in a component's folder inside the app's folder are not the app's", async () => {
  const call = clientFor(await open({ functions: fixturePath("components") }));
  await expect(call.query("waitlist/list:names")).rejects.toThrow("Could not find public function");
});
