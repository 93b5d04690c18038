/** All text about feedback, of buyers and for them. */
import { words } from "../language/language";
import type { Feedback, Rating } from "./types";

export const feedbackWords = words({
  en: {
    title: "Feedback",
    /** Without what it says. */
    received: {
      praise: "The buyer left praise",
      neutral: "The buyer left neutral feedback",
      complaint: "The buyer left a complaint",
    },
    given: {
      praise: "Your store left praise",
      neutral: "Your store left neutral feedback",
      complaint: "Your store left a complaint",
    },
    quoted: (feedback: string, comment: string) => `${feedback}: “${comment}”`,
    reply: (reply: string) => `Reply: “${reply}”`,
    praiseToSend: (comment: string) => `Praise to send: “${comment}”`,
    leavePraise: "Leave praise",
    ownWords: "In your own words",
    rating: "Rating",
    ratings: { praise: "Praise", neutral: "Neutral", complaint: "Complaint" },
    comment: "What it says",
    isPublic: "Everybody on BrickLink can read it.",
    send: "Send to BrickLink",
    praise: "Praise",
    praiseBuyer: "Praise the buyer",
    praiseBuyers: (buyers: number) => `Praise ${buyers} buyers`,
    praiseMost: (orders: number) => `Praise: ${orders} at most`,
    praiseWhat: (comment: string) => `This is left at BrickLink, where everybody can read it: “${comment}”`,
  },
  de: {
    title: "Bewertungen",
    received: {
      praise: "Der Käufer hat positiv bewertet",
      neutral: "Der Käufer hat neutral bewertet",
      complaint: "Der Käufer hat negativ bewertet",
    },
    given: {
      praise: "Ihr Shop hat positiv bewertet",
      neutral: "Ihr Shop hat neutral bewertet",
      complaint: "Ihr Shop hat negativ bewertet",
    },
    quoted: (feedback, comment) => `${feedback}: „${comment}“`,
    reply: (reply) => `Antwort: „${reply}“`,
    praiseToSend: (comment) => `Positive Bewertung zum Senden: „${comment}“`,
    leavePraise: "Positiv bewerten",
    ownWords: "Mit eigenen Worten",
    rating: "Bewertung",
    ratings: { praise: "Positiv", neutral: "Neutral", complaint: "Negativ" },
    comment: "Text der Bewertung",
    isPublic: "Alle bei BrickLink können ihn lesen.",
    send: "An BrickLink senden",
    praise: "Positive Bewertung",
    praiseBuyer: "Käufer positiv bewerten",
    praiseBuyers: (buyers) => `${buyers} Käufer positiv bewerten`,
    praiseMost: (orders) => `Positiv bewerten: höchstens ${orders}`,
    praiseWhat: (comment) => `Das steht dann bei BrickLink, wo alle es lesen können: „${comment}“`,
  },
});

const ratings: readonly Rating[] = ["praise", "neutral", "complaint"];

/** The ratings to choose from. */
export const ratingOptions: { value: Rating; label: string }[] = ratings.map((value) => ({
  value,
  label: feedbackWords.ratings[value],
}));

/** Feedback as one sentence: "The buyer left praise: “Quick!”". */
export function feedbackText({ direction, rating, comment }: Omit<Feedback, "ratedAt">): string {
  const sentence = feedbackWords[direction][rating];
  return comment.trim() === "" ? sentence : feedbackWords.quoted(sentence, comment.trim());
}

/** The button that leaves praise for the buyers of several orders. */
export function praiseLabel(orders: number): string {
  return orders === 1 ? feedbackWords.praiseBuyer : feedbackWords.praiseBuyers(orders);
}
