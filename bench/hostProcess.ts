/** Runs a host in its own process and counts the lines that its functions log. */
import { fork, type ChildProcess } from "node:child_process";
import { join } from "node:path";
import { createLog } from "../local/host/lib/log";
import { openDeployment } from "../local/host/deployment";

/** What the host's process sends to its parent. */
type Message = { url: string } | { logged: number };

export type HostProcess = {
  url: string;
  /** The number of lines logged so far. */
  logged: () => Promise<number>;
  stop: () => Promise<void>;
};

/** The next message with this key. */
function receive<Key extends "url" | "logged">(
  child: ChildProcess,
  key: Key,
): Promise<Extract<Message, Record<Key, unknown>>> {
  return new Promise((resolve) => {
    const listen = (message: Message) => {
      if (!(key in message)) return;
      child.off("message", listen);
      resolve(message as Extract<Message, Record<Key, unknown>>);
    };
    child.on("message", listen);
  });
}

export async function startHost(data: string): Promise<HostProcess> {
  const child = fork(join(import.meta.dirname, "hostProcess.ts"), [data], { execArgv: ["--import", "tsx"] });
  const { url } = await receive(child, "url");
  return {
    url,
    logged: async () => {
      const answer = receive(child, "logged");
      child.send("logged");
      return (await answer).logged;
    },
    stop: async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.disconnect();
      await ended;
    },
  };
}

async function serve(data: string): Promise<void> {
  let logged = 0;
  const log = { ...createLog(), debug: () => void (logged += 1) };
  const functions = join(import.meta.dirname, "app");
  const { url, close } = await openDeployment({ functions, data, env: {}, port: 0, sitePort: 0, log });
  process.on("message", () => process.send?.({ logged } satisfies Message));
  process.on("disconnect", () => void close().then(() => process.exit(0)));
  process.send?.({ url } satisfies Message);
}

const [, script, folder] = process.argv;
if (script === import.meta.filename && folder !== undefined) void serve(folder);
