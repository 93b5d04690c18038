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
import { passwordText } from "./passwordText";

/** How to get a link to a new password: by e-mail where that is configured, otherwise from an owner. */
export function ForgotPassword({ isByEmail, onBack }: { isByEmail: boolean; onBack: () => void }) {
  return (
    <StandalonePage>
      <Logo />
      <Title order={1}>{passwordText.forgotten}</Title>
      {isByEmail ? (
        <EmailForm />
      ) : (
        <>
          <Text>
            {passwordText.askOwner.before}
            <strong>{passwordText.askOwner.button}</strong>
            {passwordText.askOwner.after}
          </Text>
          <Text>{passwordText.onlyOwner}</Text>
        </>
      )}
      <Text size="sm">
        <Anchor component="button" type="button" onClick={onBack}>
          {passwordText.backToSignIn}
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
        <Text>{passwordText.byEmail}</Text>
        <TextInput
          name="email"
          type="email"
          error={fields.errorOf("email")}
          label={passwordText.email}
          autoComplete="username"
          required
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <ErrorAlert message={send.errorMessage} />
        <Button type="submit" size="md" loading={send.isRunning}>
          {passwordText.sendLink}
        </Button>
        {sentTo !== null && <Text role="status">{passwordText.linkSent(sentTo)}</Text>}
      </Stack>
    </form>
  );
}
