/**
 * Faults of the simulated API: either requested one by one (the next calls, or all calls until a time, fail in a chosen
 * way) or drawn at random from a fault profile.
 */
import { setTimeout as wait } from "node:timers/promises";
import type { ServerResponse } from "node:http";
import { z } from "zod";
import { createRandom, type Random } from "../random";
import {
  drawCallbackDelays,
  drawFault,
  faultKinds,
  faultProfileNames,
  faultProfiles,
  isWriteFault,
  writeFaultKinds,
  type FaultProfileName,
} from "./faultProfiles";

export const faultInput = z.object({
  /** Restricts the fault to this store's calls; absent: every store's. */
  store: z.string().optional(),
  /** Restricts the fault to paths with this prefix, e.g. "/orders". */
  endpoint: z.string().optional(),
  /** Restricts the fault to calls with this method. */
  method: z.enum(["GET", "PUT", "POST"]).optional(),
  kind: z.enum([...faultKinds, ...writeFaultKinds]),
  /** How many calls fail; one when neither this nor `untilMs` is given. */
  times: z.number().int().positive().optional(),
  /** For how many milliseconds from now every call fails. */
  untilMs: z.number().positive().optional(),
  /** For "slow" and "drip": how long the answer takes, in milliseconds. */
  delayMs: z.number().positive().optional(),
});
export type FaultInput = z.input<typeof faultInput>;

export const faultProfileInput = z.object({
  name: z.enum(faultProfileNames),
  /** The same seed reproduces the same faults. */
  seed: z.number().int().default(1),
});

type InjectedFault = Pick<z.output<typeof faultInput>, "kind" | "delayMs">;

type Fault = z.output<typeof faultInput> & { left: number; endsAt: number };

/** Chosen: long enough to be noticed by a person, shorter than the product's time limit for a call. */
const DEFAULT_DELAY_MS = 2_000;
/** In how many pieces a "drip" answer is sent. */
const DRIP_PARTS = 10;

export class Faults {
  private active: Fault[] = [];
  /** Number of calls that failed so far. */
  injectedCount = 0;
  private profile: { name: FaultProfileName; random: Random } | null = null;

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

  setProfile({ name, seed }: z.output<typeof faultProfileInput>): void {
    this.profile = { name, random: createRandom(seed) };
  }

  /** Removes requested faults and the fault profile. */
  clear(): void {
    this.active = [];
    this.profile = null;
  }

  /** Draws the delay in milliseconds of each copy of a callback; undefined when no fault profile is set. */
  callbackDelays(): number[] | undefined {
    return this.profile
      ? drawCallbackDelays(faultProfiles[this.profile.name], this.profile.random)
      : undefined;
  }

  /** Returns the fault of this call and counts it as used; undefined when the call succeeds. */
  take(store: string, method: string, path: string): InjectedFault | undefined {
    const fault = this.next(store, method, path);
    if (fault) this.injectedCount += 1;
    return fault;
  }

  private next(store: string, method: string, path: string): InjectedFault | undefined {
    this.active = this.active.filter(({ left, endsAt }) => left > 0 && endsAt > this.now());
    const fault = this.active.find(
      (candidate) =>
        (candidate.store === undefined || candidate.store === store) &&
        (candidate.method === undefined || candidate.method === method) &&
        (method !== "GET" || !isWriteFault(candidate.kind)) &&
        (candidate.endpoint === undefined || path.startsWith(candidate.endpoint)),
    );
    if (fault) {
      fault.left -= 1;
      return fault;
    }
    const kind = this.profile ? drawFault(faultProfiles[this.profile.name], this.profile.random) : undefined;
    return kind && { kind };
  }
}

/** The nginx page with which the live API answers bursts of calls. */
const HTML_503 = `<html>\r\n<head><title>503 Service Temporarily Unavailable</title></head>\r\n<body>\r\n<center><h1>503 Service Temporarily Unavailable</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;

/** A page of a proxy or of maintenance, with whatever HTTP status. */
const HTML_PAGE = "<html><head><title>BrickLink</title></head><body>We will be back soon.</body></html>";

/** Sends the faulty answer. `body`: the correct one. Returns whether the caller must still send the correct answer. */
export async function sendFault(
  fault: InjectedFault,
  response: ServerResponse,
  body: string,
): Promise<boolean> {
  const json = { "Content-Type": "application/json" };
  const meta = (code: number, message: string, description: string) =>
    JSON.stringify({ meta: { description, message, code } });
  switch (fault.kind) {
    case "html503":
      response.writeHead(503, { "Content-Type": "text/html" }).end(HTML_503);
      return false;
    case "html403":
      response.writeHead(403, { "Content-Type": "text/html" }).end(HTML_PAGE);
      return false;
    case "html200":
      response.writeHead(200, { "Content-Type": "text/html" }).end(HTML_PAGE);
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
      // Never answered: the client's own time limit ends the call.
      return false;
    case "reset":
    case "answerLost":
    case "writeLost":
      response.socket?.destroy();
      return false;
    case "truncated":
      response.writeHead(200, json).end(body.slice(0, Math.floor(body.length / 2)));
      return false;
    case "slow":
      await wait(fault.delayMs ?? DEFAULT_DELAY_MS);
      return true;
    case "drip":
      response.writeHead(200, json);
      for (let from = 0; from < body.length; from += Math.ceil(body.length / DRIP_PARTS)) {
        response.write(body.slice(from, from + Math.ceil(body.length / DRIP_PARTS)));
        await wait((fault.delayMs ?? DEFAULT_DELAY_MS) / DRIP_PARTS);
      }
      response.end();
      return false;
  }
}
