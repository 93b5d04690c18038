import { Button, CopyButton, Group, Stack, Text } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useAction } from "convex/react";
import { api } from "../../convex/_generated/api";
import { Confirm } from "../ui/Confirm";
import { Card } from "../ui/Card";
import { Failure } from "../ui/Failure";
import { moment } from "../ui/time";
import { useTask } from "../ui/useTask";
import classes from "./SecretUrl.module.css";
import type { BusinessId, ConnectionStatus } from "./types";

type CallbackCardProps = {
  businessAccountId: BusinessId;
  status: NonNullable<ConnectionStatus>;
  callbackUrl: string | null;
  onNewUrl: (callbackUrl: string) => void;
};

/** The address BrickLink calls. Whoever has it can call it, so it is shown once, when it is made. */
export function CallbackCard({ businessAccountId, status, callbackUrl, onNewUrl }: CallbackCardProps) {
  const rotateCallback = useAction(api.marketplaces.bricklink.connection.rotateCallback);
  const rotate = useTask(async () => {
    const made = await rotateCallback({ businessAccountId });
    onNewUrl(made.callbackUrl);
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
            Made {moment(status.tokenChangedAt)} and shown then. If you no longer have it, make a new one.
            Without a callback, orders still come in by asking BrickLink, as often as is set below.
          </Text>
        )}
        <Group>
          <Confirm
            label="Make a new URL"
            title="Make a new callback URL?"
            text="The present URL stops working at once. Until you paste the new one at BrickLink, orders come in by the poll only."
            confirm="Make a new URL"
            isRunning={rotate.isRunning}
            onConfirm={() => rotate.run()}
          />
        </Group>
        <Failure message={rotate.failure} />
      </Stack>
    </Card>
  );
}
