/** The audit log as owners read it: who did what in their store, and when. */
import { paginationOptsValidator, paginationResultValidator } from "convex/server";
import { v, type Infer } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { mutation, query, type QueryCtx } from "../_generated/server";
import { boundedPage } from "../lib/pagination";
import { personLabel, requireMember } from "./access";
import { deedValidator, recordDeed, subjectKindValidator, type Deed } from "./deeds";

/** People offered as a filter: far more than have ever worked in one store. */
const PEOPLE_MAX = 100;

const businessArgs = { businessAccountId: v.id("businessAccounts") };

/**
 * What to show: each is one range of an index. A person and a kind of subject can be combined, null leaves them open; an order
 * or a lot stands alone. Ids are text, because they come from the address of the page.
 */
const filterValidator = v.union(
  v.object({ orderNumber: v.number() }),
  v.object({ lotId: v.string() }),
  v.object({
    userId: v.union(v.string(), v.null()),
    kind: v.union(subjectKindValidator, v.null()),
  }),
);
type Filter = Infer<typeof filterValidator>;

/** A time range in milliseconds UTC, which every filter can be combined with. `until` is not part of it. */
const rangeArgs = { from: v.union(v.number(), v.null()), until: v.union(v.number(), v.null()) };

type Range = { from: number; until: number };

const entryValidator = v.object({
  entryId: v.id("auditLog"),
  at: v.number(),
  /** Who did it, as colleagues see them; null when there is no such person any more. */
  person: v.union(v.string(), v.null()),
  deed: deedValidator,
  /** The member that the deed is about, named in the same way; null when it is about no member. */
  member: v.union(v.string(), v.null()),
});

/** The entries of a filter and a time range, newest first; null for an id that is none. */
function filtered(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  filter: Filter,
  { from, until }: Range,
) {
  const entries = ctx.db.query("auditLog");
  if ("orderNumber" in filter) {
    const { orderNumber } = filter;
    return entries.withIndex("by_order", (q) =>
      q
        .eq("businessAccountId", businessAccountId)
        .eq("deed.subject.orderNumber", orderNumber)
        .gte("at", from)
        .lt("at", until),
    );
  }
  if ("lotId" in filter) {
    const lotId = ctx.db.normalizeId("inventoryItems", filter.lotId);
    if (lotId === null) return null;
    return entries.withIndex("by_lot", (q) =>
      q
        .eq("businessAccountId", businessAccountId)
        .eq("deed.subject.lotId", lotId)
        .gte("at", from)
        .lt("at", until),
    );
  }
  const { kind } = filter;
  if (filter.userId === null) {
    return kind === null
      ? entries.withIndex("by_at", (q) =>
          q.eq("businessAccountId", businessAccountId).gte("at", from).lt("at", until),
        )
      : entries.withIndex("by_kind", (q) =>
          q
            .eq("businessAccountId", businessAccountId)
            .eq("deed.subject.kind", kind)
            .gte("at", from)
            .lt("at", until),
        );
  }
  const userId = ctx.db.normalizeId("users", filter.userId);
  if (userId === null) return null;
  return kind === null
    ? entries.withIndex("by_person", (q) =>
        q.eq("businessAccountId", businessAccountId).eq("userId", userId).gte("at", from).lt("at", until),
      )
    : entries.withIndex("by_person_kind", (q) =>
        q
          .eq("businessAccountId", businessAccountId)
          .eq("userId", userId)
          .eq("deed.subject.kind", kind)
          .gte("at", from)
          .lt("at", until),
      );
}

/** The people who did the entries or whom they are about, each named once. */
async function labelsOf(
  ctx: QueryCtx,
  entries: readonly Doc<"auditLog">[],
): Promise<Map<Id<"users">, string | null>> {
  const ids = new Set(
    entries.flatMap(({ userId, deed: { subject } }) =>
      subject.kind === "member" ? [userId, subject.userId] : [userId],
    ),
  );
  return new Map(await Promise.all([...ids].map(async (id) => [id, await personLabel(ctx, id)] as const)));
}

/** A page of the audit log, newest first. */
export const list = query({
  args: { ...businessArgs, filter: filterValidator, ...rangeArgs, paginationOpts: paginationOptsValidator },
  returns: paginationResultValidator(entryValidator),
  handler: async (ctx, { businessAccountId, filter, from, until, paginationOpts }) => {
    await requireMember(ctx, businessAccountId, "accounts.auditLog.list");
    const range = { from: from ?? 0, until: until ?? Number.MAX_SAFE_INTEGER };
    const entries = filtered(ctx, businessAccountId, filter, range);
    if (entries === null) return { page: [], isDone: true, continueCursor: "" };
    const result = await entries.order("desc").paginate(boundedPage(paginationOpts));
    const labels = await labelsOf(ctx, result.page);
    const page = result.page.map(({ _id, at, userId, deed }) => ({
      entryId: _id,
      at,
      person: labels.get(userId) ?? null,
      deed,
      member: deed.subject.kind === "member" ? (labels.get(deed.subject.userId) ?? null) : null,
    }));
    return { ...result, page };
  },
});

/** Deeds about an order that its history is made of; older ones are in the log. */
const ORDER_DEEDS_MAX = 200;

/** The newest deeds about an order, newest first, each with the label of its person. Call `requireMember` first. */
export async function deedsOfOrder(
  ctx: QueryCtx,
  businessAccountId: Id<"businessAccounts">,
  orderNumber: number,
): Promise<{ at: number; person: string | null; deed: Deed }[]> {
  const entries = await ctx.db
    .query("auditLog")
    .withIndex("by_order", (q) =>
      q.eq("businessAccountId", businessAccountId).eq("deed.subject.orderNumber", orderNumber),
    )
    .order("desc")
    .take(ORDER_DEEDS_MAX);
  const labels = await labelsOf(ctx, entries);
  return entries.map(({ at, userId, deed }) => ({ at, person: labels.get(userId) ?? null, deed }));
}

/** Everybody who is in the log, those who left the store too. */
export const people = query({
  args: businessArgs,
  returns: v.array(v.object({ userId: v.id("users"), person: v.union(v.string(), v.null()) })),
  handler: async (ctx, { businessAccountId }) => {
    await requireMember(ctx, businessAccountId, "accounts.auditLog.people");
    const found: Id<"users">[] = [];
    while (found.length < PEOPLE_MAX) {
      const after = found.at(-1);
      // Each read skips all entries of the person before.
      const next = await ctx.db
        .query("auditLog")
        .withIndex("by_person", (q) => {
          const ofStore = q.eq("businessAccountId", businessAccountId);
          return after === undefined ? ofStore : ofStore.gt("userId", after);
        })
        .first();
      if (next === null) break;
      found.push(next.userId);
    }
    return await Promise.all(
      found.map(async (userId) => ({ userId, person: await personLabel(ctx, userId) })),
    );
  },
});

/**
 * Records that the caller exports the log. The dashboard calls it before it reads the pages; what a person copies from the screen
 * leaves no entry.
 */
export const recordExport = mutation({
  args: businessArgs,
  returns: v.null(),
  handler: async (ctx, { businessAccountId }) => {
    const member = await requireMember(ctx, businessAccountId, "accounts.auditLog.recordExport");
    await recordDeed(ctx, member, { action: "auditLogExported", subject: { kind: "store" } });
    return null;
  },
});
