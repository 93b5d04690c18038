import { Alert, Anchor, Box, Button, Group, PasswordInput, Stack, Text } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useAction } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useState, type SyntheticEvent } from "react";
import { api } from "../../convex/_generated/api";
import { Card } from "../ui/Card";
import { Failure } from "../ui/Failure";
import { moment } from "../ui/time";
import { useTask } from "../ui/useTask";
import classes from "./KeysCard.module.css";
import { adviceFor } from "./testAdvice";
import type { BusinessId, ConnectionStatus } from "./types";

const fields = [
  { name: "consumerKey", label: "Consumer key" },
  { name: "consumerSecret", label: "Consumer secret" },
  { name: "tokenValue", label: "Token value" },
  { name: "tokenSecret", label: "Token secret" },
] as const;
type Keys = Record<(typeof fields)[number]["name"], string>;

const noKeys: Keys = { consumerKey: "", consumerSecret: "", tokenValue: "", tokenSecret: "" };

const REGISTER_URL = "https://www.bricklink.com/v2/api/register_consumer.page";

type TestResult = FunctionReturnType<typeof api.marketplaces.bricklink.connection.testConnection>;

type KeysCardProps = {
  businessAccountId: BusinessId;
  status: ConnectionStatus;
  onFirstConnected: (callbackUrl: string) => void;
};

/** Where the keys are found. */
function Steps() {
  return (
    <ol className={classes.steps}>
      <li>
        Sign in to BrickLink with your seller account and open{" "}
        <Anchor href={REGISTER_URL} target="_blank" rel="noreferrer">
          its page for API access
        </Anchor>
        .
      </li>
      <li>
        Add an access token for IP address <code>0.0.0.0</code> with mask <code>0.0.0.0</code>, so that it
        works from any address.
      </li>
      <li>
        Copy the four keys into the fields below. Consumer key and secret stand at the top of that page, token
        value and secret in the row of the token you added.
      </li>
      <li>Save. The keys are tested at once, and the callback URL for that same page appears below.</li>
    </ol>
  );
}

/** The four keys: they go in and are never shown again. */
export function KeysCard({ businessAccountId, status, onFirstConnected }: KeysCardProps) {
  const connect = useAction(api.marketplaces.bricklink.connection.connect);
  const testConnection = useAction(api.marketplaces.bricklink.connection.testConnection);
  const [isEditing, setIsEditing] = useState(false);
  const [keys, setKeys] = useState(noKeys);
  const [result, setResult] = useState<TestResult | null>(null);

  const test = useTask(async () => {
    setResult(null);
    setResult(await testConnection({ businessAccountId }));
  });
  const save = useTask(async () => {
    setResult(null);
    const { callbackUrl } = await connect({ businessAccountId, keys });
    setKeys(noKeys);
    setIsEditing(false);
    if (callbackUrl !== null) onFirstConnected(callbackUrl);
    setResult(await testConnection({ businessAccountId }));
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    save.run();
  };
  const isFormShown = status === null || isEditing;

  return (
    <Card title={status === null ? "Connect BrickLink" : "BrickLink keys"}>
      {isFormShown ? (
        <>
          <Steps />
          <form onSubmit={submit} autoComplete="off">
            <Stack gap="sm">
              {fields.map(({ name, label }) => (
                <PasswordInput
                  key={name}
                  label={label}
                  required
                  autoComplete="off"
                  value={keys[name]}
                  onChange={(event) => setKeys({ ...keys, [name]: event.currentTarget.value })}
                />
              ))}
              <Failure message={save.failure} />
              <Group>
                <Button type="submit" size="md" loading={save.isRunning}>
                  Save and test
                </Button>
                {isEditing && (
                  <Button size="md" variant="default" onClick={() => setIsEditing(false)}>
                    Keep the present keys
                  </Button>
                )}
              </Group>
            </Stack>
          </form>
        </>
      ) : (
        <Stack gap="sm">
          <Text>Entered {moment(status.keysChangedAt)}. They are kept sealed and never shown again.</Text>
          <Group>
            <Button variant="default" loading={test.isRunning} onClick={() => test.run()}>
              Test the connection
            </Button>
            <Button variant="default" onClick={() => setIsEditing(true)}>
              Enter other keys
            </Button>
          </Group>
          <Failure message={test.failure} />
        </Stack>
      )}
      {result !== null && (
        <Box mt="sm" role="status">
          {result.ok ? (
            <Alert color="green" variant="light" icon={<IconCheck size={18} />}>
              BrickLink accepts the keys.
            </Alert>
          ) : (
            <>
              <Failure message={result.message} />
              <Text mt="xs">{adviceFor(result.code)}</Text>
            </>
          )}
        </Box>
      )}
    </Card>
  );
}
