import type { FunctionArgs } from "convex/server";
import { expect, it, vi } from "vitest";
import {
  aBackend,
  anInvitation,
  api,
  aStore,
  attempt,
  type Backend,
  errorCodeOf,
  HOME,
  internal,
  isSignedIn,
  MINUTE,
  sessionOf,
  useFakeClock,
  useSignInKeys,
} from "../../support";

useFakeClock();

useSignInKeys();

const ann = { email: "ann@example.com", password: "four words in a row" };
const ELSEWHERE = "198.51.100.9";

/** Counts an attempt without the password's hash, which takes its time. Returns how long to wait, in milliseconds. */
async function admit(t: Backend, args: FunctionArgs<typeof internal.accounts.signInLimits.admit>) {
  return await t.mutation(internal.accounts.signInLimits.admit, args);
}

/** A backend on which Ann has an account, which she made at home. */
async function aBackendWithAnn(): Promise<Backend> {
  const t = aBackend();
  expect(await attempt(t, { ...ann, flow: "signUp" })).toBe("allowed");
  return t;
}

it("an account signs in with its password, in whatever case the e-mail is typed, and with no other", async () => {
  const t = await aBackendWithAnn();
  expect(await attempt(t, { ...ann, email: " Ann@Example.com " })).toBe("allowed");
  expect(await attempt(t, { ...ann, password: "four words in a cow" })).toBe("credentialsInvalid");
  expect(await attempt(t, { ...ann, email: "bob@example.com" })).toBe("credentialsInvalid");
  const [account] = await t.run((ctx) => ctx.db.query("authAccounts").take(1));
  expect(account?.secret).toMatch(/^pbkdf2-sha256\$600000\$/);
});

it.each(["signIn", "signUp"] as const)(
  "guesses of a password by %s are slowed down after five at once, and one is admitted each half minute",
  async (flow) => {
    const t = await aBackendWithAnn();
    const guess = () => attempt(t, { ...ann, password: "a guess that is wrong", flow, from: ELSEWHERE });
    const codes = await Promise.all(Array.from({ length: 12 }, guess));
    expect(codes.filter((code) => code === "credentialsInvalid")).toHaveLength(5);
    expect(codes.filter((code) => code === "tooManyAttempts")).toHaveLength(7);
    expect(await attempt(t, { ...ann, from: ELSEWHERE })).toBe("tooManyAttempts");
    vi.advanceTimersByTime(MINUTE / 2);
    expect(await guess()).toBe("credentialsInvalid");
    expect(await guess()).toBe("tooManyAttempts");
  },
);

it("guesses from many addresses are slowed down together, and do not keep the person out who signs in from home", async () => {
  const t = await aBackendWithAnn();
  // The sign-up was the first of twenty attempts from addresses that were not known.
  const waits = [];
  for (let machine = 1; machine <= 20; machine += 1) {
    waits.push(await admit(t, { email: ann.email, address: `198.51.100.${machine}`, flow: "signIn" }));
  }
  expect(waits.findIndex((waitMs) => waitMs > 0)).toBe(19);
  expect(await attempt(t, { ...ann, from: "192.0.2.1" })).toBe("tooManyAttempts");
  expect(await attempt(t, ann)).toBe("allowed");
});

it("a right password ends the wait that the mistakes before it caused", async () => {
  const t = await aBackendWithAnn();
  const mistake = () => attempt(t, { ...ann, password: "four words in a cow" });
  for (let round = 0; round < 2; round += 1) {
    for (let mistakes = 0; mistakes < 4; mistakes += 1) expect(await mistake()).toBe("credentialsInvalid");
    expect(await attempt(t, ann)).toBe("allowed");
  }
});

it("a sign-up with the e-mail and password of an account that exists signs in, and makes no second account", async () => {
  const t = await aBackendWithAnn();
  expect(await attempt(t, { ...ann, flow: "signUp" })).toBe("allowed");
  expect(await t.run((ctx) => ctx.db.query("authAccounts").take(5))).toHaveLength(1);
});

