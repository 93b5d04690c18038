import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { useQuery } from "convex/react";
import { useId, useState } from "react";
import { api } from "../../convex/_generated/api";
import { isPermitted } from "../../convex/accounts/permissions";
import { useBusiness } from "../account/business";
import { useChanges, type SeenOrder } from "../changes/useChanges";
import { ErrorAlert } from "../ui/ErrorAlert";
import list from "../ui/list.module.css";
import text from "../ui/text.module.css";
import { formatDateTime, timeAgo } from "../ui/time";
import classes from "./correspondence.module.css";
import { feedbackText, feedbackWords } from "./feedbackText";
import { FeedbackForm } from "./FeedbackForm";
import type { Feedback as FeedbackEntry, Rating } from "./types";

/** The feedback on an order in both directions, and what can be left for its buyer. Nothing is shown where there is neither. */
export function Feedback({ order, now }: { order: SeenOrder; now: number }) {
  const { businessAccountId, role } = useBusiness();
  const titleId = useId();
  const args = { businessAccountId, orderNumber: order.orderNumber };
  const feedback = useQuery(api.orders.correspondence.feedback.forOrder, args) ?? [];
  const { praise } = api.marketplaces.bricklink.correspondence;
  const mayLeave = isPermitted(role, "marketplaces.bricklink.correspondence.praise.offer");
  const offer = useQuery(praise.offer, mayLeave ? args : "skip");
  if (feedback.length === 0 && offer?.isOffered !== true) return null;
  return (
    <section aria-labelledby={titleId}>
      <Title order={3} id={titleId} mb="xs">
        {feedbackWords.title}
      </Title>
      {feedback.length > 0 && (
        <ul className={list.plain} aria-labelledby={titleId}>
          {feedback.map((entry) => (
            <FeedbackItem key={entry.feedbackId} feedback={entry} now={now} />
          ))}
        </ul>
      )}
      {offer?.isOffered === true && <FeedbackOffer order={order} praiseText={offer.praiseText} />}
    </section>
  );
}

function FeedbackItem({ feedback, now }: { feedback: FeedbackEntry; now: number }) {
  const { ratedAt, reply } = feedback;
  return (
    <li className={classes.message}>
      <Text className={classes.words}>
        {feedbackText(feedback)}{" "}
        <time
          dateTime={new Date(ratedAt).toISOString()}
          title={formatDateTime(ratedAt)}
          className={text.soft}
        >
          {timeAgo(ratedAt, now)}
        </time>
      </Text>
      {reply !== undefined && (
        <Text className={classes.words} c="dimmed">
          {feedbackWords.reply(reply)}
        </Text>
      )}
    </li>
  );
}

/** Praise with the store's own text by one press; other ratings, and other words, with a form. */
function FeedbackOffer({ order, praiseText }: { order: SeenOrder; praiseText: string }) {
  const { request, isRunning, failure } = useChanges();
  const [isFormOpen, setIsFormOpen] = useState(false);
  const leave = (rating: Rating, comment: string) =>
    request?.([order], [{ kind: "feedback", rating, comment }]);
  if (isFormOpen) {
    return (
      <Stack gap="xs" mt="xs">
        <FeedbackForm
          praiseText={praiseText}
          isRunning={isRunning}
          onSend={leave}
          onCancel={() => setIsFormOpen(false)}
        />
        <ErrorAlert message={failure} />
      </Stack>
    );
  }
  return (
    <Stack gap="xs" mt="xs">
      <Text className={classes.words} c="dimmed">
        {feedbackWords.praiseToSend(praiseText)}
      </Text>
      <Group gap="xs">
        <Button variant="default" loading={isRunning} onClick={() => leave("praise", praiseText)}>
          {feedbackWords.leavePraise}
        </Button>
        <Button variant="subtle" onClick={() => setIsFormOpen(true)}>
          {feedbackWords.ownWords}
        </Button>
      </Group>
      <ErrorAlert message={failure} />
    </Stack>
  );
}
