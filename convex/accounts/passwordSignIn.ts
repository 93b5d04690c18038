/**
 * Sign-in by e-mail and password. @convex-dev/auth keeps accounts, sessions and tokens. Its own Password provider is not used: it
 * hashes within a transaction, checks a known account's password on sign-up without counting, and locks an account for everybody.
 */
import { ConvexCredentials } from "@convex-dev/auth/providers/ConvexCredentials";
import { createAccount } from "@convex-dev/auth/server";
import type { GenericActionCtx, GenericDataModel } from "convex/server";
import { ConvexError, v } from "convex/values";
import { z } from "zod";
import { internal } from "../_generated/api";
import type { Id } from "../_generated/dataModel";
import { env, internalQuery } from "../_generated/server";
import {
  hashPassword,
  isPassword,
  PASSWORD_LENGTH_MAX,
  passwordProblem,
  type PasswordProblem,
} from "./passwords";

const PROVIDER = "password";

/** RFC 5321 allows 254 characters. */
const EMAIL_LENGTH_MAX = 254;

const parameters = z.object({
  flow: z.enum(["signIn", "signUp"]),
  email: z.string(),
  password: z.string(),
});
type Parameters = z.infer<typeof parameters>;

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

function checkedEmail(sent: string): string {
  const email = sent.trim().toLowerCase();
  if (email.length > EMAIL_LENGTH_MAX || !/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    throw refusal("emailInvalid", "That is not an e-mail address.");
  }
  return email;
}

/** Throws where no new account is wanted, or not with this password. */
function checkSignUp(email: string, password: string): void {
  if (env.SIGN_UP === "closed") {
    throw refusal("signUpClosed", "New accounts are closed here. Ask the owner of the store.");
  }
  const problem = passwordProblem(password, email);
  if (problem !== null) throw refusal(problem, messages[problem]);
}

/** A number of milliseconds in words, rounded up. */
function waitText(waitMs: number): string {
  const seconds = Math.ceil(waitMs / 1_000);
  return seconds < 100 ? `${seconds} seconds` : `${Math.ceil(seconds / 60)} minutes`;
}

/** The stored password of an account, and whose it is; null when there is no account of this e-mail. */
export const findAccount = internalQuery({
  args: { email: v.string() },
  returns: v.union(v.null(), v.object({ userId: v.id("users"), secret: v.union(v.string(), v.null()) })),
  handler: async (ctx, { email }) => {
    const account = await ctx.db
      .query("authAccounts")
      .withIndex("providerAndAccountId", (q) => q.eq("provider", PROVIDER).eq("providerAccountId", email))
      .unique();
    return account && { userId: account.userId, secret: account.secret ?? null };
  },
});

/**
 * The person who may sign in. A sign-up with the e-mail and password of an account that exists signs in. Throws ConvexError
 * `emailInvalid`, `signUpClosed`, `passwordTooShort`, `passwordTooLong`, `passwordIsEmail`, `passwordCommon`, `tooManyAttempts` or
 * `credentialsInvalid`.
 */
async function authorize(
  ctx: GenericActionCtx<GenericDataModel>,
  sent: Parameters,
): Promise<{ userId: Id<"users"> }> {
  const { flow, password } = sent;
  const email = checkedEmail(sent.email);
  if (flow === "signUp") checkSignUp(email, password);
  if (password.length > PASSWORD_LENGTH_MAX) throw wrongCredentials();

  const address = (await ctx.meta.getRequestMetadata()).ip ?? "unknown";
  const { signInLimits, passwordSignIn } = internal.accounts;
  const waitMs = await ctx.runMutation(signInLimits.admit, { email, address, flow });
  if (waitMs > 0) {
    throw refusal("tooManyAttempts", `Too many attempts. Try again in ${waitText(waitMs)}.`);
  }
  const account = await ctx.runQuery(passwordSignIn.findAccount, { email });
  if (account === null && flow === "signUp") {
    const secret = await hashPassword(password);
    const { user } = await createAccount(ctx, {
      provider: PROVIDER,
      account: { id: email, secret },
      profile: { email },
    });
    await ctx.runMutation(signInLimits.succeed, { email, address });
    return { userId: user._id };
  }
  const isRight = await isPassword(password, account?.secret ?? null);
  if (account === null || !isRight) throw wrongCredentials();
  await ctx.runMutation(signInLimits.succeed, { email, address });
  return { userId: account.userId };
}

export const passwordSignIn = ConvexCredentials({
  id: PROVIDER,
  authorize: async (credentials, ctx) => {
    const sent = parameters.safeParse(credentials);
    if (!sent.success) throw refusal("signInInvalid", "Send flow, email and password.");
    return await authorize(ctx, sent.data);
  },
  // `createAccount` gets the hash: it runs in a transaction. It compares the secret of an account that another sign-up has just
  // created, which two hashes never share.
  crypto: {
    hashSecret: (hash) => Promise.resolve(hash),
    verifySecret: () => Promise.resolve(false),
  },
});
