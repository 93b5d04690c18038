import { Button, CopyButton, Group, Text } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import classes from "./SecretUrl.module.css";
import { settingsText } from "./settingsText";

type SecretUrlProps = {
  url: string;
  /** What to do with it, and that it is shown only now. */
  text: string;
  /** Names it for tests. */
  testId: string;
};

/** A URL with a secret token of which the backend stores only a hash, so that it is shown only when it is made. */
export function SecretUrl({ url, text, testId }: SecretUrlProps) {
  return (
    <div role="status">
      <Text mb="xs">{text}</Text>
      <div className={classes.url} data-testid={testId}>
        {url}
      </div>
      <Group mt="xs">
        <CopyButton value={url}>
          {({ copied, copy }) => (
            <Button
              variant="default"
              onClick={copy}
              leftSection={copied ? <IconCheck size={18} /> : <IconCopy size={18} />}
            >
              {copied ? settingsText.copied : settingsText.copy}
            </Button>
          )}
        </CopyButton>
      </Group>
    </div>
  );
}
