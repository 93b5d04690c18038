import { Button, CopyButton, Group, NativeSelect, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useAction, useMutation, useQuery } from "convex/react";
import { useState, type SyntheticEvent } from "react";
import { api } from "../../convex/_generated/api";
import { Failure } from "../ui/Failure";
import list from "../ui/list.module.css";
import { when } from "../ui/soon";
import { moment, useNow } from "../ui/time";
import { useTask } from "../ui/useTask";
import classes from "./people.module.css";
import { isRole, roleLabel, roles, type Role } from "./roles";
import url from "./SecretUrl.module.css";
import type { BusinessId } from "./types";

/** After "#", which a browser sends to no server: the secret reaches nobody's log. */
function linkOf(token: string): string {
  return `${window.location.origin}/join#${token}`;
}

/** Links that let one person in. */
export function Invitations({ businessAccountId }: { businessAccountId: BusinessId }) {
  const open = useQuery(api.accounts.invitations.list, { businessAccountId });
  const revoke = useTask(useMutation(api.accounts.invitations.revoke));
  const now = useNow();
  return (
    <>
      <InviteForm businessAccountId={businessAccountId} />
      <Failure message={revoke.failure} />
      {open !== undefined && open.length > 0 && (
        <>
          <Title order={3} mt="md">
            Not used yet
          </Title>
          <ul className={list.divided} aria-label="Invitations">
            {open.map(({ invitationId, label, role, expiresAt }) => (
              <li key={invitationId} className={classes.person}>
                <span className={classes.name}>
                  <strong>{label}</strong>, {roleLabel(role)}
                  <Text size="sm" c="dimmed" title={moment(expiresAt)}>
                    {expiresAt <= now ? "Too old: make a new one" : `Good until ${when(expiresAt, now)}`}
                  </Text>
                </span>
                <Button
                  variant="default"
                  aria-label={`Take back the invitation for ${label}`}
                  onClick={() => revoke.run({ businessAccountId, invitationId })}
                >
                  Take back
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
  const invite = useTask(async () => {
    const { token } = await create({ businessAccountId, role, label });
    setLink(linkOf(token));
    setLabel("");
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    invite.run();
  };
  return (
    <form onSubmit={submit}>
      <Title order={3} mt="md" mb="xs">
        Invite somebody
      </Title>
      <Stack gap="sm">
        <div className={classes.invite}>
          <TextInput
            label="Whom it is for"
            placeholder="Name or e-mail"
            required
            maxLength={80}
            value={label}
            onChange={(event) => setLabel(event.currentTarget.value)}
          />
          <NativeSelect
            label="Role"
            data={roles}
            value={role}
            onChange={({ currentTarget: { value } }) => {
              if (isRole(value)) setRole(value);
            }}
          />
        </div>
        <Failure message={invite.failure} />
        <Group>
          <Button type="submit" loading={invite.isRunning}>
            Make an invitation link
          </Button>
        </Group>
        {link !== null && (
          <div role="status">
            <Text mb="xs">
              Send this link to them yourself. It lets one person in, for seven days, and is shown only now.
            </Text>
            <div className={url.url} data-testid="invitation">
              {link}
            </div>
            <Group mt="xs">
              <CopyButton value={link}>
                {({ copied, copy }) => (
                  <Button
                    variant="default"
                    onClick={copy}
                    leftSection={copied ? <IconCheck size={18} /> : <IconCopy size={18} />}
                  >
                    {copied ? "Copied" : "Copy the link"}
                  </Button>
                )}
              </CopyButton>
            </Group>
          </div>
        )}
      </Stack>
    </form>
  );
}
