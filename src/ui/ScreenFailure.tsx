import { Button, Text, Title } from "@mantine/core";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { Link } from "@tanstack/react-router";
import { EmptyNote } from "./EmptyNote";
import { Entrance } from "./Entrance";
import { failureText } from "./failure";

/** In place of a screen that cannot be shown: what happened, and a way on. */
export function ScreenFailure({ error }: ErrorComponentProps) {
  return (
    <Entrance role="alert">
      <Title order={1}>This cannot be shown now</Title>
      <Text>{failureText(error)}</Text>
      <Button onClick={() => window.location.reload()}>Load the page again</Button>
    </Entrance>
  );
}

/** For an address that leads nowhere. */
export function NotFound() {
  return (
    <EmptyNote>
      <Title order={1}>There is no such page</Title>
      <Link to="/">Back to the orders</Link>
    </EmptyNote>
  );
}
