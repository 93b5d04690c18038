/** A client of the sync protocol for tests of what the official clients rely on and do not expose. */
import { WebSocket } from "ws";
import type { Deployment } from "../../../local/host/deployment";
import { onTestEnd, waitUntil } from "../harness";

export type Version = { querySet: number; identity: number; ts: string };
export type Message = {
  type: string;
  startVersion?: Version;
  endVersion?: Version;
  modifications?: { type: string; queryId: number; value?: unknown }[];
  requestId?: number;
  success?: boolean;
  result?: unknown;
  ts?: string;
  error?: string;
};

/** A client that sends protocol messages as the test composes them. */
export async function connectTo(
  { url }: Pick<Deployment, "url">,
  sessionId: string,
  more: Record<string, unknown> = {},
) {
  const socket = new WebSocket(`${url.replace("http", "ws")}/api/1.48.0/sync`);
  onTestEnd(() => Promise.resolve(socket.terminate()));
  const messages: Message[] = [];
  socket.on("message", (data: Buffer) => messages.push(JSON.parse(data.toString()) as Message));
  await new Promise((resolve) => socket.on("open", resolve));
  const send = (message: Record<string, unknown>) => socket.send(JSON.stringify(message));
  send({ type: "Connect", sessionId, connectionCount: 0, lastCloseReason: null, clientTs: 0, ...more });
  return {
    socket,
    messages,
    send,
    mutate: (requestId: number, udfPath: string, args: Record<string, unknown>) =>
      send({ type: "Mutation", requestId, udfPath, args: [args] }),
    subscribe: (version: number, queryId: number, udfPath: string, args: Record<string, unknown>) =>
      send({
        type: "ModifyQuerySet",
        baseVersion: version - 1,
        newVersion: version,
        modifications: [{ type: "Add", queryId, udfPath, args: [args] }],
      }),
    find: async (matches: (message: Message) => boolean): Promise<Message> => {
      await waitUntil(() => messages.some(matches));
      return messages.find(matches) as Message;
    },
  };
}
