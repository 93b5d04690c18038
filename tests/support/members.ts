/** People who have signed in, as members of a store or not. */
import type { Doc, Id } from "../../convex/_generated/dataModel";
import type { Backend } from "./backend";

/** The backend as one signed-in person calls it. */
export type Session = ReturnType<Backend["withIdentity"]>;

let signedUp = 0;

const SESSION_MS = 30 * 24 * 60 * 60_000;

/** A person who has signed in: a member of the store in the given role, or of no store when it is `undefined`. */
export async function aMember(
  t: Backend,
  businessAccountId: Id<"businessAccounts"> | undefined,
  role: Doc<"members">["role"] = "owner",
): Promise<Session> {
  signedUp += 1;
  const subject = await t.run(async (ctx) => {
    const id = await ctx.db.insert("users", { email: `person${signedUp}@example.com` });
    if (businessAccountId) {
      await ctx.db.insert("members", { businessAccountId, userId: id, role, joinedAt: Date.now() });
    }
    const expirationTime = Date.now() + SESSION_MS;
    return `${id}|${await ctx.db.insert("authSessions", { userId: id, expirationTime })}`;
  });
  return t.withIdentity({ subject });
}
