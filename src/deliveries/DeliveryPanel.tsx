import { Anchor, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useMutation, useQuery } from "convex/react";
import { api } from "../../convex/_generated/api";
import type { Business } from "../account/business";
import { Confirm } from "../ui/Confirm";
import { Failure } from "../ui/Failure";
import list from "../ui/list.module.css";
import { Panel, PanelHead, PanelLoading } from "../ui/Panel";
import { when } from "../ui/soon";
import text from "../ui/text.module.css";
import { moment } from "../ui/time";
import { useTask } from "../ui/useTask";
import classes from "./DeliveryPanel.module.css";
import { DeliveryState } from "./DeliveryState";
import { MY_BRICKLINK, sourceWords, subjectOf, type Delivery, type Story } from "./view";

type DeliveryPanelProps = {
  businessAccountId: Business["businessAccountId"];
  isStaff: boolean;
  notificationId: string;
  now: number;
  onClose: () => void;
};

/** An event's whole story, live while it is open. */
export function DeliveryPanel(props: DeliveryPanelProps) {
  const { businessAccountId, isStaff, notificationId, now, onClose } = props;
  const story = useQuery(api.marketplaces.bricklink.deliveries.story, { businessAccountId, notificationId });
  return (
    <Panel title={story ? subjectOf(story.delivery) : "Delivery"} rowKey={notificationId} onClose={onClose}>
      {story === undefined && <PanelLoading />}
      {story === null && (
        <Text>
          There is no such delivery in this store. Completed ones are kept for thirty days; the order itself
          stays.
        </Text>
      )}
      {story && (
        <Stack gap="lg" pb="xl">
          <PanelHead>
            <DeliveryState delivery={story.delivery} />
            <span className={text.soft}>{sourceWords[story.delivery.source]}</span>
            <Leads story={story} />
          </PanelHead>
          {isStaff && <Retry businessAccountId={businessAccountId} delivery={story.delivery} />}
          <section>
            <Title order={3} mb="xs">
              What happened
            </Title>
            <ol className={classes.timeline} aria-label="What happened">
              {story.steps.map(({ at, tone, text: step }, place) => (
                <li key={place} data-tone={tone}>
                  <time dateTime={new Date(at).toISOString()} title={moment(at)}>
                    {when(at, now)}
                  </time>
                  {step}
                </li>
              ))}
            </ol>
            {story.servedBy !== null && (
              <Link to="/deliveries" search={{ event: story.servedBy }}>
                The event whose fetch it was
              </Link>
            )}
          </section>
          {story.delivery.eventType === "Order" && story.delivery.status === "completed" && (
            <Movements movements={story.movements} />
          )}
        </Stack>
      )}
    </Panel>
  );
}

function Leads({ story: { delivery, hasOrder } }: { story: Story }) {
  if (delivery.eventType !== "Order") {
    return (
      <Anchor href={MY_BRICKLINK} target="_blank" rel="noreferrer">
        Read it on BrickLink
      </Anchor>
    );
  }
  if (!hasOrder) return <span className={text.soft}>The order is not stored yet</span>;
  return (
    <Link to="/" search={{ tab: "all", order: delivery.resourceId }}>
      Open the order
    </Link>
  );
}

type RetryProps = { businessAccountId: Business["businessAccountId"]; delivery: Delivery };

function Retry({ businessAccountId, delivery }: RetryProps) {
  const retry = useTask(useMutation(api.marketplaces.bricklink.deliveries.retryOne));
  if (delivery.status !== "failed") return null;
  const { notificationId } = delivery;
  return (
    <div>
      <Confirm
        label={delivery.nextAttemptAt === null ? "Retry" : "Try now"}
        title={`Fetch ${subjectOf(delivery)} again?`}
        text="It is asked of BrickLink at once, by two calls, and its attempts start over. If the order comes, it is stored and its stock reserved; what was done before is not done twice."
        confirm="Retry now"
        isRunning={retry.isRunning}
        onConfirm={() => retry.run({ businessAccountId, notificationId })}
      />
      <Failure message={retry.failure} />
    </div>
  );
}

function Movements({ movements }: Pick<Story, "movements">) {
  return (
    <section>
      <Title order={3} mb="xs">
        What it did to stock
      </Title>
      {movements.length === 0 && <Text c="dimmed">Nothing: the stock stood as the order needs it.</Text>}
      <ul className={list.divided} aria-label="What it did to stock">
        {movements.map(({ text: movement, inventoryItemId }, place) => (
          <li key={place}>
            <Link to="/inventory" search={{ lot: inventoryItemId }}>
              {movement}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
