import { Anchor, Button, Stack, Text, TextInput, Title } from "@mantine/core";
import { useAction } from "convex/react";
import { useState, type SyntheticEvent } from "react";
import { api } from "../../convex/_generated/api";
import { ErrorAlert } from "../ui/ErrorAlert";
import { Logo } from "../ui/Logo";
import { StandalonePage } from "../ui/StandalonePage";
import { emailError } from "../ui/fieldText";
import { useFieldErrors } from "../ui/useFieldErrors";
import { useAsyncTask } from "../ui/useAsyncTask";

/** How to get a link to a new password: by e-mail where that is configured, otherwise from an owner. */
export function ForgotPassword({ isByEmail, onBack }: { isByEmail: boolean; onBack: () => void }) {
  return (
    <StandalonePage>
      <Logo />
      <Title order={1}>Forgot your password?</Title>
      {isByEmail ? (
        <EmailForm />
      ) : (
        <>
          <Text>
            Ask an owner of your store for a link: in Settings, under People, they press{" "}
            <strong>New password</strong> beside your name and send you the link.
          </Text>
          <Text>
            If you are the only owner, whoever runs this service can make one. Its SECURITY.md says how.
          </Text>
        </>
      )}
      <Text size="sm">
        <Anchor component="button" type="button" onClick={onBack}>
          Back to signing in
        </Anchor>
      </Text>
    </StandalonePage>
  );
}

function EmailForm() {
  const requestByEmail = useAction(api.accounts.passwordReset.requestByEmail);
  const [email, setEmail] = useState("");
  const [sentTo, setSentTo] = useState<string | null>(null);
  const send = useAsyncTask(async () => {
    setSentTo(null);
    await requestByEmail({ email });
    setSentTo(email);
  });
  const fields = useFieldErrors();
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (fields.check(event.currentTarget, { email: emailError(email) })) send.run();
  };
  return (
    <form noValidate onSubmit={submit} onChange={fields.clear}>
      <Stack gap="sm">
        <Text>We send you a link with which you choose a new one.</Text>
        <TextInput
          name="email"
          type="email"
          error={fields.errorOf("email")}
          label="E-mail"
          autoComplete="username"
          required
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <ErrorAlert message={send.errorMessage} />
        <Button type="submit" size="md" loading={send.isRunning}>
          Send the link
        </Button>
        {sentTo !== null && (
          <Text role="status">
            If {sentTo} has an account here, the link is on its way. It works for an hour; look into the
            folder for unwanted mail too.
          </Text>
        )}
      </Stack>
    </form>
  );
}
