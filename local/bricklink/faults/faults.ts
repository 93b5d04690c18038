/**
 * BrickLink on a bad day, switched on by a test: the next calls, or all until a time, go wrong in a chosen way; or, under
 * a weather, calls go wrong by chance.
 */
import { setTimeout as wait } from "node:timers/promises";
import type { ServerResponse } from "node:http";
import { z } from "zod";
import { createRandom, type Random } from "../random";
import { drawDeliveries, drawFault, faultKinds, weatherNames, weathers } from "./faultProfiles";

export const faultInput = z.object({
  /** Only this store's calls; all stores' without. */
  store: z.string().optional(),
  /** Only paths that begin like this, e.g. "/orders". */
  endpoint: z.string().optional(),
  kind: z.enum(faultKinds),
  /** How many calls go wrong; without it and `untilMs`, one. */
  times: z.number().int().positive().optional(),
  /** Milliseconds from now during which every call goes wrong. */
  untilMs: z.number().positive().optional(),
  /** For "slow" and "drip": how long the answer takes. */
  delayMs: z.number().positive().optional(),
});
export type FaultInput = z.input<typeof faultInput>;

export const weatherInput = z.object({
  name: z.enum(weatherNames),
  /** The same seed brings the same day again. */
  seed: z.number().int().default(1),
});

type Misbehaviour = Pick<z.output<typeof faultInput>, "kind" | "delayMs">;

type Fault = z.output<typeof faultInput> & { left: number; endsAt: number };

const DEFAULT_DELAY_MS = 2_000;
const DRIPS = 10;

export class Faults {
  private active: Fault[] = [];
  /** Calls that went wrong so far. */
  taken = 0;
  private weather: { name: (typeof weatherNames)[number]; random: Random } | null = null;

  constructor(private readonly now: () => number) {}

  add(input: FaultInput): void {
    const fault = faultInput.parse(input);
    const isTimed = fault.untilMs !== undefined;
    this.active.push({
      ...fault,
      left: fault.times ?? (isTimed ? Infinity : 1),
      endsAt: isTimed ? this.now() + (fault.untilMs ?? 0) : Infinity,
    });
  }

  setWeather({ name, seed }: z.output<typeof weatherInput>): void {
    this.weather = { name, random: createRandom(seed) };
  }

  /** All is well again. */
  clear(): void {
    this.active = [];
    this.weather = null;
  }

  /** After how many milliseconds each copy of a callback is sent, as the weather has it; undefined without one. */
  deliveries(): number[] | undefined {
    return this.weather ? drawDeliveries(weathers[this.weather.name], this.weather.random) : undefined;
  }

  /** The fault that this call meets, used up by one; undefined when all is well. */
  take(store: string, path: string): Misbehaviour | undefined {
    const fault = this.next(store, path);
    if (fault) this.taken += 1;
    return fault;
  }

  private next(store: string, path: string): Misbehaviour | undefined {
    this.active = this.active.filter(({ left, endsAt }) => left > 0 && endsAt > this.now());
    const fault = this.active.find(
      (candidate) =>
        (candidate.store === undefined || candidate.store === store) &&
        (candidate.endpoint === undefined || path.startsWith(candidate.endpoint)),
    );
    if (fault) {
      fault.left -= 1;
      return fault;
    }
    const kind = this.weather ? drawFault(weathers[this.weather.name], this.weather.random) : undefined;
    return kind && { kind };
  }
}

/** nginx's page, as BrickLink answers bursts of calls with. */
const HTML_503 = `<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n<body>\r\n<center><h1>503 Service Temporarily Unavailable</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;

/** Answers wrongly. Returns whether the true answer is still to be sent. */
export async function misbehave(
  fault: Misbehaviour,
  response: ServerResponse,
  truth: string,
): Promise<boolean> {
  const json = { "Content-Type": "application/json" };
  const meta = (code: number, message: string, description: string) =>
    JSON.stringify({ meta: { description, message, code } });
  switch (fault.kind) {
    case "html503":
      response.writeHead(503, { "Content-Type": "text/html" }).end(HTML_503);
      return false;
    case "error500":
      response.writeHead(500, json).end(meta(500, "INTERNAL_SERVER_ERROR", ""));
      return false;
    case "envelope401":
      response.writeHead(200, json).end(meta(401, "BAD_OAUTH_REQUEST", "SIGNATURE_INVALID"));
      return false;
    case "http429":
      response.writeHead(429, { ...json, "Retry-After": "30" }).end(meta(429, "RESOURCE_LIMIT_EXCEED", ""));
      return false;
    case "timeout":
      // Never answered; the caller's time limit ends it.
      return false;
    case "reset":
      response.socket?.destroy();
      return false;
    case "half":
      response.writeHead(200, json).end(truth.slice(0, Math.floor(truth.length / 2)));
      return false;
    case "slow":
      await wait(fault.delayMs ?? DEFAULT_DELAY_MS);
      return true;
    case "drip":
      response.writeHead(200, json);
      for (let from = 0; from < truth.length; from += Math.ceil(truth.length / DRIPS)) {
        response.write(truth.slice(from, from + Math.ceil(truth.length / DRIPS)));
        await wait((fault.delayMs ?? DEFAULT_DELAY_MS) / DRIPS);
      }
      response.end();
      return false;
  }
}
