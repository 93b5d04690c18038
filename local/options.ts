/** The command line of `npm start`, `npm run dev` and the smoke test. */
import { parseArgs } from "node:util";

export type Options = {
  /** Folder for everything kept. */
  data: string;
  /** The dashboard's port; the next three are Convex, its HTTP actions and the simulated BrickLink. 0: free ones. */
  port: number;
  /** No demo store. */
  empty: boolean;
  /** Nothing happens by itself in the demo store. */
  quiet: boolean;
  /** The real BrickLink instead of the simulated one. */
  real: boolean;
  /** Vite's dev server, and functions loaded again when they change. */
  dev: boolean;
};

export class UsageError extends Error {}

const DEFAULT_PORT = 4400;
const PORT_MAX = 65_532;

export const usage = `npm start -- [--data <folder>] [--port <n>] [--empty] [--quiet] [--real]
  --data   where everything is kept (default .local)
  --port   the dashboard's port, the next three are taken too; 0 takes free ones (default ${DEFAULT_PORT})
  --empty  without the demo store
  --quiet  no orders arrive by themselves
  --real   with the real BrickLink: connect your own store in Settings`;

/** Throws UsageError with a sentence that says what to do. */
export function readOptions(args: string[]): Options {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        data: { type: "string", default: ".local" },
        port: { type: "string", default: String(DEFAULT_PORT) },
        empty: { type: "boolean", default: false },
        quiet: { type: "boolean", default: false },
        real: { type: "boolean", default: false },
        dev: { type: "boolean", default: false },
      },
    }));
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : String(error)}\n${usage}`);
  }
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > PORT_MAX) {
    throw new UsageError(`--port must be a whole number from 0 to ${PORT_MAX}; "${values.port}" is not.`);
  }
  return { ...values, port };
}
