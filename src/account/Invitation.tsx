import { Skeleton, Text } from "@mantine/core";
import { useAction } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useEffect, useState } from "react";
import { api } from "../../convex/_generated/api";
import { ErrorAlert } from "../ui/ErrorAlert";
import { errorText } from "../ui/errorText";
import { formatDateTime } from "../ui/time";
import { joinText } from "./joinText";
import { roleLabel, roleOptions } from "./roleText";

type Description = FunctionReturnType<typeof api.accounts.invitations.describe>;

/** `undefined` while it is loaded. */
export type Invitation = { description: Description | undefined; errorMessage: string | null };

/** The secret token of an invitation link. It follows "#", because browsers do not send that part to a server. */
export function invitationToken(): string {
  return window.location.hash.slice(1);
}

/** What the invitation whose link is open is for. `isInvited`: whether one is open. */
export function useInvitation(isInvited: boolean): Invitation {
  const describe = useAction(api.accounts.invitations.describe);
  const [invitation, setInvitation] = useState<Invitation>({ description: undefined, errorMessage: null });
  useEffect(() => {
    if (!isInvited) return;
    let isCurrent = true;
    const show = (shown: Invitation) => {
      if (isCurrent) setInvitation(shown);
    };
    describe({ token: invitationToken() }).then(
      (description) => show({ description, errorMessage: null }),
      (error: unknown) => show({ description: undefined, errorMessage: errorText(error) }),
    );
    return () => {
      isCurrent = false;
    };
  }, [describe, isInvited]);
  return invitation;
}

/** Who invites, to which store and as what; or why the link does not work. */
export function InvitationFacts({ invitation }: { invitation: Invitation }) {
  const { description, errorMessage } = invitation;
  if (errorMessage !== null) return <ErrorAlert message={errorMessage} />;
  if (description === undefined) return <Skeleton height={72} />;
  const { storeName, role, invitedBy, expiresAt } = description;
  const permissions = roleOptions.find(({ value }) => value === role)?.permissions;
  return (
    <div>
      <Text>
        {invitedBy !== null && <strong>{invitedBy}</strong>}
        {invitedBy === null ? joinText.youAreInvited : joinText.invitesYou}
        <strong>{storeName}</strong>
        {joinText.beforeRole}
        <strong>{roleLabel(role)}</strong>
        {joinText.afterRole}
      </Text>
      <Text size="sm" c="dimmed">
        {permissions} {joinText.linkWorks(formatDateTime(expiresAt))}
      </Text>
    </div>
  );
}
