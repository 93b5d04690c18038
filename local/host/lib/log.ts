/** What functions print and what the host has to say, one line an event, on standard error. */
import { inspect } from "node:util";

type Level = "debug" | "info" | "warn" | "error";
export type Log = Record<Level, (parts: readonly unknown[], functionName?: string) => void>;

const levels: Level[] = ["debug", "info", "warn", "error"];

function line(level: Level, parts: readonly unknown[], functionName: string | undefined): string {
  const text = parts.map((part) => (typeof part === "string" ? part : inspect(part, { depth: 4 }))).join(" ");
  return `${new Date().toISOString()} ${level} ${functionName ? `[${functionName}] ` : ""}${text}\n`;
}

/** Prints events of `least` level and above. */
export function createLog(least: Level = "warn"): Log {
  const at = (level: Level) => (parts: readonly unknown[], functionName?: string) => {
    if (levels.indexOf(level) >= levels.indexOf(least))
      process.stderr.write(line(level, parts, functionName));
  };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}
