import type { Business } from "../account/business";
import text from "../ui/text.module.css";
import { needsYouText } from "./needsYouText";
import { useAttention } from "./useAttention";

type AttentionCountProps = { business: Business; className: string | undefined };

/** How much waits for a person, beside the link to the list. Renders nothing while nothing does. */
export default function AttentionCount({ business, className }: AttentionCountProps) {
  const attention = useAttention(business);
  if (!attention || attention.count === 0) return null;
  return (
    <span className={className}>
      {attention.count}
      {attention.isMore && "+"}
      <span className={text.visuallyHidden}> {needsYouText.waiting}</span>
    </span>
  );
}
