import { availableParallelism } from "node:os";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

/**
 * Imports each icon from its own module when the page is built. Through the package's index, Vite would read 6,000 icons
 * at every build, which is every `npm start`.
 */
const directIconImports: Plugin = {
  name: "direct-icon-imports",
  apply: "build",
  enforce: "pre",
  transform: {
    filter: { id: /\/src\/.*\.tsx$/, code: "@tabler/icons-react" },
    handler: (code) =>
      code.replace(/import \{([^}]*)\} from "@tabler\/icons-react";/g, (_, names: string) =>
        names
          .split(",")
          .map((name) => name.trim())
          .filter((name) => name !== "")
          .map((name) => `import ${name} from "@tabler/icons-react/dist/esm/icons/${name}.mjs";`)
          .join(" "),
      ),
  },
};

/** Tests of the whole system start when the fast ones are done and have shown what is wrong in detail. */
const afterTheOthers = { groupOrder: 1 };

export default defineConfig({
  plugins: [react(), directIconImports],
  // The first route has a budget of its own, 220 kB compressed; Vite warns of the size before compression.
  build: { chunkSizeWarningLimit: 700 },
  test: {
    // Vitest leaves one core idle by default, which is half of a small machine.
    maxWorkers: availableParallelism(),
    projects: [
      {
        // What Convex runs, in a runtime with no more globals than Convex's own.
        test: {
          name: "convex",
          include: ["tests/convex/**/*.test.ts"],
          environment: "edge-runtime",
          server: { deps: { inline: ["convex-test"] } },
        },
      },
      {
        // The same flow tests on the local host, and those with more documents than convex-test can scan.
        test: {
          name: "convex-on-host",
          include: ["tests/convex/*.test.ts", "tests/scale/**/*.test.ts"],
          environment: "node",
          env: { ENGINE: "host" },
        },
      },
      {
        test: {
          name: "local",
          include: [
            "tests/host/**/*.test.ts",
            "tests/conformance/**/*.test.ts",
            "tests/bricklink-simulator/**/*.test.ts",
          ],
          environment: "node",
          testTimeout: 30_000,
        },
      },
      {
        // `npm start` and `npm run local` as processes: their output, exit codes, restarts.
        test: {
          name: "system",
          sequence: afterTheOthers,
          include: ["tests/system/*.test.ts"],
          environment: "node",
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
      {
        // The dashboard in a browser, on one system that all files share.
        test: {
          name: "dashboard",
          sequence: afterTheOthers,
          include: ["tests/system/dashboard/*.test.ts"],
          globalSetup: "tests/system/dashboard/globalSetup.ts",
          // As long as a page waits for an element; the default of one second fails on a busy machine.
          expect: { poll: { timeout: 15_000 } },
          environment: "node",
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
