import { Alert, Anchor, Box, Button, Group, PasswordInput, Stack, Text } from "@mantine/core";
import { IconCheck } from "@tabler/icons-react";
import { useAction } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useState, type SyntheticEvent } from "react";
import { api } from "../../convex/_generated/api";
import { problemText } from "../health/problemText";
import { Card } from "../ui/Card";
import { ErrorAlert } from "../ui/ErrorAlert";
import { formatDateTime } from "../ui/time";
import { missingError } from "../ui/fieldText";
import { useFieldErrors } from "../ui/useFieldErrors";
import { useAsyncTask } from "../ui/useAsyncTask";
import { connectionTestAdvice } from "./connectionTestText";
import { connectionText } from "./connectionText";
import classes from "./KeysCard.module.css";
import type { BusinessId, ConnectionStatus } from "./types";

const text = connectionText.keys;

const keyFields = [
  { name: "consumerKey", label: text.labels.consumerKey },
  { name: "consumerSecret", label: text.labels.consumerSecret },
  { name: "tokenValue", label: text.labels.tokenValue },
  { name: "tokenSecret", label: text.labels.tokenSecret },
] as const;
type Keys = Record<(typeof keyFields)[number]["name"], string>;

const emptyKeys: Keys = { consumerKey: "", consumerSecret: "", tokenValue: "", tokenSecret: "" };

/** BrickLink's page for API access. */
const API_ACCESS_URL = "https://www.bricklink.com/v2/api/register_consumer.page";

type TestResult = FunctionReturnType<typeof api.marketplaces.bricklink.connection.settings.testConnection>;

type KeysCardProps = {
  businessAccountId: BusinessId;
  status: ConnectionStatus;
  /** Called with the callback URL, which the backend returns only when the store is connected for the first time. */
  onFirstConnected: (callbackUrl: string) => void;
};

/** Where BrickLink shows the keys. */
function KeyInstructions() {
  return (
    <ol className={classes.steps}>
      <li>
        {text.openPage.before}
        <Anchor href={API_ACCESS_URL} target="_blank" rel="noreferrer" underline="always">
          {text.openPage.link}
        </Anchor>
        {text.openPage.after}
      </li>
      <li>
        {text.addToken.beforeAddress}
        <code>0.0.0.0</code>
        {text.addToken.beforeMask}
        <code>0.0.0.0</code>
        {text.addToken.after}
      </li>
      <li>{text.copyKeys}</li>
      <li>{text.saveStep}</li>
    </ol>
  );
}

/** The end of each stored key, for comparison with BrickLink's page. */
function KeyEndings({ endings }: { endings: Keys }) {
  return (
    <dl className={classes.endings}>
      {keyFields.map(({ name, label }) => (
        <div key={name} className={classes.ending}>
          <dt>{label}</dt>
          <dd>
            <code>…{endings[name]}</code>
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** Saves and tests the four API keys. The backend stores them encrypted and never returns them. */
export function KeysCard({ businessAccountId, status, onFirstConnected }: KeysCardProps) {
  const connect = useAction(api.marketplaces.bricklink.connection.settings.connect);
  const testConnection = useAction(api.marketplaces.bricklink.connection.settings.testConnection);
  const [isEditing, setIsEditing] = useState(false);
  const [keys, setKeys] = useState(emptyKeys);
  const [testResult, setTestResult] = useState<TestResult | null>(null);

  const test = useAsyncTask(async () => {
    setTestResult(null);
    setTestResult(await testConnection({ businessAccountId }));
  });
  const save = useAsyncTask(async () => {
    setTestResult(null);
    const { callbackUrl } = await connect({ businessAccountId, keys });
    setKeys(emptyKeys);
    setIsEditing(false);
    if (callbackUrl !== null) onFirstConnected(callbackUrl);
    setTestResult(await testConnection({ businessAccountId }));
  });
  const fields = useFieldErrors();
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const errors = Object.fromEntries(
      keyFields.map(({ name, label }) => [name, missingError(keys[name], text.missing(label))]),
    );
    if (fields.check(event.currentTarget, errors)) save.run();
  };
  const isFormShown = status === null || isEditing;

  return (
    <Card title={status === null ? text.connect : text.title}>
      {isFormShown ? (
        <>
          <KeyInstructions />
          <form noValidate onSubmit={submit} onChange={fields.clear} autoComplete="off">
            <Stack gap="sm">
              {keyFields.map(({ name, label }) => (
                <PasswordInput
                  key={name}
                  name={name}
                  error={fields.errorOf(name)}
                  label={label}
                  required
                  autoComplete="off"
                  value={keys[name]}
                  onChange={(event) => setKeys({ ...keys, [name]: event.currentTarget.value })}
                />
              ))}
              <ErrorAlert message={save.errorMessage} />
              <Group>
                <Button type="submit" size="md" loading={save.isRunning}>
                  {text.saveAndTest}
                </Button>
                {isEditing && (
                  <Button size="md" variant="default" onClick={() => setIsEditing(false)}>
                    {text.keep}
                  </Button>
                )}
              </Group>
            </Stack>
          </form>
        </>
      ) : (
        <Stack gap="sm">
          <Text>{text.entered(formatDateTime(status.keysChangedAt))}</Text>
          {status.keyEndings !== null && <KeyEndings endings={status.keyEndings} />}
          <Group>
            <Button variant="default" loading={test.isRunning} onClick={() => test.run()}>
              {text.test}
            </Button>
            <Button variant="default" onClick={() => setIsEditing(true)}>
              {text.enterOthers}
            </Button>
          </Group>
          <ErrorAlert message={test.errorMessage} />
        </Stack>
      )}
      {testResult !== null && (
        <Box mt="sm" role="status">
          {testResult.ok ? (
            <Alert color="green" variant="light" icon={<IconCheck size={18} />}>
              {text.accepted}
            </Alert>
          ) : (
            <>
              <ErrorAlert message={problemText(testResult.failure)} />
              <Text mt="xs">{connectionTestAdvice(testResult.failure.code)}</Text>
            </>
          )}
        </Box>
      )}
    </Card>
  );
}
