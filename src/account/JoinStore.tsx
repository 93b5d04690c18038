import { Button, Text, Title } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useAction } from "convex/react";
import { api } from "../../convex/_generated/api";
import { Logo } from "../ui/Logo";
import { StandalonePage } from "../ui/StandalonePage";
import { ErrorAlert } from "../ui/ErrorAlert";
import { useAsyncTask } from "../ui/useAsyncTask";
import { InvitationFacts, invitationToken, useInvitation } from "./Invitation";
import { joinText } from "./joinText";
import { saveSelectedStoreId } from "./selectedStore";

/** Opened by an invitation link: says what it is for, and accepts it. */
export default function JoinStore({
  email,
  onJoined,
}: {
  email: string | null;
  onJoined: (id: string) => void;
}) {
  const accept = useAction(api.accounts.invitations.accept);
  const navigate = useNavigate();
  const invitation = useInvitation(true);
  const join = useAsyncTask(async () => {
    const businessAccountId = await accept({ token: invitationToken() });
    saveSelectedStoreId(businessAccountId);
    onJoined(businessAccountId);
    await navigate({ to: "/", replace: true });
  });
  const leave = () => void navigate({ to: "/", replace: true });
  return (
    <StandalonePage>
      <Logo />
      <Title order={1}>{joinText.invited}</Title>
      <InvitationFacts invitation={invitation} />
      {invitation.errorMessage === null ? (
        <>
          <Text>{joinText.joinAs(email)}</Text>
          <ErrorAlert message={join.errorMessage} />
          <Button size="md" loading={join.isRunning} onClick={() => join.run()}>
            {joinText.join}
          </Button>
          <Button variant="default" onClick={leave}>
            {joinText.notNow}
          </Button>
        </>
      ) : (
        <Button variant="default" onClick={leave}>
          {joinText.goOn}
        </Button>
      )}
    </StandalonePage>
  );
}
