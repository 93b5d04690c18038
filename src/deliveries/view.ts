/** What the deliveries screen shows, as its address says it, and in words. */
import type { FunctionArgs, FunctionReturnType } from "convex/server";
import type { api } from "../../convex/_generated/api";

export type Delivery = FunctionReturnType<typeof api.marketplaces.bricklink.deliveries.list>["page"][number];
export type Story = NonNullable<FunctionReturnType<typeof api.marketplaces.bricklink.deliveries.story>>;
export type Filter = FunctionArgs<typeof api.marketplaces.bricklink.deliveries.list>["filter"];

export const filters: { value: Filter; label: string }[] = [
  { value: "all", label: "All" },
  { value: "failed", label: "Need you" },
  { value: "retrying", label: "Trying again" },
  { value: "waiting", label: "Waiting" },
  { value: "processing", label: "Being fetched" },
  { value: "completed", label: "Done" },
  { value: "messages", label: "Messages" },
  { value: "feedback", label: "Feedback" },
];

export type DeliveriesSearch = { filter?: Filter; event?: string };

/** Reads an address's parameters, leaving out what is absent or wrong. */
export function readDeliveries(search: Record<string, unknown>): DeliveriesSearch {
  const known = filters.find(({ value }) => value === search.filter);
  return {
    ...(known && { filter: known.value }),
    ...(typeof search.event === "string" && { event: search.event }),
  };
}

/** Messages and feedback are read and answered there. */
export const MY_BRICKLINK = "https://www.bricklink.com/my.asp";

export const sourceWords: Record<Delivery["source"], string> = {
  webhook: "Callback",
  poll: "Poll",
  reconcile: "Comparison",
  manual: "By hand",
};

/** "Order 123", or what else it tells of. */
export function subjectOf({ eventType, resourceId }: Pick<Delivery, "eventType" | "resourceId">): string {
  return eventType === "Order" ? `Order ${resourceId}` : eventType;
}

type State = { tone: "good" | "warn" | "bad" | "soft"; text: string };

const outcomeWords: Record<NonNullable<Delivery["outcome"]>, string> = {
  applied: "Stored",
  noted: "Noted",
  coalesced: "Served by another",
  superseded: "Newer one stored",
};

export function stateOf({ status, nextAttemptAt, outcome }: Delivery): State {
  switch (status) {
    case "pending":
      return { tone: "soft", text: "Waiting" };
    case "processing":
      return { tone: "soft", text: "Being fetched" };
    case "failed":
      return nextAttemptAt === null
        ? { tone: "bad", text: "Needs you" }
        : { tone: "warn", text: "Tries again" };
    case "completed":
      return { tone: "good", text: outcome === null ? "Done" : outcomeWords[outcome] };
  }
}
