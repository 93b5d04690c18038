import { Group, Stack, Text } from "@mantine/core";
import { useAction, useMutation } from "convex/react";
import { api } from "../../convex/_generated/api";
import { ConfirmButton } from "../ui/ConfirmButton";
import { Card } from "../ui/Card";
import { ErrorAlert } from "../ui/ErrorAlert";
import { formatDateTime, useNow } from "../ui/time";
import { useAsyncTask } from "../ui/useAsyncTask";
import { SecretUrl } from "./SecretUrl";
import type { BusinessId, ConnectionStatus } from "./types";

type CallbackCardProps = {
  businessAccountId: BusinessId;
  status: NonNullable<ConnectionStatus>;
  /** Null unless it was created while the settings are open. */
  callbackUrl: string | null;
  onNewUrl: (callbackUrl: string) => void;
};

/**
 * The URL that BrickLink calls. It contains a secret token of which the backend stores only a hash, so it can be shown only
 * when it is created.
 */
export function CallbackCard({ businessAccountId, status, callbackUrl, onNewUrl }: CallbackCardProps) {
  const rotateCallback = useAction(api.marketplaces.bricklink.connection.settings.rotateCallback);
  const rotate = useAsyncTask(async () => {
    const created = await rotateCallback({ businessAccountId });
    onNewUrl(created.callbackUrl);
  });
  const revoke = useAsyncTask(
    useMutation(api.marketplaces.bricklink.connection.settings.revokePreviousCallback),
  );
  const now = useNow();
  const isOldUrlGood = (status.previousTokenUntil ?? 0) > now;
  return (
    <Card title="Callback URL">
      <Stack gap="sm">
        {callbackUrl !== null ? (
          <SecretUrl
            url={callbackUrl}
            text="Paste this into the callback URL field on BrickLink's page for API access. It is shown only now: copy it before you leave."
            testId="callback-url"
          />
        ) : (
          <Text>
            Made {formatDateTime(status.tokenChangedAt)} and shown then. If you no longer have it, make a new
            one. Without callbacks, orders still come in, some minutes later: BrickLink is asked as often as
            is set below.
          </Text>
        )}
        <Group>
          <ConfirmButton
            label="Make a new URL"
            title="Make a new callback URL?"
            text="Paste the new URL at BrickLink within a day: until then the old one works too."
            confirmLabel="Make a new URL"
            isRunning={rotate.isRunning}
            onConfirm={() => rotate.run()}
          />
          {isOldUrlGood && (
            <ConfirmButton
              label="Stop the old URL now"
              title="Stop the old callback URL?"
              text="Do this once the new URL is at BrickLink, or at once if somebody else may know the old one. Until the new one is there, orders come in only when BrickLink is asked for them, some minutes later."
              confirmLabel="Stop the old URL"
              isRunning={revoke.isRunning}
              onConfirm={() => revoke.run({ businessAccountId })}
            />
          )}
        </Group>
        {isOldUrlGood && (
          <Text size="sm" c="dimmed">
            The old URL works until {formatDateTime(status.previousTokenUntil ?? 0)}.
          </Text>
        )}
        <ErrorAlert message={rotate.errorMessage ?? revoke.errorMessage} />
      </Stack>
    </Card>
  );
}
