import { expect, it, vi } from "vitest";
import { isBeatDue } from "../../convex/marketplaces/bricklink/pollInterval";
import { aMember, api, aStore, settle, type Store, useFakeClock } from "../support/store";

useFakeClock();

const { people, invitations } = api.accounts;
const DAY_MS = 86_400_000;

async function codeOf(call: Promise<unknown>): Promise<unknown> {
  return await call.then(
    () => "allowed",
    (error: unknown) => (error as { data?: { code?: string } }).data?.code ?? String(error),
  );
}

async function invite(store: Store, role: "owner" | "staff" | "viewer" = "staff") {
  const { businessAccountId, owner } = store;
  return await owner.action(invitations.create, { businessAccountId, role, label: " Ann, packing " });
}

async function peopleOf(store: Store) {
  return await store.owner.query(people.list, { businessAccountId: store.businessAccountId });
}

it("lets one person in by a link, with the role that the owner chose, once", async () => {
  const store = await aStore();
  const { businessAccountId, t, owner } = store;
  const { token } = await invite(store, "viewer");
  expect(await owner.query(invitations.list, { businessAccountId })).toMatchObject([
    { label: "Ann, packing", role: "viewer", expiresAt: Date.now() + 7 * DAY_MS },
  ]);
  const ann = await aMember(t, undefined);
  expect(await ann.action(invitations.accept, { token })).toBe(businessAccountId);
  expect((await ann.query(api.accounts.businesses.mine, {})).businesses).toMatchObject([
    { businessAccountId, role: "viewer" },
  ]);
  expect(await owner.query(invitations.list, { businessAccountId })).toEqual([]);
  const bob = await aMember(t, undefined);
  expect(await codeOf(bob.action(invitations.accept, { token }))).toBe("invitationNotGood");
});

it("keeps of an invitation's secret only a hash", async () => {
  const store = await aStore();
  const { token } = await invite(store);
  expect(token).toMatch(/^[0-9a-f]{64}$/);
  const kept = await store.t.run((ctx) => ctx.db.query("invitations").take(10));
  expect(kept).toHaveLength(1);
  expect(JSON.stringify(kept)).not.toContain(token);
});

it("refuses an invitation that is a week old, taken back, made up, or of somebody not signed in", async () => {
  const store = await aStore();
  const { businessAccountId, t, owner } = store;
  const ann = await aMember(t, undefined);
  const accept = (token: string, as: Pick<typeof t, "action"> = ann) =>
    codeOf(as.action(invitations.accept, { token }));
  const old = await invite(store);
  vi.advanceTimersByTime(7 * DAY_MS);
  expect(await accept(old.token)).toBe("invitationNotGood");
  const taken = await invite(store);
  const [, open] = await owner.query(invitations.list, { businessAccountId });
  if (!open) throw new Error("no invitation");
  await owner.mutation(invitations.revoke, { businessAccountId, invitationId: open.invitationId });
  expect(await accept(taken.token)).toBe("invitationNotGood");
  expect(await accept("f".repeat(64))).toBe("invitationNotGood");
  expect(await accept("x")).toBe("invitationNotGood");
  expect(await accept((await invite(store)).token, t)).toBe("notSignedIn");
});

it("leaves an invitation alone that a member opens", async () => {
  const store = await aStore();
  const { token } = await invite(store);
  expect(await codeOf(store.owner.action(invitations.accept, { token }))).toBe("alreadyMember");
  const ann = await aMember(store.t, undefined);
  expect(await codeOf(ann.action(invitations.accept, { token }))).toBe("allowed");
});

