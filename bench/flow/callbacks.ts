/** How many callbacks a second are answered, beside a bare server, and how long each waits. */
import { Agent, request } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { Figure } from "../figure";

const CONNECTIONS = 32;
/** Each round measures the host and then the bare server. Chosen: a minute together with the rest of the part. */
const ROUNDS = 3;
const ROUND_MS = 2_500;

const PER_SECOND = 200;
const STEADY_MS = 8_000;

/** Where a callback goes, and the orders that it may be about. */
export type Target = { url: string; orderNumbers: readonly number[] };

let sent = 0;

/** The next callback: about one of the orders, with a timestamp that none had before. */
function bodyFor({ orderNumbers }: Target): string {
  sent += 1;
  const orderNumber = orderNumbers[sent % orderNumbers.length];
  const timestamp = new Date(Date.now() - (sent % 600_000)).toISOString();
  return JSON.stringify([{ event_type: "Order", resource_id: orderNumber, timestamp }]);
}

/** Posts one callback. Throws when it is not answered 200. */
async function post(agent: Agent, target: Target): Promise<void> {
  const body = bodyFor(target);
  const status = await new Promise<number>((done, fail) => {
    const headers = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) };
    const sending = request(target.url, { agent, method: "POST", headers }, (response) => {
      response.resume().on("end", () => done(response.statusCode ?? 0));
    });
    sending.on("error", fail).end(body);
  });
  if (status !== 200) throw new Error(`A callback was answered ${status}.`);
}

/** Callbacks answered per second over as many connections as there are. */
async function throughput(target: Target): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const endsAt = performance.now() + ROUND_MS;
  let answered = 0;
  await Promise.all(
    Array.from({ length: CONNECTIONS }, async () => {
      for (; performance.now() < endsAt; answered += 1) await post(agent, target);
    }),
  );
  agent.destroy();
  return answered / (ROUND_MS / 1_000);
}

/** The time that 99 of 100 callbacks take at a steady rate, however long the ones before take. In milliseconds. */
async function steadyP99(target: Target): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const taken: number[] = [];
  const running: Promise<void>[] = [];
  const startedAt = performance.now();
  for (let due = startedAt; due < startedAt + STEADY_MS; due += 1_000 / PER_SECOND) {
    await wait(Math.max(0, due - performance.now()));
    running.push(post(agent, target).then(() => void taken.push(performance.now() - due)));
  }
  await Promise.all(running);
  agent.destroy();
  taken.sort((a, b) => a - b);
  return taken[Math.floor(taken.length * 0.99)] ?? Number.NaN;
}

/** `idle` resolves when the host has nothing left to do. */
export async function* measureCallbacks(
  host: Target,
  bare: Target,
  idle: () => Promise<void>,
): AsyncGenerator<Figure> {
  await throughput(host);
  await throughput(bare);
  await idle();
  let [ofHost, ofBare] = [0, 0];
  for (let round = 0; round < ROUNDS; round += 1) {
    ofHost += await throughput(host);
    await idle();
    ofBare += await throughput(bare);
  }
  yield { name: "ack_per_second", value: ofHost / ROUNDS, unit: "callbacks" };
  yield { name: "ack_throughput_ratio", value: ofHost / ofBare, unit: "ratio" };
  yield { name: "ack_p99_ms", value: await steadyP99(host), unit: "ms" };
  await idle();
}
