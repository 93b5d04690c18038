/** Apart from the other text about what waits for a person, because the frame and the orders table load it with the first screen. */
import { words } from "../language/language";

export const needsYouText = words({
  en: {
    title: "Needs you",
    /** Read out after a number. */
    waiting: "waiting",
  },
  de: {
    title: "Zu klären",
    waiting: "offen",
  },
});
