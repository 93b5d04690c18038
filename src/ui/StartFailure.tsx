import { Button, Text, Title } from "@mantine/core";
import { Entrance } from "./Entrance";

/** Shown when the page does not learn where its backend is. */
export function StartFailure() {
  return (
    <Entrance>
      <Title order={1}>The server does not answer</Title>
      <Text>It may be starting, or stopped. Start it with npm start, then try again.</Text>
      <Button onClick={() => window.location.reload()}>Try again</Button>
    </Entrance>
  );
}
