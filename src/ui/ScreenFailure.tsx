import { Button, Stack, Text, Title } from "@mantine/core";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { Link } from "@tanstack/react-router";
import { failureText } from "./failure";

/** In place of a screen that cannot be shown: what happened, and a way on. */
export function ScreenFailure({ error }: ErrorComponentProps) {
  return (
    <main className="entrance">
      <Stack className="entrance-card card" gap="sm" role="alert">
        <Title order={1} size="h3">
          This cannot be shown now
        </Title>
        <Text>{failureText(error)}</Text>
        <Button onClick={() => window.location.reload()}>Load the page again</Button>
      </Stack>
    </main>
  );
}

/** For an address that leads nowhere. */
export function NotFound() {
  return (
    <div className="orders-note">
      <Title order={1} size="h3">
        There is no such page
      </Title>
      <Link to="/">Back to the orders</Link>
    </div>
  );
}
