/** The log of the host and of the functions' console: one line per event, on standard error. */
import { inspect } from "node:util";

type Level = "debug" | "info" | "warn" | "error";
/** `parts` are joined by spaces; `functionName` is the function that the event belongs to. */
export type Log = Record<Level, (parts: readonly unknown[], functionName?: string) => void>;

/** In rising order. */
const levels: Level[] = ["debug", "info", "warn", "error"];

function line(level: Level, parts: readonly unknown[], functionName: string | undefined): string {
  const text = parts.map((part) => (typeof part === "string" ? part : inspect(part, { depth: 4 }))).join(" ");
  return `${new Date().toISOString()} ${level} ${functionName ? `[${functionName}] ` : ""}${text}\n`;
}

/** A log that prints events of `minimum` level and above. */
export function createLog(minimum: Level = "warn"): Log {
  const at = (level: Level) => (parts: readonly unknown[], functionName?: string) => {
    if (levels.indexOf(level) >= levels.indexOf(minimum))
      process.stderr.write(line(level, parts, functionName));
  };
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}
