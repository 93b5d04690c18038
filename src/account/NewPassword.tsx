import { useAuthActions } from "@convex-dev/auth/react";
import { Button, PasswordInput, Stack, Text, Title } from "@mantine/core";
import { useNavigate } from "@tanstack/react-router";
import { useAction } from "convex/react";
import { useState, type SyntheticEvent } from "react";
import { api } from "../../convex/_generated/api";
import { ErrorAlert } from "../ui/ErrorAlert";
import { Logo } from "../ui/Logo";
import { StandalonePage } from "../ui/StandalonePage";
import { newPasswordError } from "../ui/fieldText";
import { useFieldErrors } from "../ui/useFieldErrors";
import { useAsyncTask } from "../ui/useAsyncTask";
import { passwordText } from "./passwordText";

/** Opened by a link to a new password, whose secret token follows "#" in the URL. Signs in with the password that it sets. */
export default function NewPassword() {
  const setPassword = useAction(api.accounts.passwordReset.setPassword);
  const { signIn } = useAuthActions();
  const navigate = useNavigate();
  const [password, setTyped] = useState("");
  const save = useAsyncTask(async () => {
    const { email } = await setPassword({ token: window.location.hash.slice(1), password });
    await signIn("password", { flow: "signIn", email, password });
    await navigate({ to: "/", replace: true });
  });
  const fields = useFieldErrors();
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (fields.check(event.currentTarget, { password: newPasswordError(password) })) save.run();
  };
  return (
    <StandalonePage>
      <Logo />
      <Title order={1}>{passwordText.chooseNew}</Title>
      <Text>{passwordText.devicesSignedOut}</Text>
      <form noValidate onSubmit={submit} onChange={fields.clear}>
        <Stack gap="sm">
          <PasswordInput
            name="password"
            label={passwordText.newPassword}
            error={fields.errorOf("password")}
            description={passwordText.lengthRule}
            autoComplete="new-password"
            required
            value={password}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <ErrorAlert message={save.errorMessage} />
          <Button type="submit" size="md" loading={save.isRunning}>
            {passwordText.saveAndSignIn}
          </Button>
        </Stack>
      </form>
      <Button variant="default" onClick={() => void navigate({ to: "/", replace: true })}>
        {passwordText.notNow}
      </Button>
    </StandalonePage>
  );
}
