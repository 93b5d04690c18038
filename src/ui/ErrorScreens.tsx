/** Screens shown in place of a route or of the whole page when it cannot be shown. */
import { useAuthActions } from "@convex-dev/auth/react";
import { Button, Text, Title } from "@mantine/core";
import type { ErrorComponentProps } from "@tanstack/react-router";
import { Link } from "@tanstack/react-router";
import { useEffect } from "react";
import { EmptyState } from "./EmptyState";
import { errorCode, errorText } from "./errorText";
import { StandalonePage } from "./StandalonePage";
import { uiText } from "./uiText";

/** Leads to the sign-in: the session of this page has ended, here or from another device. */
function SessionEnded() {
  const { signOut } = useAuthActions();
  useEffect(() => {
    // Whatever the server answers, the page forgets its tokens.
    void signOut().finally(() => window.location.reload());
  }, [signOut]);
  return (
    <StandalonePage>
      <Text role="status">{uiText.sessionEnded}</Text>
    </StandalonePage>
  );
}

/** Shown when a route throws, for example because its query failed. */
export function ErrorScreen({ error }: ErrorComponentProps) {
  if (errorCode(error) === "notSignedIn") return <SessionEnded />;
  return (
    <StandalonePage role="alert">
      <Title order={1}>{uiText.cannotBeShown}</Title>
      <Text>{errorText(error)}</Text>
      <Button onClick={() => window.location.reload()}>{uiText.loadAgain}</Button>
    </StandalonePage>
  );
}

/** Shown for a URL that matches no route. */
export function NotFoundScreen() {
  return (
    <EmptyState>
      <Title order={1}>{uiText.noSuchPage}</Title>
      <Link to="/">{uiText.backToOrders}</Link>
    </EmptyState>
  );
}

/** Shown when the URL of the Convex deployment cannot be fetched. Rendered outside the router: contains no `Link`. */
export function StartupErrorScreen() {
  return (
    <StandalonePage>
      <Title order={1}>{uiText.noServer}</Title>
      <Text>{uiText.startServer}</Text>
      <Button onClick={() => window.location.reload()}>{uiText.tryAgain}</Button>
    </StandalonePage>
  );
}
