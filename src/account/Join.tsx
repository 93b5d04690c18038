import { Button, Text, Title } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useAction } from "convex/react";
import { api } from "../../convex/_generated/api";
import { Brand } from "../ui/Brand";
import { Entrance } from "../ui/Entrance";
import { Failure } from "../ui/Failure";
import { useTask } from "../ui/useTask";
import { rememberStore } from "./chosenStore";

/** Where an invitation's link leads a signed-in person. Its secret stands after "#". */
export default function Join({ email, onJoined }: { email: string | null; onJoined: (id: string) => void }) {
  const accept = useAction(api.accounts.invitations.accept);
  const navigate = useNavigate();
  const join = useTask(async () => {
    const businessAccountId = await accept({ token: window.location.hash.slice(1) });
    rememberStore(businessAccountId);
    onJoined(businessAccountId);
    await navigate({ to: "/", replace: true });
  });
  return (
    <Entrance>
      <Brand />
      <Title order={1}>You are invited to a store</Title>
      <Text>You join as {email ?? "an account without e-mail"}. The link works once.</Text>
      <Failure message={join.failure} />
      <Button size="md" loading={join.isRunning} onClick={() => join.run()}>
        Join the store
      </Button>
      <Button variant="default" onClick={() => void navigate({ to: "/", replace: true })}>
        Not now
      </Button>
    </Entrance>
  );
}
