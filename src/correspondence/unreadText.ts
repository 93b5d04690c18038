/** Apart from the other text about messages, because the orders table loads it with the first screen. */
import { words } from "../language/language";
import { formatCount } from "../ui/formatCount";

const unreadWords = words({
  en: {
    messages: (count: number) => formatCount(count, "unread message"),
  },
  de: {
    messages: (count) => formatCount(count, "ungelesene Nachricht", "ungelesene Nachrichten"),
  },
});

export function unreadText(count: number): string {
  return unreadWords.messages(count);
}
