/**
 * The system of `npm start` with the command line of `npm start`, its log at the most talkative level, and answers to its
 * parent's questions about memory and open files: for tests that look at the process from outside. HELD_CALL: the end of the
 * paths of calls to BrickLink whose answers arrive and never reach who called.
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

function holdAnswers(pathEnd: string): void {
  const call = globalThis.fetch;
  globalThis.fetch = async (input, init) => {
    const response = await call(input, init);
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    if (!pathname.endsWith(pathEnd)) return response;
    await response.text();
    process.stdout.write(`An answer is held: ${pathname}\n`);
    return await new Promise<never>(() => undefined);
  };
}

async function main(): Promise<void> {
  if (process.env.HELD_CALL !== undefined) holdAnswers(process.env.HELD_CALL);
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