it.each([
  ["of nine characters", "123 45678", "passwordTooShort"],
  ["of five megabytes", "x".repeat(5_000_000), "passwordTooLong"],
  ["that is the e-mail", "BOB.THE.BUILDER@example.com", "passwordIsEmail"],
  ["that is the e-mail's name", "bob.the.builder", "passwordIsEmail"],
  ["that many people have", "Password123", "passwordCommon"],
  ["of one character", "aaaaaaaaaaaa", "passwordCommon"],
  ["that counts", "1234567890", "passwordCommon"],
])("a new account with a password %s is refused with the reason", async (_, password, code) => {
  const t = aBackend();
  const bob = { email: "bob.the.builder@example.com", password, flow: "signUp" as const };
  expect(await attempt(t, bob)).toBe(code);
  expect(await t.run((ctx) => ctx.db.query("users").take(1))).toEqual([]);
});

it("new accounts are refused where sign-up is closed, and accounts that exist still sign in", async () => {
  const t = await aBackendWithAnn();
  process.env.SIGN_UP = "closed";
  try {
    expect(await attempt(t, { email: "b@example.com", password: "another password", flow: "signUp" })).toBe(
      "signUpClosed",
    );
    expect(await attempt(t, ann)).toBe("allowed");
  } finally {
    delete process.env.SIGN_UP;
  }
});

it("a person with an open invitation makes an account where sign-up is closed, and nobody does with an invented one", async () => {
  const store = await aStore();
  const { token } = await anInvitation(store);
  const bob = { email: "bob@example.com", password: "another password", flow: "signUp" as const };
  process.env.SIGN_UP = "closed";
  try {
    expect(await attempt(store.t, { ...bob, invitation: `${token.slice(1)}x` })).toBe("signUpClosed");
    expect(await attempt(store.t, { ...bob, invitation: token })).toBe("allowed");
  } finally {
    delete process.env.SIGN_UP;
  }
});

it("new accounts from one address are slowed down after thirty, and those from others are not", async () => {
  const t = aBackend();
  const signUp = (number: number, address: string) =>
    admit(t, { email: `p${number}@example.com`, address, flow: "signUp" });
  for (let number = 0; number < 30; number += 1) expect(await signUp(number, HOME)).toBe(0);
  expect(await signUp(30, HOME)).toBeGreaterThan(0);
  expect(await signUp(31, ELSEWHERE)).toBe(0);
});

it("a session's token is refused as soon as the person has signed out", async () => {
  const t = await aBackendWithAnn();
  const session = await sessionOf(t, ann);
  expect(await isSignedIn(session)).toBe("allowed");
  await session.action(api.auth.signOut, {});
  expect(await isSignedIn(session)).toBe("notSignedIn");
});

it("signing out everywhere ends every session of the person, and none of another", async () => {
  const t = await aBackendWithAnn();
  const bob = { email: "bob@example.com", password: "another four words" };
  expect(await attempt(t, { ...bob, flow: "signUp" })).toBe("allowed");
  const sessions = [await sessionOf(t, ann), await sessionOf(t, ann)];
  const bobs = await sessionOf(t, bob);
  await sessions[0]?.action(api.accounts.passwordSignIn.signOutEverywhere, {});
  for (const session of sessions) expect(await isSignedIn(session)).toBe("notSignedIn");
  expect(await isSignedIn(bobs)).toBe("allowed");
});

it("a changed password replaces the old one and ends the person's other sessions, after the old one was given", async () => {
  const t = await aBackendWithAnn();
  const here = await sessionOf(t, ann);
  const elsewhere = await sessionOf(t, ann);
  const change = (present: string, next: string) =>
    errorCodeOf(here.action(api.accounts.passwordSignIn.changePassword, { present, next }));
  expect(await change("a guess that is wrong", "five words in a row")).toBe("credentialsInvalid");
  expect(await change(ann.password, "short")).toBe("passwordTooShort");
  expect(await change(ann.password, "five words in a row")).toBe("allowed");
  expect([await isSignedIn(here), await isSignedIn(elsewhere)]).toEqual(["allowed", "notSignedIn"]);
  expect(await attempt(t, ann)).toBe("credentialsInvalid");
  expect(await attempt(t, { ...ann, password: "five words in a row" })).toBe("allowed");
});
