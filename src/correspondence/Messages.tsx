import { Anchor, Button, Group, Text, Title } from "@mantine/core";
import { useMutation, useQuery } from "convex/react";
import { useId } from "react";
import { api } from "../../convex/_generated/api";
import { isPermitted } from "../../convex/accounts/permissions";
import { useBusiness } from "../account/business";
import { bricklinkOrderUrl } from "../orders/bricklinkOrderUrl";
import { ErrorAlert } from "../ui/ErrorAlert";
import list from "../ui/list.module.css";
import { Notice } from "../ui/Notice";
import { Tag } from "../ui/Tag";
import text from "../ui/text.module.css";
import { formatDateTime, timeAgo } from "../ui/time";
import { useAsyncTask } from "../ui/useAsyncTask";
import classes from "./correspondence.module.css";
import { messagesText } from "./messagesText";
import type { Message } from "./types";
import { unreadText } from "./unreadText";

/** Where the section is found from the notice above. */
const SECTION_ID = "order-messages";

function useMessages(orderNumber: number): Message[] {
  const { businessAccountId, role } = useBusiness();
  const mayRead = isPermitted(role, "orders.correspondence.messages.forOrder");
  const args = mayRead ? { businessAccountId, orderNumber } : "skip";
  return useQuery(api.orders.correspondence.messages.forOrder, args) ?? [];
}

/** Says above the lines that the buyer has written: it may change what is packed. */
export function UnreadNotice({ orderNumber }: { orderNumber: number }) {
  const count = useMessages(orderNumber).filter(({ isUnread }) => isUnread).length;
  if (count === 0) return null;
  return (
    <Notice>
      <Group justify="space-between" gap="xs">
        <span>{messagesText.fromBuyer(unreadText(count))}</span>
        <Button
          variant="default"
          onClick={() => {
            const section = document.getElementById(SECTION_ID);
            section?.scrollIntoView({ block: "start" });
            section?.focus({ preventScroll: true });
          }}
        >
          {messagesText.read}
        </Button>
      </Group>
    </Notice>
  );
}

/** What the buyer wrote about an order, oldest first. Nothing is shown where there is nothing, and to viewers. */
export function Messages({ orderNumber, now }: { orderNumber: number; now: number }) {
  const { businessAccountId } = useBusiness();
  const titleId = useId();
  const messages = useMessages(orderNumber);
  const markRead = useAsyncTask(useMutation(api.orders.correspondence.messages.markRead));
  if (messages.length === 0) return null;
  const messageIds = messages.filter(({ isUnread }) => isUnread).map(({ messageId }) => messageId);
  return (
    <section id={SECTION_ID} tabIndex={-1} aria-labelledby={titleId} className={classes.section}>
      <Title order={3} id={titleId} mb="xs">
        {messagesText.title}
      </Title>
      <ol className={list.plain} aria-labelledby={titleId}>
        {messages.map((message) => (
          <MessageItem key={message.messageId} message={message} now={now} />
        ))}
      </ol>
      <ErrorAlert message={markRead.errorMessage} />
      <Group gap="md" mt="xs">
        {messageIds.length > 0 && (
          <Button
            loading={markRead.isRunning}
            onClick={() => markRead.run({ businessAccountId, messageIds })}
          >
            {messagesText.markRead}
          </Button>
        )}
        <Anchor href={bricklinkOrderUrl(orderNumber)} target="_blank" rel="noreferrer">
          {messagesText.answer}
        </Anchor>
      </Group>
    </section>
  );
}

function MessageItem({ message, now }: { message: Message; now: number }) {
  const { from, subject, body, sentAt, isCut, isUnread } = message;
  return (
    <li className={classes.message}>
      <div className={classes.head}>
        <strong>{from ?? messagesText.buyer}</strong>
        <time dateTime={new Date(sentAt).toISOString()} title={formatDateTime(sentAt)} className={text.soft}>
          {timeAgo(sentAt, now)}
        </time>
        {isUnread && <Tag tone="warn">{messagesText.unread}</Tag>}
      </div>
      {subject !== undefined && subject !== "" && <Text fw={600}>{subject}</Text>}
      <Text className={classes.words}>{body}</Text>
      {isCut === true && <Text c="dimmed">{messagesText.isCut}</Text>}
    </li>
  );
}
