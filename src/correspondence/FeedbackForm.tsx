import { Button, Group, SegmentedControl, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import { uiText } from "../ui/uiText";
import { feedbackWords, ratingOptions } from "./feedbackText";
import type { Rating } from "./types";

type FeedbackFormProps = {
  /** What praise says unless a person writes something else. */
  praiseText: string;
  isRunning: boolean;
  onSend: (rating: Rating, comment: string) => void;
  onCancel: () => void;
};

/** As the server's limit; see TEXT_LENGTH_MAX in convex/marketplaces/bricklink/outbox/content.ts. */
const COMMENT_LENGTH_MAX = 1_000;

/** Feedback for a buyer in a person's own words, which neutral and negative feedback needs. */
export function FeedbackForm({ praiseText, isRunning, onSend, onCancel }: FeedbackFormProps) {
  const [rating, setRating] = useState<Rating>("praise");
  const [comment, setComment] = useState(praiseText);
  const choose = (chosen: Rating) => {
    setRating(chosen);
    // The store's praise would be wrong as a complaint, and typed words are not to be lost.
    if (chosen !== "praise" && comment === praiseText) setComment("");
    if (chosen === "praise" && comment === "") setComment(praiseText);
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onSend(rating, comment);
      }}
    >
      <Stack gap="xs">
        <SegmentedControl
          aria-label={feedbackWords.rating}
          size="md"
          value={rating}
          onChange={choose}
          data={ratingOptions}
        />
        <Textarea
          label={feedbackWords.comment}
          description={feedbackWords.isPublic}
          autosize
          minRows={2}
          required
          maxLength={COMMENT_LENGTH_MAX}
          data-autofocus
          value={comment}
          onChange={(event) => setComment(event.currentTarget.value)}
        />
        <Group gap="xs">
          <Button type="submit" loading={isRunning} disabled={comment.trim() === ""}>
            {feedbackWords.send}
          </Button>
          <Button variant="default" onClick={onCancel}>
            {uiText.cancel}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
