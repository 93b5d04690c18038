/** Sends requests and reports what came back. */
import { connect } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { WebSocket } from "ws";
import { fill, type Known } from "./placeholders";
import type { HttpRequest } from "./httpRequests";
import type { PortName } from "./parts";
import type { RawRequest } from "./rawRequests";
import type { SessionRequest } from "./sessions";

export type FuzzRequest = RawRequest | HttpRequest | SessionRequest;

/** Where requests are sent, and the texts of their placeholders. */
export type Target = { ports: Record<PortName, number>; known: Known };

/** What a request led to; undefined when nothing is wrong with it. */
export type Problem = string | undefined;

/** How long an answer may take. Chosen: far above the slowest call's time on a busy machine. */
const ANSWERED_WITHIN_MS = 15_000;

/** How long a client waits that has sent only a part of its request. Chosen: the server reads it meanwhile. */
const PART_WAIT_MS = 20;

type Received = { text: string; isClosed: boolean };

/** Sends bytes. Resolves when the server closes the connection, when `isEnough`, or after the time limit. */
function exchange(
  port: number,
  bytes: Buffer,
  ending: RawRequest["ending"],
  isEnough: (text: string) => boolean,
  timeLimitMs: number,
): Promise<Received> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true });
    let text = "";
    const finish = (isClosed: boolean) => {
      clearTimeout(timer);
      // A reset leaves no connection waiting in the kernel, of which the soak would make too many.
      socket.resetAndDestroy();
      resolve({ text, isClosed });
    };
    const timer = setTimeout(() => finish(false), timeLimitMs);
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString("latin1");
      if (isEnough(text)) finish(false);
    });
    socket.on("end", () => finish(true)).on("close", () => finish(true));
    socket.on("error", () => finish(true));
    if (ending === "reset") socket.write(bytes.subarray(0, Math.ceil(bytes.length / 2)), () => finish(true));
    else if (ending === "finish") socket.end(bytes);
    else socket.write(bytes);
  });
}

function statusesIn(text: string): number[] {
  return [...text.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status));
}

function serverErrorIn(text: string): Problem {
  const status = statusesIn(text).find((code) => code >= 500);
  return status === undefined ? undefined : `It was answered with status ${status}: ${text.slice(0, 500)}`;
}

async function sendRaw({ port, text, ending, isWhole }: RawRequest, { ports, known }: Target) {
  const bytes = Buffer.from(fill(text, known), "latin1");
  const mustEnd = isWhole || ending === "finish";
  const { text: answer, isClosed } = await exchange(
    ports[port],
    bytes,
    ending,
    (received) => statusesIn(received).some((status) => status >= 101),
    mustEnd ? ANSWERED_WITHIN_MS : PART_WAIT_MS,
  );
  const isAnswered = isClosed || statusesIn(answer).length > 0;
  if (mustEnd && !isAnswered) return "It was neither answered nor was its connection closed.";
  return serverErrorIn(answer);
}

async function sendHttp(request: HttpRequest, { ports, known }: Target): Promise<Problem> {
  const { port, method, target, headers, body, isForbidden } = request;
  const content = Buffer.from(body === undefined ? "" : fill(body, known), "utf8");
  const lines = [
    `${method} ${fill(target, known)} HTTP/1.1`,
    `Host: 127.0.0.1:${ports[port]}`,
    ...headers.map((header) => fill(header, known)),
    ...(body === undefined ? [] : [`Content-Length: ${content.length}`]),
    "Connection: close",
  ];
  const bytes = Buffer.concat([Buffer.from(`${lines.join("\r\n")}\r\n\r\n`, "latin1"), content]);
  const { text, isClosed } = await exchange(
    ports[port],
    bytes,
    "wait",
    (received) => statusesIn(received).includes(101),
    ANSWERED_WITHIN_MS,
  );
  if (!isClosed && statusesIn(text).length === 0)
    return "It was neither answered nor was its connection closed.";
  if (isForbidden && (/"status":"success"/.test(text) || /^\{"table":/m.test(text))) {
    return `It was carried out, and must be refused: ${text.slice(-500)}`;
  }
  return serverErrorIn(text);
}

const LAST_REQUEST_ID = 987_654_321;

/** A message that the host answers after all that were sent before it. */
const lastMessage = JSON.stringify({
  type: "Action",
  requestId: LAST_REQUEST_ID,
  udfPath: "nothing:here",
  args: [{}],
});

/** The status with which the sync protocol reports an unexpected error of the server, RFC 6455. */
const INTERNAL_ERROR = 1011;

async function sendSession({ frames }: SessionRequest, { ports, known }: Target): Promise<Problem> {
  const socket = new WebSocket(`ws://127.0.0.1:${ports.api}/api/1.48.0/sync`);
  const ended = new Promise<Problem>((resolve) => {
    socket.on("message", (data: Buffer) => {
      if (data.toString().includes(`"requestId":${LAST_REQUEST_ID}`)) resolve(undefined);
    });
    socket.on("close", (code) =>
      resolve(code === INTERNAL_ERROR ? "The server closed it with an internal error." : undefined),
    );
    socket.on("error", () => undefined);
  });
  await new Promise((resolve) => socket.on("open", resolve).on("close", resolve));
  for (const frame of frames) {
    if (socket.readyState !== WebSocket.OPEN) break;
    if (frame.kind === "text") socket.send(fill(frame.text, known));
    else if (frame.kind === "ping") socket.ping(Buffer.from(frame.bytes));
    else socket.send(Buffer.from(frame.bytes), { binary: !frame.isText });
  }
  if (socket.readyState === WebSocket.OPEN) socket.send(lastMessage);
  const timeLimit = new AbortController();
  const problem = await Promise.race([
    ended,
    wait(ANSWERED_WITHIN_MS, "Its last message was neither answered nor was it closed.", {
      signal: timeLimit.signal,
    }).catch(() => undefined),
  ]);
  timeLimit.abort();
  socket.terminate();
  return problem;
}

/** Sends a request. Resolves to what is wrong with the way it was answered; undefined when nothing is. */
export async function problemWith(request: FuzzRequest, target: Target): Promise<Problem> {
  switch (request.via) {
    case "raw":
      return await sendRaw(request, target);
    case "http":
      return await sendHttp(request, target);
    case "session":
      return await sendSession(request, target);
  }
}
