import { useAuthActions } from "@convex-dev/auth/react";
import { Anchor, Button, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation } from "convex/react";
import { useState, type SyntheticEvent } from "react";
import { api } from "../../convex/_generated/api";
import { Brand } from "../ui/Brand";
import { Entrance } from "../ui/Entrance";
import { Failure } from "../ui/Failure";
import { useTask } from "../ui/useTask";

/** What a person without a store sees: how to make one. */
export default function CreateStore({ email }: { email: string | null }) {
  const { signOut } = useAuthActions();
  const create = useTask(useMutation(api.accounts.businesses.create));
  const [name, setName] = useState("");
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    create.run({ name });
  };
  return (
    <Entrance>
      <Brand />
      <Title order={1}>Name your store</Title>
      <Text>Next you connect it to BrickLink, and its orders appear here as buyers place them.</Text>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <TextInput
            label="Store name"
            required
            maxLength={80}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Failure message={create.failure} />
          <Button type="submit" size="md" loading={create.isRunning}>
            Create store
          </Button>
        </Stack>
      </form>
      <Text size="sm" c="dimmed">
        Signed in as {email ?? "an account without e-mail"}. To join a store that exists, ask its owner.{" "}
        <Anchor component="button" type="button" onClick={() => void signOut()}>
          Sign out
        </Anchor>
      </Text>
    </Entrance>
  );
}
