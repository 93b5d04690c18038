/**
 * The system of `npm start` with the command line of `npm start`, its log at the most talkative level, and answers to its
 * parent's questions about memory and open files: for tests that look at the process from outside.
 */
import { readdirSync } from "node:fs";
import { createLog } from "../../local/host/lib/log";
import { readOptions } from "../../local/options";
import { openSystem } from "../../local/system";

/** What the process tells its parent. */
export type SystemMessage = { kind: "started"; adminKey: string } | ({ kind: "measured" } & Measurement);

/** `memoryBytes`: what JavaScript holds after a garbage collection, buffers included. */
export type Measurement = { memoryBytes: number; residentBytes: number; openFiles: number };

function tell(message: SystemMessage): void {
  process.send?.(message);
}

function measure(): Measurement {
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return {
    memoryBytes: heapUsed + external,
    residentBytes: rss,
    openFiles: readdirSync("/proc/self/fd").length,
  };
}

async function main(): Promise<void> {
  const { close, deployment } = await openSystem(
    readOptions(process.argv.slice(2)),
    () => undefined,
    createLog("debug"),
  );
  process.on("message", (asked) => {
    if (asked === "measure") tell({ kind: "measured", ...measure() });
  });
  process.on("SIGTERM", () => void close().then(() => process.exit(0)));
  tell({ kind: "started", adminKey: deployment.adminKey });
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
