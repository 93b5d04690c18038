import { Skeleton, Text } from "@mantine/core";
import { useQuery } from "convex/react";
import { useState } from "react";
import { api } from "../../convex/_generated/api";
import { isPermitted } from "../../convex/accounts/permissions";
import { useBusiness } from "../account/business";
import { AskBricklinkCard } from "../health/AskBricklinkCard";
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
import { settingsText } from "./settingsText";
import { SetupSteps } from "./SetupSteps";
import { WaitingLimitCard } from "./WaitingLimitCard";
import { WritesCard } from "./WritesCard";

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
    <PageScreen title={settingsText.title}>
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
          {status !== null && <SetupSteps businessAccountId={businessAccountId} />}
          <KeysCard businessAccountId={businessAccountId} status={status} onFirstConnected={setCallbackUrl} />
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
              <AskBricklinkCard businessAccountId={businessAccountId} />
              <WaitingLimitCard {...business} />
              <WritesCard businessAccountId={businessAccountId} />
              <PraiseCard businessAccountId={businessAccountId} />
              <PauseCard businessAccountId={businessAccountId} isActive={status.isActive} />
            </>
          )}
          <ParcelCard businessAccountId={businessAccountId} />
          <PeopleCard businessAccountId={businessAccountId} />
          <BuyerDataCard businessAccountId={businessAccountId} />
          <AuditLogCard />
        </>
      )}
      <AccountCard />
    </PageScreen>
  );
}
