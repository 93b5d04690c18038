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

/** Ends a test that hangs. Far above what the slowest takes, because other processes may need the machine too. */
const WATCHDOG_MS = 30_000;

/**
 * The files of a project share their modules within a worker. To load them again for every file takes longer than the tests:
 * 46 s against 15 s for the project "convex". Each file restores the clock and the globals that it replaces.
 */
const SHARED_MODULES = { isolate: false };

/** Components bring their functions to tests as TypeScript with `import.meta.glob`, which Vite has to transform. */
const COMPONENTS = ["@convex-dev/rate-limiter", "@convex-dev/batch-worker"];

/** Vitest leaves one core idle by default, which is half of a small machine. */
const CORES = availableParallelism();

export default defineConfig({
  plugins: [react(), directIconImports],
  // The first route has a budget of its own, 220 kB compressed; Vite warns of the size before compression.
  build: { chunkSizeWarningLimit: 700 },
  test: {
    maxWorkers: CORES,
    // In two groups, one after the other: the whole system when the fast tests are done and have shown what is wrong in detail.
    projects: [
      {
        // What Convex runs, in a runtime with no more globals than Convex's own.
        test: {
          name: "convex",
          ...SHARED_MODULES,
          include: ["tests/convex/**/*.test.ts"],
          environment: "edge-runtime",
          testTimeout: WATCHDOG_MS,
          server: { deps: { inline: ["convex-test", ...COMPONENTS] } },
        },
      },
      {
        // The same flow tests on the local host, and those that need more documents than convex-test can scan. Tests of
        // pure functions do not depend on the engine and run once.
        test: {
          name: "convex-on-host",
          ...SHARED_MODULES,
          include: ["tests/convex/**/*.test.ts", "tests/conflicts/*.test.ts", "tests/scale/**/*.test.ts"],
          exclude: ["tests/convex/**/*.pure.test.ts"],
          environment: "node",
          env: { ENGINE: "host" },
          server: { deps: { inline: COMPONENTS } },
          testTimeout: WATCHDOG_MS,
        },
      },
      {
        test: {
          name: "local",
          ...SHARED_MODULES,
          include: [
            "tests/host/**/*.test.ts",
            "tests/conformance/**/*.test.ts",
            "tests/bricklink-simulator/**/*.test.ts",
            "tests/local/**/*.test.ts",
            "tests/src/**/*.test.ts",
          ],
          environment: "node",
          testTimeout: WATCHDOG_MS,
        },
      },
      {
        // `npm start` and `npm run local` as processes: their output, exit codes, restarts. The projects of a group run in the
        // order of their names, and these files, of which some are long, are not to be the last.
        test: {
          name: "commands",
          sequence: { groupOrder: 1 },
          // They wait for processes to start and to end.
          maxWorkers: CORES + 1,
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
          ...SHARED_MODULES,
          sequence: { groupOrder: 1 },
          // Much of a browser test is waiting, as for the ten seconds in which a change can be undone.
          maxWorkers: CORES + 1,
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
