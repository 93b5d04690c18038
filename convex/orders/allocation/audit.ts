/**
 * Checks that a store's lots, their ledger and the order lines that hold them agree: nightly, and when staff ask. A
 * difference is reported and not repaired, because a repair would hide the fault that caused it.
 */
import { ConvexError, v, type Infer } from "convex/values";
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import { internalMutation, mutation, query, type MutationCtx, type QueryCtx } from "../../_generated/server";
import { requireMember } from "../../accounts/access";
import { recordDeed } from "../../accounts/deeds";
import { readLedgerTail, violationsOf } from "../../inventory/invariants";
import type { Lot } from "../../inventory/stock";
import { isRecent } from "../../lib/timeGates";
import { auditViolationValidator } from "../schema";

/** Auditing a lot reads its newest 400 ledger entries and the lines that hold it; Convex allows 32,000 reads in a transaction. */
const LOTS_PER_PAGE = 40;

/** Lines read that hold one lot. */
const HOLDERS_MAX = 300;

/** Violations stored; of further ones only the number. */
const VIOLATIONS_STORED_MAX = 50;

/** An audit that has not finished after this long has crashed, and another may start. */
const ABANDONED_AFTER_MS = 15 * 60_000;

/** Stores visited in one transaction of the nightly run. */
const STORES_PER_PAGE = 200;

type AuditViolation = Infer<typeof auditViolationValidator>;

const businessArgs = { businessAccountId: v.id("businessAccounts") };

async function latestAudit(ctx: QueryCtx, businessAccountId: Id<"businessAccounts">) {
  return await ctx.db
    .query("inventoryAudits")
    .withIndex("by_business", (q) => q.eq("businessAccountId", businessAccountId))
    .order("desc")
    .first();
}

/** The store's latest audit; null when there was none. */
export const latest = query({
  args: businessArgs,
  returns: v.union(
    v.null(),
    v.object({
      startedAt: v.number(),
      finishedAt: v.union(v.number(), v.null()),
      lotsChecked: v.number(),
      violationCount: v.number(),
      violations: v.array(auditViolationValidator),
    }),
  ),
  handler: async (ctx, { businessAccountId }) => {
    await requireMember(ctx, businessAccountId, "orders.allocation.audit.latest");
    const audit = await latestAudit(ctx, businessAccountId);
    if (audit === null) return null;
    const { startedAt, finishedAt = null, lotsChecked, violationCount, violations } = audit;
    return { startedAt, finishedAt, lotsChecked, violationCount, violations };
  },
});

/** Starts an audit. Throws ConvexError `alreadyRunning`. */
export const start = mutation({
  args: businessArgs,
  returns: v.null(),
  handler: async (ctx, { businessAccountId }) => {
    const member = await requireMember(ctx, businessAccountId, "orders.allocation.audit.start");
    if (!(await startAudit(ctx, businessAccountId))) {
      throw new ConvexError({
        code: "alreadyRunning",
        message: "An audit is running already.",
      });
    }
    await recordDeed(ctx, member, { action: "stockAuditStarted", subject: { kind: "run" } });
    return null;
  },
});

/** Starts an audit unless one is running. Returns whether it did. */
async function startAudit(ctx: MutationCtx, businessAccountId: Id<"businessAccounts">): Promise<boolean> {
  const now = Date.now();
  const running = await latestAudit(ctx, businessAccountId);
  const isRunning = running !== null && running.finishedAt === undefined;
  if (isRunning && isRecent(running.startedAt, now, ABANDONED_AFTER_MS)) return false;
  const auditId = await ctx.db.insert("inventoryAudits", {
    businessAccountId,
    startedAt: now,
    lotsChecked: 0,
    violationCount: 0,
    violations: [],
  });
  await ctx.scheduler.runAfter(0, internal.orders.allocation.audit.auditLots, {
    auditId,
    cursor: null,
  });
  return true;
}

async function heldQuantity(ctx: QueryCtx, lot: Lot): Promise<number> {
  const holders = await ctx.db
    .query("bricklinkOrderItems")
    .withIndex("by_holding", (q) => q.eq("inventoryItemId", lot._id).gt("reservedQuantity", 0))
    .take(HOLDERS_MAX);
  return holders.reduce((sum, line) => sum + line.reservedQuantity, 0);
}

async function checkLot(ctx: QueryCtx, lot: Lot): Promise<AuditViolation[]> {
  const violations = violationsOf(lot, await heldQuantity(ctx, lot), await readLedgerTail(ctx, lot));
  const { _id: inventoryItemId, itemName, location } = lot;
  return violations.map((violation) => ({ inventoryItemId, itemName, location, violation }));
}

/** Checks a page of lots, each together with the lines that hold it, and schedules the next page. */
export const auditLots = internalMutation({
  args: { auditId: v.id("inventoryAudits"), cursor: v.union(v.string(), v.null()) },
  returns: v.null(),
  handler: async (ctx, { auditId, cursor }) => {
    const audit = await ctx.db.get("inventoryAudits", auditId);
    if (audit === null || audit.finishedAt !== undefined) return null;
    const { page, isDone, continueCursor } = await ctx.db
      .query("inventoryItems")
      .withIndex("by_attributes", (q) => q.eq("businessAccountId", audit.businessAccountId))
      .paginate({ cursor, numItems: LOTS_PER_PAGE });
    const found: AuditViolation[] = [];
    for (const lot of page) found.push(...(await checkLot(ctx, lot)));
    await ctx.db.patch("inventoryAudits", auditId, {
      lotsChecked: audit.lotsChecked + page.length,
      violationCount: audit.violationCount + found.length,
      violations: [...audit.violations, ...found].slice(0, VIOLATIONS_STORED_MAX),
      ...(isDone && { finishedAt: Date.now() }),
    });
    if (!isDone) {
      await ctx.scheduler.runAfter(0, internal.orders.allocation.audit.auditLots, {
        auditId,
        cursor: continueCursor,
      });
    }
    return null;
  },
});

/** Starts an audit of every store, a page of stores per transaction. */
export const auditAllStores = internalMutation({
  args: { cursor: v.optional(v.string()) },
  returns: v.null(),
  handler: async (ctx, { cursor = null }) => {
    const { page, isDone, continueCursor } = await ctx.db
      .query("businessAccounts")
      .paginate({ cursor, numItems: STORES_PER_PAGE });
    for (const { _id } of page) await startAudit(ctx, _id);
    if (!isDone) {
      await ctx.scheduler.runAfter(0, internal.orders.allocation.audit.auditAllStores, {
        cursor: continueCursor,
      });
    }
    return null;
  },
});
