/** All text about the messages of an order but their number. */
import { words } from "../language/language";

export const messagesText = words({
  en: {
    title: "Messages",
    /** `messages`: as `unreadText` words them. */
    fromBuyer: (messages: string) => `${messages} from the buyer.`,
    read: "Read",
    markRead: "Mark as read",
    answer: "Answer on BrickLink",
    buyer: "The buyer",
    unread: "unread",
    isCut: "It is longer: read the rest on BrickLink.",
  },
  de: {
    title: "Nachrichten",
    fromBuyer: (messages) => `${messages} vom Käufer.`,
    read: "Lesen",
    markRead: "Als gelesen markieren",
    answer: "Bei BrickLink antworten",
    buyer: "Der Käufer",
    unread: "ungelesen",
    isCut: "Die Nachricht ist länger: Lesen Sie den Rest bei BrickLink.",
  },
});
