/**
 * Sign-in by e-mail and password. @convex-dev/auth keeps accounts, sessions and tokens. Its own Password provider is not used: it
 * hashes within a transaction, checks a known account's password on sign-up without counting, and locks an account for everybody.
 */
import { ConvexCredentials } from "@convex-dev/auth/providers/ConvexCredentials";
import {
  createAccount,
  getAuthSessionId,
  invalidateSessions,
  modifyAccountCredentials,
} from "@convex-dev/auth/server";
import type { GenericActionCtx, GenericDataModel } from "convex/server";
import { ConvexError, v } from "convex/values";
import { z } from "zod";
import { internal } from "../_generated/api";
import type { Doc, Id } from "../_generated/dataModel";
import { action, env, internalQuery, query, type ActionCtx, type QueryCtx } from "../_generated/server";
import { hashSecretToken, isSecretToken } from "../lib/secretToken";
import { callerAddress, requireSignedIn, requireSignedInInAction } from "./access";
import { isEmailConfigured } from "./email";
import {
  hashPassword,
  isPassword,
  PASSWORD_LENGTH_MAX,
  passwordProblem,
  type PasswordProblem,
} from "./passwords";
import { tooManyAttempts } from "./signInLimits";

/** The name under which @convex-dev/auth keeps accounts of this kind. */
export const PROVIDER = "password";

/** RFC 5321 allows 254 characters. */
const EMAIL_LENGTH_MAX = 254;

const parameters = z.object({
  flow: z.enum(["signIn", "signUp"]),
  email: z.string(),
  password: z.string(),
  /** The secret token of an invitation, with which a person may sign up where that is closed. */
  invitation: z.string().optional(),
});
type Parameters = z.infer<typeof parameters>;

/** What @convex-dev/auth's helpers take: a context of any schema. */
type AuthCtx = GenericActionCtx<GenericDataModel>;

/**
 * A context as @convex-dev/auth's helpers take it. The library's types do not know that our optional fields are never undefined
 * (exactOptionalPropertyTypes).
 */
export function authCtxOf(ctx: ActionCtx): AuthCtx {
  return ctx as unknown as AuthCtx;
}

const messages: Record<PasswordProblem, string> = {
  passwordTooShort: "Use a password of at least 10 characters.",
  passwordTooLong: `Use a password of at most ${PASSWORD_LENGTH_MAX} characters.`,
  passwordIsEmail: "Use a password that is not your e-mail address.",
  passwordCommon:
    "That is one of the passwords that are tried first. Use another, e.g. four words that do not belong together.",
};

function refusal(code: string, message: string): ConvexError<{ code: string; message: string }> {
  return new ConvexError({ code, message });
}

/** The same for an unknown e-mail and a wrong password, so that the answer does not tell who has an account. */
const wrongCredentials = () =>
  refusal("credentialsInvalid", "E-mail and password do not match an account here.");

/** The address in lower case. Throws ConvexError `emailInvalid`. */
export function checkedEmail(sent: string): string {
  const email = sent.trim().toLowerCase();
  if (email.length > EMAIL_LENGTH_MAX || !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    throw refusal("emailInvalid", "That is not an e-mail address.");
  }
  return email;
}

/** Throws ConvexError `passwordTooShort`, `passwordTooLong`, `passwordIsEmail` or `passwordCommon`. */
export function checkNewPassword(email: string, password: string): void {
  const problem = passwordProblem(password, email);
  if (problem !== null) throw refusal(problem, messages[problem]);
}

/** Throws where no new account is wanted, or not with this password. */
async function checkSignUp(ctx: AuthCtx, { email, password, invitation }: Parameters): Promise<void> {
  const isInvited = async () =>
    invitation !== undefined &&
    isSecretToken(invitation) &&
    (await ctx.runQuery(internal.accounts.invitations.findOpen, {
      tokenHash: await hashSecretToken(invitation),
      at: Date.now(),
    })) !== null;
  if (env.SIGN_UP === "closed" && !(await isInvited())) {
    throw refusal(
      "signUpClosed",
      "New accounts are closed here. Ask the owner of the store for an invitation.",
    );
  }
  checkNewPassword(email, password);
}

/** What the sign-in page offers besides signing in. */
// eslint-disable-next-line @convex-dev/require-access-control -- it is shown before anybody has signed in.
export const options = query({
  args: {},
  returns: v.object({ isSignUpOpen: v.boolean(), isResetByEmail: v.boolean() }),
  handler: () => ({ isSignUpOpen: env.SIGN_UP !== "closed", isResetByEmail: isEmailConfigured() }),
});

/** The account of an e-mail in lower case; null when there is none. */
export async function accountOf(ctx: QueryCtx, email: string): Promise<Doc<"authAccounts"> | null> {
  return await ctx.db
    .query("authAccounts")
    .withIndex("providerAndAccountId", (q) => q.eq("provider", PROVIDER).eq("providerAccountId", email))
    .unique();
}

