/** Faults of the simulated BrickLink on a fake clock, as responses of `fetch`. */
import { vi } from "vitest";
import type { FaultKind } from "../../local/bricklink/faults/faultProfiles";
import type { Random } from "../../local/bricklink/random";

const MINUTE_MS = 60_000;

/** The response of a call that fails. `body`: the correct answer. */
export async function faultyResponse(fault: FaultKind, body: string, random: Random): Promise<Response> {
  const errorBody = (code: number, message: string) =>
    JSON.stringify({ meta: { description: "", message, code } });
  switch (fault) {
    case "html503":
      return new Response("<html><title>503 Service Temporarily Unavailable</title></html>", {
        status: 503,
      });
    case "html403":
      return new Response("<html>Forbidden</html>", { status: 403 });
    case "html200":
      return new Response("<html>We will be back soon.</html>");
    case "error500":
      return new Response(errorBody(500, "INTERNAL_SERVER_ERROR"), { status: 500 });
    case "envelope401":
      return new Response(errorBody(401, "BAD_OAUTH_REQUEST"));
    case "http429":
      return new Response(errorBody(429, "RESOURCE_LIMIT_EXCEED"), {
        status: 429,
        headers: { "Retry-After": "30" },
      });
    case "reset":
      throw new TypeError("fetch failed");
    case "truncated":
      return new Response(body.slice(0, Math.floor(body.length / 2)));
    case "timeout":
      vi.advanceTimersByTime(MINUTE_MS);
      return await new Promise<never>(() => undefined);
    case "slow":
    case "drip":
      vi.advanceTimersByTime(random.between(1, 20) * 1_000);
      return new Response(body);
  }
}
