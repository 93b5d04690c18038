/** The command line of `npm start` and `npm run dev`, and the options of the smoke test. */
import { parseArgs } from "node:util";
import { defaultFolders } from "./folderKind";

export type Options = {
  /** The folder that all data is stored in. */
  data: string;
  /** The file of the functions' secrets; undefined: the one in the data folder. */
  secrets: string | undefined;
  /** The dashboard's port; the next three are Convex, its HTTP actions and the simulated BrickLink. 0: free ports. */
  port: number;
  /** The public names under which a proxy or tunnel reaches it. */
  host: string[];
  /** Without the demo store. */
  empty: boolean;
  /** Without random activity in the demo store. */
  quiet: boolean;
  /** With the real BrickLink instead of the simulated one. */
  real: boolean;
  /** With Vite's dev server, and functions reloaded when they change. */
  dev: boolean;
};

/** A wrong command line; the message says what to do. */
export class UsageError extends Error {}

const DEFAULT_PORT = 4400;
/** The highest TCP port, 65,535, less the three ports after the dashboard's. */
const PORT_MAX = 65_532;

export const usage = `npm start -- [--data <folder>] [--secrets <file>] [--port <n>] [--host <name>] [--empty] [--quiet] [--real]
  --data     the folder that all data is stored in (default ${defaultFolders.simulated}, with --real ${defaultFolders.real})
  --secrets  the file with the keys that decrypt the data (default secrets.json in that folder)
  --port     the dashboard's port, the next three are used too; 0 chooses free ones (default ${DEFAULT_PORT})
  --host     a public name under which a proxy or tunnel reaches it; may be repeated
  --empty    without the demo store
  --quiet    without random orders in the demo store
  --real     with the real BrickLink: connect your own store in Settings`;

/** Parses the command line. Throws UsageError. */
export function readOptions(args: string[]): Options {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: {
        data: { type: "string" },
        secrets: { type: "string" },
        host: { type: "string", multiple: true, default: [] },
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
  const data = values.data ?? defaultFolders[values.real ? "real" : "simulated"];
  return { ...values, secrets: values.secrets, data, port };
}
