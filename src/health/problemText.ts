/** All text about failures of BrickLink: what went wrong and why a store waits. */

/** A failure as the backend reports it. The codes are those of convex/marketplaces/bricklink/api/failure.ts. */
export type Problem = { code: string; detail?: string; count?: number };

const sentences: Record<string, string> = {
  unreachable: "BrickLink could not be reached.",
  timeout: "BrickLink did not answer in time.",
  unavailable: "BrickLink is down or under maintenance.",
  rateLimited: "BrickLink says that this store has made too many calls.",
  unrecognized:
    "The answer was not BrickLink's. It may be under maintenance, or something on the way answered for it.",
  malformed: "BrickLink's answer could not be read.",
  auth: "BrickLink does not accept the keys. If this lasts, check all four in Settings; during maintenance it passes.",
  authAddress: "BrickLink refuses this address. Register the token for IP 0.0.0.0 with mask 0.0.0.0.",
  authClock: "BrickLink says that the request is out of date. Check this server's clock.",
  forbidden: "BrickLink does not let this store see it.",
  notFound: "BrickLink does not have it.",
  rejected: "BrickLink refused the request.",
  orderMissing: "Its order is not stored here yet, and is being fetched.",
  internal: "It failed because of an error in this program, which the server's log describes.",
};

/** What went wrong, followed by BrickLink's own message in brackets where it sent one. */
export function problemText({ code, detail, count = 0 }: Problem): string {
  switch (code) {
    case "crashed":
      return `The work stopped without an answer ${count === 1 ? "once" : `${count} times`}. Retry it, and report it if this lasts.`;
    case "unreadableNotifications":
      return `BrickLink sent ${count} ${count === 1 ? "notification" : "notifications"} that could not be read. The comparison of the order lists finds their orders.`;
    case "unreadableOrders":
      return `BrickLink's list has ${count} ${count === 1 ? "order" : "orders"} that could not be read. Their callbacks still bring them in. Please report it.`;
  }
  const sentence = sentences[code] ?? "BrickLink could not be used.";
  return detail === undefined ? sentence : `${sentence} (${detail})`;
}

type Pause = { reason: "circuitOpen"; failures: number } | { reason: "outOfCalls" };

/** Why the store makes no calls to BrickLink for now. */
export function pauseText(pause: Pause): string {
  if (pause.reason === "outOfCalls") {
    return "The day's calls to BrickLink are used up, so orders are fetched later, as soon as some are free. No order is lost.";
  }
  return `BrickLink has failed ${pause.failures === 1 ? "once" : `${pause.failures} times in a row`}, so this store waits and tries again by itself. No order is lost.`;
}
