import { convexAuth } from "@convex-dev/auth/server";
import { passwordSignIn } from "./accounts/passwordSignIn";

export const { auth, signIn, signOut, store, isAuthenticated } = convexAuth({ providers: [passwordSignIn] });
