/** `npm start`: runs the whole system on this machine until Ctrl+C. `npm run dev` adds `--dev`. */
import { HostError } from "./host/lib/errors";
import { requireNode } from "./node";
import { readOptions, UsageError } from "./options";

requireNode();

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** How often the parent process is looked for. Chosen. */
const PARENT_INTERVAL_MS = 500;

/** npm passes SIGTERM to its shell only, which ends without passing it on. */
function whenParentEnds(stop: () => void): void {
  const { ppid } = process;
  const timer = setInterval(() => {
    if (process.ppid === ppid) return;
    clearInterval(timer);
    stop();
  }, PARENT_INTERVAL_MS);
  timer.unref();
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  // Imported after the version check, because an unsupported Node cannot load it.
  const { openSystem } = await import("./system");
  const { addresses, close } = await openSystem(options, print);

  print("");
  print(`  Dashboard   ${addresses.dashboard}`);
  if (addresses.demo) print(`  Sign in     ${addresses.demo.email} / ${addresses.demo.password}`);
  if (addresses.bricklink) print(`  BrickLink   ${addresses.bricklink}  (simulated)`);
  print("");
  print("  Ctrl+C stops it; all data stays in the data folder.");

  let isStopping = false;
  const stop = () => {
    if (isStopping) return;
    isStopping = true;
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
        process.exit(1);
      },
    );
  };
  process.on("SIGINT", stop);
  process.on("SIGTERM", stop);
  if (process.env.npm_lifecycle_event !== undefined) whenParentEnds(stop);
}

main().catch((error: unknown) => {
  // The stack trace is for unexpected errors only; these two say what to do.
  const isExpected = error instanceof HostError || error instanceof UsageError;
  const message = isExpected
    ? error.message
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error);
  process.stderr.write(`${message}\n`);
  process.exit(1);
});