it("gives people other roles and removes them, at once", async () => {
  const store = await aStore();
  const { businessAccountId, t, owner } = store;
  const ann = await aMember(t, businessAccountId, "viewer");
  const memberId = (await peopleOf(store)).find(({ isYou }) => !isYou)?.memberId;
  if (!memberId) throw new Error("nobody");
  const retry = () =>
    codeOf(ann.mutation(api.marketplaces.bricklink.deliveries.retryFailed, { businessAccountId }));
  expect(await retry()).toBe("roleTooLow");
  await owner.mutation(people.changeRole, { businessAccountId, memberId, role: "staff" });
  expect(await retry()).toBe("allowed");
  await owner.mutation(people.remove, { businessAccountId, memberId });
  expect(await retry()).toBe("notAMember");
  await settle(store, vi.runAllTimers);
});

it("never leaves a store without an owner", async () => {
  const store = await aStore();
  const { businessAccountId, t, owner } = store;
  const [you] = await peopleOf(store);
  if (!you) throw new Error("nobody");
  const { memberId } = you;
  const demote = () =>
    codeOf(owner.mutation(people.changeRole, { businessAccountId, memberId, role: "staff" }));
  expect(await demote()).toBe("lastOwner");
  expect(await codeOf(owner.mutation(people.remove, { businessAccountId, memberId }))).toBe("lastOwner");
  await aMember(t, businessAccountId, "owner");
  expect(await demote()).toBe("allowed");
});

it("shows and changes nobody of another store, and lets only owners do it", async () => {
  const store = await aStore();
  const { businessAccountId, t } = store;
  const other = await aStore(t);
  const [theirs] = await peopleOf(other);
  const { token: _token } = await invite(other);
  const [open] = await other.owner.query(invitations.list, { businessAccountId: other.businessAccountId });
  if (!theirs || !open) throw new Error("nobody");
  const { memberId } = theirs;
  const { invitationId } = open;
  expect(await codeOf(store.owner.mutation(people.remove, { businessAccountId, memberId }))).toBe("notFound");
  expect(
    await codeOf(store.owner.mutation(people.changeRole, { businessAccountId, memberId, role: "viewer" })),
  ).toBe("notFound");
  await store.owner.mutation(invitations.revoke, { businessAccountId, invitationId });
  expect(
    await other.owner.query(invitations.list, { businessAccountId: other.businessAccountId }),
  ).toHaveLength(1);

  const calls = (as: Store["owner"]) => [
    as.query(people.list, { businessAccountId }),
    as.mutation(people.remove, { businessAccountId, memberId }),
    as.mutation(people.changeRole, { businessAccountId, memberId, role: "owner" }),
    as.query(invitations.list, { businessAccountId }),
    as.mutation(invitations.revoke, { businessAccountId, invitationId }),
    as.action(invitations.create, { businessAccountId, role: "owner", label: "me" }),
    as.mutation(api.marketplaces.bricklink.pollInterval.set, { businessAccountId, minutes: 60 }),
  ];
  const staff = await aMember(t, businessAccountId, "staff");
  const codes = async (as: Store["owner"]) => [...new Set(await Promise.all(calls(as).map(codeOf)))];
  expect(await codes(staff)).toEqual(["roleTooLow"]);
  expect(await codes(other.owner)).toEqual(["notAMember"]);
});

it("polls on the beats that the owner's interval asks for", () => {
  const now = 1_000_000_000;
  const minutesAgo = (minutes: number) => now - minutes * 60_000;
  expect(isBeatDue(3, minutesAgo(1), now)).toBe(true);
  expect(isBeatDue(15, undefined, now)).toBe(true);
  expect(isBeatDue(15, minutesAgo(11.9), now)).toBe(false);
  expect(isBeatDue(15, minutesAgo(14.9), now)).toBe(true);
});

it("keeps an interval that the owner chose, and no other", async () => {
  const { businessAccountId, owner } = await aStore();
  const set = (minutes: number) =>
    codeOf(owner.mutation(api.marketplaces.bricklink.pollInterval.set, { businessAccountId, minutes }));
  expect(await set(1)).toBe("intervalInvalid");
  expect(await set(15)).toBe("allowed");
  expect(
    await owner.query(api.marketplaces.bricklink.connection.status, { businessAccountId }),
  ).toMatchObject({ pollIntervalMinutes: 15 });
});
