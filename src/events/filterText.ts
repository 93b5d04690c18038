/** The filters of the events screen, in words. */
import type { Filter } from "./search";

export const filterLabels: Record<Filter, string> = {
  all: "All",
  failed: "Need you",
  retrying: "Trying again",
  waiting: "Waiting",
  processing: "Being fetched",
  completed: "Done",
  messages: "Messages",
  feedback: "Feedback",
};
