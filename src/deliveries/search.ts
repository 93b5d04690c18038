/** URL search parameters of the deliveries screen. */
import type { FunctionArgs } from "convex/server";
import type { api } from "../../convex/_generated/api";

export type Filter = FunctionArgs<typeof api.marketplaces.bricklink.queue.log.list>["filter"];

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

/** `event`: id of the notification whose drawer is open. */
export type DeliveriesSearch = { filter?: Filter; event?: string };

/** Parses the URL's search parameters. Missing and invalid ones are omitted. */
export function parseDeliveriesSearch(search: Record<string, unknown>): DeliveriesSearch {
  const known = filters.find(({ value }) => value === search.filter);
  return {
    ...(known && { filter: known.value }),
    ...(typeof search.event === "string" && { event: search.event }),
  };
}
