/** How often a store's unread notifications are asked for: as often as the cron beats, or less, as its owner chooses. */
import { ConvexError, v } from "convex/values";
import type { Doc, Id } from "../../_generated/dataModel";
import { mutation, type QueryCtx } from "../../_generated/server";
import { requireMember } from "../../accounts/access";
import { findActivity } from "./activity";
import { findCredential } from "./credentials";

/** The beat of the cron, and the shortest interval. */
export const POLL_INTERVAL_MINUTES = 3;

/** Multiples of the beat. Each poll is one of the day's calls. */
const INTERVALS: readonly number[] = [3, 6, 15, 30, 60];

export function pollIntervalOf({ pollIntervalMinutes }: Doc<"marketplaceCredentials">): number {
  return pollIntervalMinutes ?? POLL_INTERVAL_MINUTES;
}

/** Whether this beat is the store's: more than its interval less one beat has passed since the last poll. */
export function isBeatDue(intervalMinutes: number, lastPolledAt: number | undefined, now: number): boolean {
  if (intervalMinutes <= POLL_INTERVAL_MINUTES || lastPolledAt === undefined) return true;
  return now - lastPolledAt > (intervalMinutes - POLL_INTERVAL_MINUTES) * 60_000;
}

export async function isPollDue(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  now: number,
): Promise<boolean> {
  const credential = await findCredential(ctx, businessAccountId);
  if (credential === null) return false;
  const activity = await findActivity(ctx, businessAccountId);
  return isBeatDue(pollIntervalOf(credential), activity?.lastPolledAt, now);
}

/** Sets the interval. Throws ConvexError `notConnected` or `intervalInvalid`. */
export const set = mutation({
  args: { businessAccountId: v.id("businessAccounts"), minutes: v.number() },
  returns: v.null(),
  handler: async (ctx, { businessAccountId, minutes }) => {
    await requireMember(ctx, businessAccountId, "owner");
    if (!INTERVALS.includes(minutes)) {
      throw new ConvexError({
        code: "intervalInvalid",
        message: `Choose one of ${INTERVALS.join(", ")} minutes.`,
      });
    }
    const credential = await findCredential(ctx, businessAccountId);
    if (credential === null) {
      throw new ConvexError({ code: "notConnected", message: "Connect BrickLink first." });
    }
    await ctx.db.patch("marketplaceCredentials", credential._id, { pollIntervalMinutes: minutes });
    return null;
  },
});
