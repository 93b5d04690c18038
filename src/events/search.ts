/** URL search parameters of the events screen. */
import type { FunctionArgs } from "convex/server";
import type { api } from "../../convex/_generated/api";

export type Filter = FunctionArgs<typeof api.marketplaces.bricklink.queue.log.list>["filter"];

/** In the order in which the screen offers them. filterText.ts names them, apart from the first script. */
export const filters = [
  "all",
  "failed",
  "retrying",
  "waiting",
  "processing",
  "completed",
  "messages",
  "feedback",
] as const satisfies readonly Filter[];

/** `event`: id of the notification whose drawer is open. */
export type EventsSearch = { filter?: Filter; event?: string };

/** Parses the URL's search parameters. Missing and invalid ones are omitted. */
export function parseEventsSearch(search: Record<string, unknown>): EventsSearch {
  const filter = filters.find((value) => value === search.filter);
  return {
    ...(filter && { filter }),
    ...(typeof search.event === "string" && { event: search.event }),
  };
}
