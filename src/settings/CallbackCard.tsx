import { Group, Stack, Text } from "@mantine/core";
import { useAction, useMutation } from "convex/react";
import { api } from "../../convex/_generated/api";
import { ConfirmButton } from "../ui/ConfirmButton";
import { Card } from "../ui/Card";
import { ErrorAlert } from "../ui/ErrorAlert";
import { formatDateTime, useNow } from "../ui/time";
import { useAsyncTask } from "../ui/useAsyncTask";
import { connectionText } from "./connectionText";
import { SecretUrl } from "./SecretUrl";
import type { BusinessId, ConnectionStatus } from "./types";

const { callback } = connectionText;

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
    <Card title={callback.title}>
      <Stack gap="sm">
        {callbackUrl !== null ? (
          <SecretUrl url={callbackUrl} text={callback.paste} testId="callback-url" />
        ) : (
          <Text>{callback.made(formatDateTime(status.tokenChangedAt))}</Text>
        )}
        <Group>
          <ConfirmButton
            label={callback.renew}
            title={callback.renewTitle}
            text={callback.renewEffect}
            confirmLabel={callback.renew}
            isRunning={rotate.isRunning}
            onConfirm={() => rotate.run()}
          />
          {isOldUrlGood && (
            <ConfirmButton
              label={callback.stopNow}
              title={callback.stopTitle}
              text={callback.stopEffect}
              confirmLabel={callback.stop}
              isRunning={revoke.isRunning}
              onConfirm={() => revoke.run({ businessAccountId })}
            />
          )}
        </Group>
        {isOldUrlGood && (
          <Text size="sm" c="dimmed">
            {callback.oldWorksUntil(formatDateTime(status.previousTokenUntil ?? 0))}
          </Text>
        )}
        <ErrorAlert message={rotate.errorMessage ?? revoke.errorMessage} />
      </Stack>
    </Card>
  );
}
