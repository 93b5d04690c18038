import { Button, Group, PasswordInput, Stack, Text } from "@mantine/core";
import { useAction } from "convex/react";
import { useState, type SyntheticEvent } from "react";
import { api } from "../../convex/_generated/api";
import { Card } from "../ui/Card";
import { ConfirmButton } from "../ui/ConfirmButton";
import { ErrorAlert } from "../ui/ErrorAlert";
import { newPasswordError, currentPasswordError } from "../ui/fieldText";
import { useFieldErrors } from "../ui/useFieldErrors";
import { useAsyncTask } from "../ui/useAsyncTask";
import { peopleText } from "./peopleText";

const { account } = peopleText;

/** The signed-in person's own password and sessions. */
export function AccountCard() {
  const changePassword = useAction(api.accounts.passwordSignIn.changePassword);
  const [isChanged, setIsChanged] = useState(false);
  const fields = useFieldErrors();
  const change = useAsyncTask(async (form: HTMLFormElement, passwords: { present: string; next: string }) => {
    setIsChanged(false);
    await changePassword(passwords);
    form.reset();
    setIsChanged(true);
  });
  const signOutEverywhere = useAsyncTask(useAction(api.accounts.passwordSignIn.signOutEverywhere));
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const field = (name: string) => {
      const value = new FormData(form).get(name);
      return typeof value === "string" ? value : "";
    };
    const passwords = { present: field("present"), next: field("next") };
    const errors = {
      present: currentPasswordError(passwords.present),
      next: newPasswordError(passwords.next),
    };
    if (fields.check(form, errors)) change.run(form, passwords);
  };
  return (
    <Card title={account.title}>
      <Stack gap="md">
        <form noValidate onSubmit={submit} onChange={fields.clear}>
          <Stack gap="sm">
            <PasswordInput
              name="present"
              label={account.currentPassword}
              autoComplete="current-password"
              required
              error={fields.errorOf("present")}
            />
            <PasswordInput
              name="next"
              label={account.newPassword}
              description={account.newPasswordHint}
              autoComplete="new-password"
              required
              error={fields.errorOf("next")}
            />
            <ErrorAlert message={change.errorMessage} />
            <Group>
              <Button type="submit" variant="default" loading={change.isRunning}>
                {account.change}
              </Button>
              {isChanged && <Text role="status">{account.changed}</Text>}
            </Group>
          </Stack>
        </form>
        <Group>
          <ConfirmButton
            label={account.signOutEverywhere}
            title={account.signOutTitle}
            text={account.signOutEffect}
            confirmLabel={account.signOutEverywhere}
            isRunning={signOutEverywhere.isRunning}
            onConfirm={() => signOutEverywhere.run({})}
          />
        </Group>
        <ErrorAlert message={signOutEverywhere.errorMessage} />
      </Stack>
    </Card>
  );
}
