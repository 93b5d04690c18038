import { useAuthActions } from "@convex-dev/auth/react";
import { Anchor, Button, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation } from "convex/react";
import { useState, type SyntheticEvent } from "react";
import { api } from "../../convex/_generated/api";
import { Logo } from "../ui/Logo";
import { StandalonePage } from "../ui/StandalonePage";
import { ErrorAlert } from "../ui/ErrorAlert";
import { missingError } from "../ui/fieldText";
import { useFieldErrors } from "../ui/useFieldErrors";
import { useAsyncTask } from "../ui/useAsyncTask";
import { joinText } from "./joinText";

/** Shown to a signed-in user who is not a member of any store. */
export default function CreateStore({ email }: { email: string | null }) {
  const { signOut } = useAuthActions();
  const create = useAsyncTask(useMutation(api.accounts.businesses.create));
  const [name, setName] = useState("");
  const fields = useFieldErrors();
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const errors = { name: missingError(name, joinText.noStoreName) };
    if (fields.check(event.currentTarget, errors)) create.run({ name });
  };
  return (
    <StandalonePage>
      <Logo />
      <Title order={1}>{joinText.nameStore}</Title>
      <Text>{joinText.next}</Text>
      <form noValidate onSubmit={submit} onChange={fields.clear}>
        <Stack gap="sm">
          <TextInput
            name="name"
            label={joinText.storeName}
            error={fields.errorOf("name")}
            required
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <ErrorAlert message={create.errorMessage} />
          <Button type="submit" size="md" loading={create.isRunning}>
            {joinText.createStore}
          </Button>
        </Stack>
      </form>
      <Text size="sm" c="dimmed">
        {joinText.signedInAs(email)}{" "}
        <Anchor component="button" type="button" onClick={() => void signOut()}>
          {joinText.signOut}
        </Anchor>
      </Text>
    </StandalonePage>
  );
}
