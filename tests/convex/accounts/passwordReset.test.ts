import { afterEach, expect, it, vi } from "vitest";
import { newSecretToken } from "../../../convex/lib/secretToken";
import {
  aBackend,
  anInvitation,
  api,
  aStore,
  attempt,
  auditLogOf,
  type Backend,
  DAY,
  errorCodeOf,
  HOUR,
  internal,
  isSignedIn,
  type Session,
  sessionOf,
  type Store,
  useFakeClock,
  useSignInKeys,
} from "../../support";

useFakeClock();
useSignInKeys();

const { passwordReset } = api.accounts;

const ann = { email: "ann@example.com", password: "four words in a row" };
const renewed = { email: ann.email, password: "five words in a row" };

async function joinAs(store: Store, session: Session): Promise<void> {
  await session.action(api.accounts.invitations.accept, await anInvitation(store));
}

/** A store with Ann on its staff, who has signed in. */
async function aStoreWithAnn(): Promise<{ store: Store; session: Session }> {
  const store = await aStore();
  await attempt(store.t, { ...ann, flow: "signUp" });
  const session = await sessionOf(store.t, ann);
  await joinAs(store, session);
  return { store, session };
}

async function memberIdOf(store: Store, email: string) {
  const people = await store.query(api.accounts.people.list);
  const person = people.find((listed) => listed.email === email);
  if (!person) throw new Error(`${email} is no member.`);
  return person.memberId;
}

async function linkBy(owner: Store, email = ann.email): Promise<string> {
  const memberId = await memberIdOf(owner, email);
  return (await owner.action(passwordReset.createForMember, { memberId })).token;
}

const setPassword = (t: Backend, token: string, password = renewed.password) =>
  errorCodeOf(t.action(passwordReset.setPassword, { token, password }));

it("an owner's link lets a member set a new password once, and ends the member's sessions", async () => {
  const { store, session } = await aStoreWithAnn();
  const token = await linkBy(store);
  expect(await setPassword(store.t, token, "short")).toBe("passwordTooShort");
  expect(await store.t.action(passwordReset.setPassword, { token, password: renewed.password })).toEqual({
    email: ann.email,
  });
  expect(await isSignedIn(session)).toBe("notSignedIn");
  expect(await attempt(store.t, ann)).toBe("credentialsInvalid");
  expect(await attempt(store.t, renewed)).toBe("allowed");
  expect(await setPassword(store.t, token)).toBe("resetInvalid");
  const deeds = (await auditLogOf(store)).map(({ person, deed }) => [person, deed.action]);
  expect(deeds.slice(0, 2)).toEqual([
    ["ann", "newPasswordSet"],
    [expect.stringMatching(/^person/), "newPasswordLinkMade"],
  ]);
});

it("a link to a new password is stored as a hash only", async () => {
  const { store } = await aStoreWithAnn();
  const token = await linkBy(store);
  const stored = await store.t.run((ctx) => ctx.db.query("passwordResets").take(5));
  expect(stored).toHaveLength(1);
  expect(JSON.stringify(stored)).not.toContain(token);
});

it("a link works for a day, only the newest of a person works, and an invented one does not", async () => {
  const { store } = await aStoreWithAnn();
  const [older, newer] = [await linkBy(store), await linkBy(store)];
  expect(await setPassword(store.t, older)).toBe("resetInvalid");
  vi.advanceTimersByTime(DAY);
  expect(await setPassword(store.t, newer)).toBe("resetInvalid");
  expect(await setPassword(store.t, newSecretToken())).toBe("resetInvalid");
  expect(await setPassword(store.t, "x")).toBe("resetInvalid");
});

it("an owner gets no link for a person who belongs to another store too, before or after it is made", async () => {
  const { store, session } = await aStoreWithAnn();
  const token = await linkBy(store);
  const other = await aStore(store.t);
  await joinAs(other, session);
  expect(await setPassword(store.t, token)).toBe("resetInvalid");
  expect(await errorCodeOf(linkBy(store))).toBe("resetNotAllowed");
  expect(await errorCodeOf(linkBy(other))).toBe("resetNotAllowed");
  expect(await isSignedIn(session)).toBe("allowed");
});

it("a link that an owner made does not work for a person who was removed, nor can owners make one for themselves", async () => {
  const { store } = await aStoreWithAnn();
  const token = await linkBy(store);
  await store.mutation(api.accounts.people.remove, { memberId: await memberIdOf(store, ann.email) });
  expect(await setPassword(store.t, token)).toBe("resetInvalid");
  const [you] = await store.query(api.accounts.people.list);
  if (!you?.isYou) throw new Error("The owner is not the only member.");
  expect(await errorCodeOf(store.action(passwordReset.createForMember, { memberId: you.memberId }))).toBe(
    "resetNotAllowed",
  );
});

it("the operator makes a link for any account, and learns of an e-mail that has none", async () => {
  const t = aBackend();
  await attempt(t, { ...ann, flow: "signUp" });
  const link = await t.action(internal.accounts.passwordReset.createLink, { email: "Ann@example.com" });
  expect(link).toMatch(/^https:\/\/orders\.test\/new-password#[\w-]{43}$/);
  expect(await setPassword(t, link.split("#")[1] ?? "")).toBe("allowed");
  await expect(t.action(internal.accounts.passwordReset.createLink, { email: "b@x.test" })).rejects.toThrow(
    "no account",
  );
});

/** What was posted to Resend. */
function useResend(): { to: string; text: string }[] {
  process.env.AUTH_RESEND_KEY = "re_test";
  process.env.EMAIL_FROM = "orders@example.com";
  const sent: { to: string; text: string }[] = [];
  vi.stubGlobal("fetch", (_url: string, { body }: { body: string }) => {
    sent.push(JSON.parse(body) as { to: string; text: string });
    return Promise.resolve(new Response("{}"));
  });
  return sent;
}

afterEach(() => {
  delete process.env.AUTH_RESEND_KEY;
  delete process.env.EMAIL_FROM;
  vi.unstubAllGlobals();
});

const request = (t: Backend, email: string) => errorCodeOf(t.action(passwordReset.requestByEmail, { email }));

it("a link comes by e-mail for an hour, three at once, and the answer does not tell whether there is an account", async () => {
  const t = aBackend();
  await attempt(t, { ...ann, flow: "signUp" });
  expect(await request(t, ann.email)).toBe("emailNotConfigured");
  const sent = useResend();
  expect(await t.query(api.accounts.passwordSignIn.options, {})).toMatchObject({ isResetByEmail: true });
  for (const email of [ann.email, "nobody@example.com"]) {
    for (let mail = 0; mail < 3; mail += 1) expect(await request(t, email)).toBe("allowed");
    expect(await request(t, email)).toBe("tooManyAttempts");
  }
  await t.finishAllScheduledFunctions(vi.runAllTimers);
  expect(sent.map(({ to }) => to)).toEqual([ann.email, ann.email, ann.email]);
  const tokens = sent.map(({ text }) => /new-password#([\w-]{43})/.exec(text)?.[1] ?? "");
  const newest = tokens.at(-1) ?? "";
  expect(await setPassword(t, tokens[0] ?? "")).toBe("resetInvalid");
  expect(await setPassword(t, newest, "short")).toBe("passwordTooShort");
  vi.advanceTimersByTime(HOUR);
  expect(await setPassword(t, newest)).toBe("resetInvalid");
});
