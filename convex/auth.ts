import { Password } from "@convex-dev/auth/providers/Password";
import { convexAuth } from "@convex-dev/auth/server";
import { ConvexError } from "convex/values";
import { env } from "./_generated/server";

const PASSWORD_LENGTH_MIN = 10;
const EMAIL_SHAPE = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Sign-in by e-mail and password. Only sign-up checks the rules below, so that existing passwords keep working. */
export const { auth, signIn, signOut, store, isAuthenticated } = convexAuth({
  providers: [
    Password({
      profile(params) {
        if (params.flow === "signUp" && env.SIGN_UP === "closed") {
          throw new ConvexError({
            code: "signUpClosed",
            message: "New accounts are closed here. Ask the owner of the store.",
          });
        }
        const email = typeof params.email === "string" ? params.email.trim().toLowerCase() : "";
        if (!EMAIL_SHAPE.test(email)) {
          throw new ConvexError({ code: "emailInvalid", message: "That is not an e-mail address." });
        }
        return { email };
      },
      validatePasswordRequirements(password) {
        if (password.length < PASSWORD_LENGTH_MIN) {
          throw new ConvexError({
            code: "passwordTooShort",
            message: `Use a password of at least ${PASSWORD_LENGTH_MIN} characters.`,
          });
        }
      },
    }),
  ],
});
