import { Skeleton, Text } from "@mantine/core";
import { useQuery } from "convex/react";
import { useId, useState, type ReactNode } from "react";
import { api } from "../../convex/_generated/api";
import { isPermitted } from "../../convex/accounts/permissions";
import { useBusiness } from "../account/business";
import card from "../ui/Card.module.css";
import { PageScreen } from "../ui/Screen";
import { AccountCard } from "./AccountCard";
import { AuditLogCard } from "./AuditLogCard";
import { BuyerDataCard } from "./BuyerDataCard";
import { CallbackCard } from "./CallbackCard";
import { connectionText } from "./connectionText";
import { ParcelCard } from "./ParcelCard";
import { PauseCard } from "./PauseCard";
import { ImportCard } from "./ImportCard";
import { KeysCard } from "./KeysCard";
import { PeopleCard } from "./PeopleCard";
import { PollCard } from "./PollCard";
import { PraiseCard } from "./PraiseCard";
import classes from "./SettingsScreen.module.css";
import { settingsText } from "./settingsText";
import { SetupSteps } from "./SetupSteps";
import { WaitingLimitCard } from "./WaitingLimitCard";
import { WritesCard } from "./WritesCard";

const { groups } = settingsText;

/**
 * A store's connection to BrickLink, and its members. Only owners can change them; others see whether it is
 * connected.
 */
export function SettingsScreen() {
  const business = useBusiness();
  const { businessAccountId, role } = business;
  const status = useQuery(api.marketplaces.bricklink.connection.settings.status, { businessAccountId });
  // Held here, because the backend stores only a hash of its token and cannot return it again.
  const [callbackUrl, setCallbackUrl] = useState<string | null>(null);
  const isOwner = isPermitted(role, "marketplaces.bricklink.connection.settings.connect");
  return (
    <PageScreen title={settingsText.title} isWide={isOwner}>
      {status === undefined && <Skeleton height={280} />}
      {status !== undefined && !isOwner && (
        <div className={card.card}>
          <Text>
            {status === null
              ? connectionText.states.none
              : status.isActive
                ? connectionText.states.active
                : connectionText.states.paused}
          </Text>
        </div>
      )}
      {status !== undefined && isOwner && (
        <>
          <SettingsGroup title={groups.bricklink}>
            {status !== null && <SetupSteps businessAccountId={businessAccountId} />}
            <KeysCard
              businessAccountId={businessAccountId}
              status={status}
              onFirstConnected={setCallbackUrl}
            />
            {status !== null && (
              <>
                <CallbackCard
                  businessAccountId={businessAccountId}
                  status={status}
                  callbackUrl={callbackUrl}
                  onNewUrl={setCallbackUrl}
                />
                <ImportCard businessAccountId={businessAccountId} isActive={status.isActive} />
                <PollCard businessAccountId={businessAccountId} minutes={status.pollIntervalMinutes} />
                <WritesCard businessAccountId={businessAccountId} />
                <PauseCard businessAccountId={businessAccountId} isActive={status.isActive} />
              </>
            )}
          </SettingsGroup>
          <SettingsGroup title={groups.orders}>
            {status !== null && (
              <>
                <WaitingLimitCard {...business} />
                <PraiseCard businessAccountId={businessAccountId} />
              </>
            )}
            <ParcelCard businessAccountId={businessAccountId} />
          </SettingsGroup>
          <SettingsGroup title={groups.members}>
            <PeopleCard businessAccountId={businessAccountId} />
            <AccountCard />
          </SettingsGroup>
          <SettingsGroup title={groups.data}>
            <BuyerDataCard businessAccountId={businessAccountId} />
            <AuditLogCard />
          </SettingsGroup>
        </>
      )}
      {!isOwner && <AccountCard />}
    </PageScreen>
  );
}

/** Cards about one subject, side by side where there is room. */
function SettingsGroup({ title, children }: { title: string; children: ReactNode }) {
  const titleId = useId();
  return (
    <section aria-labelledby={titleId}>
      <p id={titleId} className={classes.groupTitle}>
        {title}
      </p>
      <div className={classes.group}>{children}</div>
    </section>
  );
}
