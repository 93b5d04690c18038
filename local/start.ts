/** `npm start`: the whole system on this machine, until Ctrl+C. `npm run dev` adds `--dev`. */
import { HostError } from "./host/lib/errors";
import { requireNode } from "./node";
import { readOptions, UsageError } from "./options";

requireNode();

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  // Loaded only now: an old Node could not load it.
  const { openSystem } = await import("./system");
  const { addresses, close } = await openSystem(options, say);

  say("");
  say(`  Dashboard   ${addresses.dashboard}`);
  if (addresses.demo) say(`  Sign in     ${addresses.demo.email} / ${addresses.demo.password}`);
  if (addresses.bricklink) say(`  BrickLink   ${addresses.bricklink}  (simulated)`);
  say("");
  say("  Ctrl+C stops it; everything is kept.");

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
}

main().catch((error: unknown) => {
  const isExplained = error instanceof HostError || error instanceof UsageError;
  const message = isExplained
    ? error.message
    : error instanceof Error
      ? (error.stack ?? error.message)
      : String(error);
  process.stderr.write(`${message}\n`);
  process.exit(1);
});
