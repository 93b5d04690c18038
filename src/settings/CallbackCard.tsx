import { Button, CopyButton, Group, Stack, Text } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useAction } from "convex/react";
import { api } from "../../convex/_generated/api";
import { ConfirmButton } from "../ui/ConfirmButton";
import { Card } from "../ui/Card";
import { ErrorAlert } from "../ui/ErrorAlert";
import { formatDateTime } from "../ui/time";
import { useAsyncTask } from "../ui/useAsyncTask";
import classes from "./SecretUrl.module.css";
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
  return (
    <Card title="Callback URL">
      <Stack gap="sm">
        {callbackUrl !== null ? (
          <>
            <Text>
              Paste this into the callback URL field on BrickLink&apos;s page for API access. It is shown only
              now: copy it before you leave.
            </Text>
            <div className={classes.url} data-testid="callback-url">
              {callbackUrl}
            </div>
            <Group>
              <CopyButton value={callbackUrl}>
                {({ copied, copy }) => (
                  <Button
                    onClick={copy}
                    leftSection={copied ? <IconCheck size={18} /> : <IconCopy size={18} />}
                  >
                    {copied ? "Copied" : "Copy"}
                  </Button>
                )}
              </CopyButton>
            </Group>
          </>
        ) : (
          <Text>
            Made {formatDateTime(status.tokenChangedAt)} and shown then. If you no longer have it, make a new
            one. Without a callback, orders still come in by asking BrickLink, as often as is set below.
          </Text>
        )}
        <Group>
          <ConfirmButton
            label="Make a new URL"
            title="Make a new callback URL?"
            text="The present URL stops working at once. Until you paste the new one at BrickLink, orders come in by the poll only."
            confirmLabel="Make a new URL"
            isRunning={rotate.isRunning}
            onConfirm={() => rotate.run()}
          />
        </Group>
        <ErrorAlert message={rotate.errorMessage} />
      </Stack>
    </Card>
  );
}
