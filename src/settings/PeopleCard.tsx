import { Box, NativeSelect, Skeleton, Text } from "@mantine/core";
import { useAction, useMutation, useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { useState } from "react";
import { api } from "../../convex/_generated/api";
import { NEW_PASSWORD_PATH } from "../account/AccountGate";
import { isRole, roleOptions } from "../account/roleText";
import { ConfirmButton } from "../ui/ConfirmButton";
import { Card } from "../ui/Card";
import { ErrorAlert } from "../ui/ErrorAlert";
import list from "../ui/list.module.css";
import { formatDateTime } from "../ui/time";
import { useAsyncTask } from "../ui/useAsyncTask";
import { Invitations } from "./Invitations";
import classes from "./people.module.css";
import { peopleText } from "./peopleText";
import { SecretUrl } from "./SecretUrl";
import type { BusinessId } from "./types";

type Person = FunctionReturnType<typeof api.accounts.people.list>[number];

/** The members of the store and their roles, and invitations for new ones. */
export function PeopleCard({ businessAccountId }: { businessAccountId: BusinessId }) {
  const people = useQuery(api.accounts.people.list, { businessAccountId });
  return (
    <Card title={peopleText.people}>
      <dl className={classes.roles}>
        {roleOptions.map(({ value, label, permissions }) => (
          <div key={value}>
            <dt>{label}</dt>
            <dd>{permissions}</dd>
          </div>
        ))}
      </dl>
      {people === undefined && <Skeleton height={60} />}
      <ul className={list.divided} aria-label={peopleText.people}>
        {people?.map((person) => (
          <PersonRow
            key={person.memberId}
            businessAccountId={businessAccountId}
            person={person}
            isOnlyOwner={
              person.role === "owner" && people.filter(({ role }) => role === "owner").length === 1
            }
          />
        ))}
      </ul>
      <Invitations businessAccountId={businessAccountId} />
    </Card>
  );
}

type PersonRowProps = { businessAccountId: BusinessId; person: Person; isOnlyOwner: boolean };

/** A store must keep an owner, so the only one can neither be removed nor given another role. */
function PersonRow({ businessAccountId, person, isOnlyOwner }: PersonRowProps) {
  const changeRole = useAsyncTask(useMutation(api.accounts.people.changeRole));
  const remove = useAsyncTask(useMutation(api.accounts.people.remove));
  const { memberId, email, role, joinedAt, isYou } = person;
  const createLink = useAction(api.accounts.passwordReset.createForMember);
  const [link, setLink] = useState<string | null>(null);
  const renew = useAsyncTask(async () => {
    const { token } = await createLink({ businessAccountId, memberId });
    setLink(`${window.location.origin}${NEW_PASSWORD_PATH}#${token}`);
  });
  const name = email ?? peopleText.noEmail;
  return (
    <li>
      <div className={classes.person}>
        <span className={classes.name}>
          <strong>{name}</strong> {isYou && peopleText.you}
          <Text size="sm" c="dimmed">
            {isOnlyOwner ? peopleText.onlyOwner : peopleText.since(formatDateTime(joinedAt))}
          </Text>
        </span>
        <NativeSelect
          aria-label={peopleText.roleOf(name)}
          data={roleOptions}
          value={role}
          disabled={isOnlyOwner || changeRole.isRunning}
          onChange={({ currentTarget: { value } }) => {
            if (isRole(value)) changeRole.run({ businessAccountId, memberId, role: value });
          }}
        />
        {!isYou && (
          <ConfirmButton
            label={peopleText.newPassword}
            title={peopleText.newPasswordTitle(name)}
            text={peopleText.newPasswordEffect}
            confirmLabel={peopleText.makeLink}
            isRunning={renew.isRunning}
            onConfirm={() => renew.run()}
          />
        )}
        <ConfirmButton
          label={peopleText.remove}
          title={isYou ? peopleText.leaveTitle : peopleText.removeTitle(name)}
          text={isYou ? peopleText.leaveEffect : peopleText.removeEffect}
          confirmLabel={isYou ? peopleText.leave : peopleText.remove}
          isRunning={remove.isRunning}
          isDisabled={isOnlyOwner}
          onConfirm={() => remove.run({ businessAccountId, memberId })}
        />
      </div>
      <ErrorAlert message={changeRole.errorMessage ?? remove.errorMessage ?? renew.errorMessage} />
      {link !== null && (
        <Box mt="xs">
          <SecretUrl url={link} text={peopleText.sendLink(name)} testId="new-password-link" />
        </Box>
      )}
    </li>
  );
}
