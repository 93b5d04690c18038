import { expect, it, vi } from "vitest";
import { newSecretToken } from "../../../convex/lib/secretToken";
import {
  aMember,
  anInvitation,
  api,
  aStore,
  DAY,
  errorCodeOf,
  type Session,
  useFakeClock,
} from "../../support";

useFakeClock();

it("an invitation link lets one person in once, with the role that the owner chose", async () => {
  const store = await aStore();
  const { businessAccountId, t } = store;
  const { token } = await anInvitation(store, "viewer");
  expect(await store.query(api.accounts.invitations.list)).toMatchObject([
    { label: "Ann, packing", role: "viewer", expiresAt: Date.now() + 7 * DAY },
  ]);
  const ann = await aMember(t, undefined);
  expect(await ann.action(api.accounts.invitations.accept, { token })).toBe(businessAccountId);
  expect((await ann.query(api.accounts.businesses.mine, {})).businesses).toMatchObject([
    { businessAccountId, role: "viewer" },
  ]);
  expect(await store.query(api.accounts.invitations.list)).toEqual([]);
  const bob = await aMember(t, undefined);
  expect(await errorCodeOf(bob.action(api.accounts.invitations.accept, { token }))).toBe("invitationInvalid");
});

it("an invitation's secret is stored as a hash only", async () => {
  const store = await aStore();
  const { token } = await anInvitation(store);
  expect(token).toMatch(/^[\w-]{43}$/);
  const stored = await store.t.run((ctx) => ctx.db.query("invitations").take(10));
  expect(stored).toHaveLength(1);
  expect(JSON.stringify(stored)).not.toContain(token);
});

it("an invitation that is expired, revoked, invented or opened without signing in is refused", async () => {
  const store = await aStore();
  const { t } = store;
  const ann = await aMember(t, undefined);
  const accept = (token: string, as: Pick<Session, "action"> = ann) =>
    errorCodeOf(as.action(api.accounts.invitations.accept, { token }));
  const expired = await anInvitation(store);
  vi.advanceTimersByTime(7 * DAY);
  expect(await accept(expired.token)).toBe("invitationInvalid");
  const revoked = await anInvitation(store);
  const [, open] = await store.query(api.accounts.invitations.list);
  if (!open) throw new Error("There is no second invitation.");
  await store.mutation(api.accounts.invitations.revoke, { invitationId: open.invitationId });
  expect(await accept(revoked.token)).toBe("invitationInvalid");
  expect(await accept("f".repeat(64))).toBe("invitationInvalid");
  expect(await accept("x")).toBe("invitationInvalid");
  expect(await accept((await anInvitation(store)).token, t)).toBe("notSignedIn");
});

it("an invitation that a member opens stays good for the person it is meant for", async () => {
  const store = await aStore();
  const { token } = await anInvitation(store);
  expect(await errorCodeOf(store.owner.action(api.accounts.invitations.accept, { token }))).toBe(
    "alreadyMember",
  );
  const ann = await aMember(store.t, undefined);
  expect(await errorCodeOf(ann.action(api.accounts.invitations.accept, { token }))).toBe("allowed");
});

it("whoever has an invitation link reads which store it is for, who invites and with which role", async () => {
  const store = await aStore();
  const { token } = await anInvitation(store, "viewer");
  const describe = (secret: string) => store.t.action(api.accounts.invitations.describe, { token: secret });
  expect(await describe(token)).toEqual({
    storeName: "Angry Bricks",
    role: "viewer",
    invitedBy: expect.stringMatching(/^person\d+$/) as string,
    expiresAt: Date.now() + 7 * DAY,
  });
  vi.advanceTimersByTime(7 * DAY);
  expect(await errorCodeOf(describe(token))).toBe("invitationInvalid");
  expect(await errorCodeOf(describe("x"))).toBe("invitationInvalid");
});

it("one address can try sixty unknown invitation links at once, and known ones still open from there", async () => {
  const store = await aStore();
  const { token } = await anInvitation(store);
  const describe = (secret: string) =>
    errorCodeOf(store.t.action(api.accounts.invitations.describe, { token: secret }));
  for (let count = 0; count < 60; count += 1)
    expect(await describe(newSecretToken())).toBe("invitationInvalid");
  expect(await describe(newSecretToken())).toBe("tooManyAttempts");
  expect(await describe(token)).toBe("allowed");
});
