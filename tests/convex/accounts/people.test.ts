import { expect, it } from "vitest";
import {
  aMember,
  anInvitation,
  api,
  aStore,
  errorCodeOf,
  type Session,
  type Store,
  useFakeClock,
} from "../../support";

useFakeClock();

async function peopleOf(store: Store) {
  return await store.query(api.accounts.people.list);
}

it("a changed role and a removal take effect at the person's next call", async () => {
  const store = await aStore();
  const { businessAccountId, t } = store;
  const ann = await aMember(t, businessAccountId, "viewer");
  const memberId = (await peopleOf(store)).find(({ isYou }) => !isYou)?.memberId;
  if (!memberId) throw new Error("The store has no other member.");
  const retry = () =>
    errorCodeOf(ann.mutation(api.marketplaces.bricklink.queue.log.retryFailed, { businessAccountId }));
  expect(await retry()).toBe("roleTooLow");
  await store.mutation(api.accounts.people.changeRole, { memberId, role: "staff" });
  expect(await retry()).toBe("allowed");
  await store.mutation(api.accounts.people.remove, { memberId });
  expect(await retry()).toBe("notAMember");
  await store.runAllScheduled();
});

it("a store's last owner can neither be removed nor be given another role", async () => {
  const store = await aStore();
  const [owner] = await peopleOf(store);
  if (!owner) throw new Error("The store has no member.");
  const { memberId } = owner;
  const demote = () =>
    errorCodeOf(store.mutation(api.accounts.people.changeRole, { memberId, role: "staff" }));
  expect(await demote()).toBe("lastOwner");
  expect(await errorCodeOf(store.mutation(api.accounts.people.remove, { memberId }))).toBe("lastOwner");
  await aMember(store.t, store.businessAccountId, "owner");
  expect(await demote()).toBe("allowed");
});

it("members and invitations of another store stay hidden and unchanged, and only owners manage their own", async () => {
  const store = await aStore();
  const { businessAccountId, t } = store;
  const other = await aStore(t);
  const [theirs] = await peopleOf(other);
  await anInvitation(other);
  const [open] = await other.query(api.accounts.invitations.list);
  if (!theirs || !open) throw new Error("The other store has no member or no invitation.");
  const { memberId } = theirs;
  const { invitationId } = open;
  expect(await errorCodeOf(store.mutation(api.accounts.people.remove, { memberId }))).toBe("notFound");
  expect(
    await errorCodeOf(store.mutation(api.accounts.people.changeRole, { memberId, role: "viewer" })),
  ).toBe("notFound");
  await store.mutation(api.accounts.invitations.revoke, { invitationId });
  expect(await other.query(api.accounts.invitations.list)).toHaveLength(1);

  const callsAs = (caller: Session) => [
    caller.query(api.accounts.people.list, { businessAccountId }),
    caller.mutation(api.accounts.people.remove, { businessAccountId, memberId }),
    caller.mutation(api.accounts.people.changeRole, { businessAccountId, memberId, role: "owner" }),
    caller.query(api.accounts.invitations.list, { businessAccountId }),
    caller.mutation(api.accounts.invitations.revoke, { businessAccountId, invitationId }),
    caller.action(api.accounts.invitations.create, { businessAccountId, role: "owner", label: "me" }),
    caller.mutation(api.marketplaces.bricklink.connection.settings.setPollInterval, {
      businessAccountId,
      minutes: 60,
    }),
  ];
  const codesFor = async (caller: Session) => [
    ...new Set(await Promise.all(callsAs(caller).map(errorCodeOf))),
  ];
  const staff = await aMember(t, businessAccountId, "staff");
  expect(await codesFor(staff)).toEqual(["roleTooLow"]);
  expect(await codesFor(other.owner)).toEqual(["notAMember"]);
});
