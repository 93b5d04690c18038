import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  // The first route has a budget of its own, 220 kB compressed; what Vite warns of is the size before compression.
  build: { chunkSizeWarningLimit: 700 },
  test: {
    projects: [
      {
        // What Convex runs, in a runtime as bare as Convex's own.
        test: {
          name: "convex",
          include: ["tests/convex/**/*.test.ts"],
          environment: "edge-runtime",
          server: { deps: { inline: ["convex-test"] } },
        },
      },
      {
        // The same flow tests on our own host, and those that take more documents than convex-test can scan.
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
        // The whole system, started as a person would start it: one file at a time, two cores are few.
        test: {
          name: "system",
          // After the others, which would take the two cores of a small machine from the browser.
          sequence: { groupOrder: 1 },
          include: ["tests/system/**/*.test.ts"],
          environment: "node",
          fileParallelism: false,
          testTimeout: 120_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});
