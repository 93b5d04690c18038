import { Button, Stack, Text, Title } from "@mantine/core";

/** Shown when the page does not learn where its backend is. */
export function StartFailure() {
  return (
    <main className="entrance">
      <Stack className="entrance-card card" gap="sm">
        <Title order={1} size="h3">
          The server does not answer
        </Title>
        <Text>It may be starting, or stopped. Start it with npm start, then try again.</Text>
        <Button onClick={() => window.location.reload()}>Try again</Button>
      </Stack>
    </main>
  );
}
