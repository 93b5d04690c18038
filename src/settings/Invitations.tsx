import { Button, Group, NativeSelect, Stack, Text, TextInput, Title } from "@mantine/core";
import { useAction, useMutation, useQuery } from "convex/react";
import { useState, type SyntheticEvent } from "react";
import { api } from "../../convex/_generated/api";
import { ErrorAlert } from "../ui/ErrorAlert";
import list from "../ui/list.module.css";
import { relativeTime } from "../ui/time";
import { formatDateTime, useNow } from "../ui/time";
import { missingError } from "../ui/fieldText";
import { useFieldErrors } from "../ui/useFieldErrors";
import { useAsyncTask } from "../ui/useAsyncTask";
import classes from "./people.module.css";
import { isRole, roleLabel, roleOptions, type Role } from "../account/roleText";
import { peopleText } from "./peopleText";
import { SecretUrl } from "./SecretUrl";
import type { BusinessId } from "./types";

const text = peopleText.invitations;

/** The token follows "#", because browsers do not send that part to a server, where it would be logged. */
function invitationUrl(token: string): string {
  return `${window.location.origin}/join#${token}`;
}

/** A form that creates invitation links, and the list of those not used yet. Each link admits one person. */
export function Invitations({ businessAccountId }: { businessAccountId: BusinessId }) {
  const invitations = useQuery(api.accounts.invitations.list, { businessAccountId });
  const revoke = useAsyncTask(useMutation(api.accounts.invitations.revoke));
  const now = useNow();
  return (
    <>
      <InviteForm businessAccountId={businessAccountId} />
      <ErrorAlert message={revoke.errorMessage} />
      {invitations !== undefined && invitations.length > 0 && (
        <>
          <Title order={3} mt="md">
            {text.notUsed}
          </Title>
          <ul className={list.divided} aria-label={text.label}>
            {invitations.map(({ invitationId, label, role, expiresAt }) => (
              <li key={invitationId} className={classes.person}>
                <span className={classes.name}>
                  <strong>{label}</strong>, {roleLabel(role)}
                  <Text size="sm" c="dimmed" title={formatDateTime(expiresAt)}>
                    {expiresAt <= now ? text.expired : text.expires(relativeTime(expiresAt, now))}
                  </Text>
                </span>
                <Button
                  variant="default"
                  aria-label={text.takeBackOf(label)}
                  onClick={() => revoke.run({ businessAccountId, invitationId })}
                >
                  {text.takeBack}
                </Button>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}

function InviteForm({ businessAccountId }: { businessAccountId: BusinessId }) {
  const create = useAction(api.accounts.invitations.create);
  const [label, setLabel] = useState("");
  const [role, setRole] = useState<Role>("staff");
  const [link, setLink] = useState<string | null>(null);
  const invite = useAsyncTask(async () => {
    const { token } = await create({ businessAccountId, role, label });
    setLink(invitationUrl(token));
    setLabel("");
  });
  const fields = useFieldErrors();
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const errors = {
      label: missingError(label, text.whomMissing),
    };
    if (fields.check(event.currentTarget, errors)) invite.run();
  };
  return (
    <form noValidate onSubmit={submit} onChange={fields.clear}>
      <Title order={3} mt="md" mb="xs">
        {text.invite}
      </Title>
      <Stack gap="sm">
        <div className={classes.invite}>
          <TextInput
            name="label"
            label={text.whom}
            error={fields.errorOf("label")}
            placeholder={text.whomExample}
            required
            maxLength={80}
            value={label}
            onChange={(event) => setLabel(event.currentTarget.value)}
          />
          <NativeSelect
            label={text.role}
            data={roleOptions}
            value={role}
            onChange={({ currentTarget: { value } }) => {
              if (isRole(value)) setRole(value);
            }}
          />
        </div>
        <ErrorAlert message={invite.errorMessage} />
        <Group>
          <Button type="submit" loading={invite.isRunning}>
            {text.make}
          </Button>
        </Group>
        {link !== null && <SecretUrl url={link} text={text.send} testId="invitation" />}
      </Stack>
    </form>
  );
}
