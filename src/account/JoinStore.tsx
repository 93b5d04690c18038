import { Button, Text, Title } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useAction } from "convex/react";
import { api } from "../../convex/_generated/api";
import { Logo } from "../ui/Logo";
import { StandalonePage } from "../ui/StandalonePage";
import { ErrorAlert } from "../ui/ErrorAlert";
import { useAsyncTask } from "../ui/useAsyncTask";
import { saveSelectedStoreId } from "./selectedStore";

/** Opened by an invitation link: accepts the invitation, whose secret token follows "#" in the URL. */
export default function JoinStore({
  email,
  onJoined,
}: {
  email: string | null;
  onJoined: (id: string) => void;
}) {
  const accept = useAction(api.accounts.invitations.accept);
  const navigate = useNavigate();
  const join = useAsyncTask(async () => {
    const businessAccountId = await accept({ token: window.location.hash.slice(1) });
    saveSelectedStoreId(businessAccountId);
    onJoined(businessAccountId);
    await navigate({ to: "/", replace: true });
  });
  return (
    <StandalonePage>
      <Logo />
      <Title order={1}>You are invited to a store</Title>
      <Text>You join as {email ?? "an account without e-mail"}. The link works once.</Text>
      <ErrorAlert message={join.errorMessage} />
      <Button size="md" loading={join.isRunning} onClick={() => join.run()}>
        Join the store
      </Button>
      <Button variant="default" onClick={() => void navigate({ to: "/", replace: true })}>
        Not now
      </Button>
    </StandalonePage>
  );
}
