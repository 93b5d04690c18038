/** The filters of the events screen, in words. */
import { words } from "../language/language";

export const filterLabels = words({
  en: {
    all: "All",
    failed: "Need you",
    retrying: "Trying again",
    waiting: "Waiting",
    processing: "Being fetched",
    completed: "Done",
    messages: "Messages",
    feedback: "Feedback",
  },
  de: {
    all: "Alle",
    failed: "Zu klären",
    retrying: "Neuer Versuch folgt",
    waiting: "Wartend",
    processing: "Wird geholt",
    completed: "Erledigt",
    messages: "Nachrichten",
    feedback: "Bewertungen",
  },
});