/** The stored password of an account, and whose it is; null when there is no account of this e-mail. */
export const findAccount = internalQuery({
  args: { email: v.string() },
  returns: v.union(v.null(), v.object({ userId: v.id("users"), secret: v.union(v.string(), v.null()) })),
  handler: async (ctx, { email }) => {
    const account = await accountOf(ctx, email);
    return account && { userId: account.userId, secret: account.secret ?? null };
  },
});

/** Counts an attempt from the caller's address, and returns that. Throws ConvexError `tooManyAttempts`. */
async function admitAttempt(ctx: AuthCtx, email: string, flow: Parameters["flow"]): Promise<string> {
  const address = await callerAddress(ctx);
  const waitMs = await ctx.runMutation(internal.accounts.signInLimits.admit, { email, address, flow });
  if (waitMs > 0) throw tooManyAttempts(waitMs);
  return address;
}

/**
 * Throws where the password is not the account's, having counted the attempt. Returns whose account it is. Throws ConvexError
 * `tooManyAttempts` or `credentialsInvalid`.
 */
async function checkPassword(ctx: AuthCtx, email: string, password: string): Promise<Id<"users">> {
  if (password.length > PASSWORD_LENGTH_MAX) throw wrongCredentials();
  const address = await admitAttempt(ctx, email, "signIn");
  const account = await ctx.runQuery(internal.accounts.passwordSignIn.findAccount, { email });
  const isRight = await isPassword(password, account?.secret ?? null);
  if (account === null || !isRight) throw wrongCredentials();
  await ctx.runMutation(internal.accounts.signInLimits.succeed, { email, address });
  return account.userId;
}

/** Makes an account, or signs in where there is one of this e-mail with this password. */
async function signUp(ctx: AuthCtx, email: string, password: string): Promise<Id<"users">> {
  if ((await ctx.runQuery(internal.accounts.passwordSignIn.findAccount, { email })) !== null) {
    return await checkPassword(ctx, email, password);
  }
  const address = await admitAttempt(ctx, email, "signUp");
  const { user } = await createAccount(ctx, {
    provider: PROVIDER,
    account: { id: email, secret: await hashPassword(password) },
    profile: { email },
  });
  await ctx.runMutation(internal.accounts.signInLimits.succeed, { email, address });
  return user._id;
}

/**
 * The person who may sign in. Throws ConvexError `emailInvalid`, `signUpClosed`, `passwordTooShort`, `passwordTooLong`,
 * `passwordIsEmail`, `passwordCommon`, `tooManyAttempts` or `credentialsInvalid`.
 */
async function authorize(ctx: AuthCtx, sent: Parameters): Promise<Id<"users">> {
  const email = checkedEmail(sent.email);
  if (sent.flow === "signIn") return await checkPassword(ctx, email, sent.password);
  await checkSignUp(ctx, { ...sent, email });
  return await signUp(ctx, email, sent.password);
}

export const passwordSignIn = ConvexCredentials({
  id: PROVIDER,
  authorize: async (credentials, ctx) => {
    const sent = parameters.safeParse(credentials);
    if (!sent.success) throw refusal("signInInvalid", "Send flow, email and password.");
    return { userId: await authorize(ctx, sent.data) };
  },
  // `createAccount` gets the hash: it runs in a transaction. It compares the secret of an account that another sign-up has just
  // created, which two hashes never share.
  crypto: {
    hashSecret: (hash) => Promise.resolve(hash),
    verifySecret: () => Promise.resolve(false),
  },
});

/** The caller's e-mail and session. Throws ConvexError `notSignedIn`. */
export const self = internalQuery({
  args: {},
  returns: v.object({ userId: v.id("users"), email: v.string(), sessionId: v.id("authSessions") }),
  handler: async (ctx) => {
    const userId = await requireSignedIn(ctx);
    const sessionId = ctx.db.normalizeId("authSessions", (await getAuthSessionId(ctx)) ?? "");
    const email = (await ctx.db.get("users", userId))?.email;
    if (sessionId === null || email === undefined)
      throw new Error(`User ${userId} has no session or e-mail.`);
    return { userId, email, sessionId };
  },
});

/**
 * Changes the caller's password and ends all of their other sessions. Throws ConvexError `credentialsInvalid` for a wrong present
 * password, `tooManyAttempts`, or as a sign-up does for the new one.
 */
export const changePassword = action({
  args: { present: v.string(), next: v.string() },
  returns: v.null(),
  handler: async (ctx, { present, next }) => {
    await requireSignedInInAction(ctx);
    const { userId, email, sessionId } = await ctx.runQuery(internal.accounts.passwordSignIn.self, {});
    checkNewPassword(email, next);
    const authCtx = authCtxOf(ctx);
    await checkPassword(authCtx, email, present);
    await modifyAccountCredentials(authCtx, {
      provider: PROVIDER,
      account: { id: email, secret: await hashPassword(next) },
    });
    await invalidateSessions(authCtx, { userId, except: [sessionId] });
    return null;
  },
});

/** Ends all sessions of the caller, the present one too. */
export const signOutEverywhere = action({
  args: {},
  returns: v.null(),
  handler: async (ctx) => {
    const userId = await requireSignedInInAction(ctx);
    await invalidateSessions(authCtxOf(ctx), { userId });
    return null;
  },
});
