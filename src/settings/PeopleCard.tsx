import { NativeSelect, Skeleton, Text } from "@mantine/core";
import { useMutation, useQuery } from "convex/react";
import type { FunctionReturnType } from "convex/server";
import { api } from "../../convex/_generated/api";
import { Confirm } from "../ui/Confirm";
import { Card } from "../ui/Card";
import { Failure } from "../ui/Failure";
import list from "../ui/list.module.css";
import { moment } from "../ui/time";
import { useTask } from "../ui/useTask";
import { Invitations } from "./Invitations";
import classes from "./people.module.css";
import { isRole, roles } from "./roles";
import type { BusinessId } from "./types";

type Person = FunctionReturnType<typeof api.accounts.people.list>[number];

/** Who belongs to the store, what they may do, and how others come in. */
export function PeopleCard({ businessAccountId }: { businessAccountId: BusinessId }) {
  const people = useQuery(api.accounts.people.list, { businessAccountId });
  return (
    <Card title="People">
      <dl className={classes.roles}>
        {roles.map(({ value, label, meaning }) => (
          <div key={value}>
            <dt>{label}</dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      {people === undefined && <Skeleton height={60} />}
      <ul className={list.divided} aria-label="People">
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

function PersonRow({ businessAccountId, person, isOnlyOwner }: PersonRowProps) {
  const change = useTask(useMutation(api.accounts.people.changeRole));
  const remove = useTask(useMutation(api.accounts.people.remove));
  const { memberId, email, role, joinedAt, isYou } = person;
  const name = email ?? "An account without e-mail";
  return (
    <li>
      <div className={classes.person}>
        <span className={classes.name}>
          <strong>{name}</strong> {isYou && "(you)"}
          <Text size="sm" c="dimmed">
            {isOnlyOwner ? "The only owner" : `Since ${moment(joinedAt)}`}
          </Text>
        </span>
        <NativeSelect
          aria-label={`Role of ${name}`}
          data={roles}
          value={role}
          disabled={isOnlyOwner || change.isRunning}
          onChange={({ currentTarget: { value } }) => {
            if (isRole(value)) change.run({ businessAccountId, memberId, role: value });
          }}
        />
        <Confirm
          label="Remove"
          title={isYou ? "Leave this store?" : `Remove ${name}?`}
          text={
            isYou
              ? "You see nothing of this store any more, at once. To come back, an owner must invite you."
              : "They see nothing of this store any more, at once. What they did stays in the ledger. You can invite them again."
          }
          confirm={isYou ? "Leave" : "Remove"}
          isRunning={remove.isRunning}
          isDisabled={isOnlyOwner}
          onConfirm={() => remove.run({ businessAccountId, memberId })}
        />
      </div>
      <Failure message={change.failure ?? remove.failure} />
    </li>
  );
}
