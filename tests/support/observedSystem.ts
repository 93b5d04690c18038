/** The whole system as a process that tests measure, and whose every line of output they keep. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Addresses, Running } from "./system";
import type { Measurement, SystemMessage } from "./systemProcess";

/** Far above the 10 s that a start takes on an idle machine. */
const STARTS_WITHIN_MS = 90_000;

export type ObservedSystem = Running & {
  /** The key that allows calls of internal functions, and exports. */
  adminKey: string;
  /** Everything that the process has printed and logged. */
  output: () => string;
  isRunning: () => boolean;
  /** Collects garbage, then measures. */
  measure: () => Promise<Measurement>;
};

/** A document of an export, and its table. */
export type ExportedRow = { table: string; document: Record<string, unknown> & { _id: string } };

/** Starts the system on free ports in a data folder. `env`: settings as for `npm start`. */
export async function startObservedSystem(
  data: string,
  env: Record<string, string> = {},
): Promise<ObservedSystem> {
  const child = fork(
    join(import.meta.dirname, "systemProcess.ts"),
    ["--data", data, "--port", "0", "--quiet"],
    {
      execArgv: ["--expose-gc", "--import", "tsx"],
      env: { ...process.env, ...env },
      silent: true,
    },
  );
  let output = "";
  child.stdout?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const isRunning = () => child.exitCode === null && child.signalCode === null;
  const answer = async (timeoutMs: number): Promise<SystemMessage> => {
    const ending = new AbortController();
    const signal = AbortSignal.any([ending.signal, AbortSignal.timeout(timeoutMs)]);
    try {
      const [message] = (await Promise.race([
        once(child, "message", { signal }),
        once(child, "exit", { signal }).then(() => Promise.reject(new Error("The process has ended."))),
      ])) as [SystemMessage];
      return message;
    } finally {
      ending.abort();
    }
  };
  const started = await answer(STARTS_WITHIN_MS).catch((error: unknown) => {
    child.kill("SIGKILL");
    throw new Error(`The system did not start: ${String(error)}\n${output}`);
  });
  if (started.kind !== "started") throw new Error("The system's first message was not that it has started.");
  const addresses = JSON.parse(await readFile(join(data, "addresses.json"), "utf8")) as Addresses;
  return {
    ...addresses,
    data,
    adminKey: started.adminKey,
    output: () => output,
    isRunning,
    measure: async () => {
      child.send("measure");
      const message = await answer(10_000);
      if (message.kind !== "measured") throw new Error("The system did not answer with a measurement.");
      return message;
    },
    stop: async (signal = "SIGTERM") => {
      if (!isRunning()) return child.exitCode;
      child.kill(signal);
      const [code] = (await once(child, "exit")) as [number | null];
      return code;
    },
  };
}

/** Every stored row, as `npm run local -- export` writes them. */
export async function exportedRows({ convex, adminKey }: ObservedSystem): Promise<ExportedRow[]> {
  const response = await fetch(`${convex}/api/admin/export`, {
    headers: { Authorization: `Convex ${adminKey}`, Connection: "close" },
  });
  if (!response.ok) throw new Error(`The export was answered with status ${response.status}.`);
  const lines = (await response.text()).split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => JSON.parse(line) as ExportedRow);
}
