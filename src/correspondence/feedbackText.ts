/** All text about feedback, of buyers and for them. */
import type { Feedback, Rating } from "./types";

/** The ratings to choose from. */
export const ratingOptions: { value: Rating; label: string }[] = [
  { value: "praise", label: "Praise" },
  { value: "neutral", label: "Neutral" },
  { value: "complaint", label: "Complaint" },
];

/** A rating within a sentence. */
const ratingNouns: Record<Rating, string> = {
  praise: "praise",
  neutral: "neutral feedback",
  complaint: "a complaint",
};

/** What stands for the words of feedback that has none. */
function quoted(comment: string): string {
  return comment.trim() === "" ? "" : `: “${comment.trim()}”`;
}

/** Feedback as one sentence: "The buyer left praise: “Quick!”". */
export function feedbackText({ direction, rating, comment }: Omit<Feedback, "ratedAt">): string {
  const who = direction === "received" ? "The buyer" : "Your store";
  return `${who} left ${ratingNouns[rating]}${quoted(comment)}`;
}

/** The button that leaves praise for the buyers of several orders. */
export function praiseLabel(orders: number): string {
  return orders === 1 ? "Praise the buyer" : `Praise ${orders} buyers`;
}
