/**
 * Checks that a store's lots, their ledger and the order lines that hold them agree: nightly, and when staff ask. What
 * disagrees is shown, never repaired: a number that corrects itself hides the fault that made it wrong.
 */
import { ConvexError, v, type Infer } from "convex/values";
import { internal } from "../../_generated/api";
import type { Id } from "../../_generated/dataModel";
import { internalMutation, mutation, query, type MutationCtx, type QueryCtx } from "../../_generated/server";
import { requireMember } from "../../accounts/access";
import { readLedgerTail, violationsOf } from "../../inventory/audit";
import type { Lot } from "../../inventory/stock";
import { storePageArgs, visitActiveStores } from "./credentials";
import { auditViolationValidator } from "./schema";

/** A lot is its ledger's newest 400 entries and its holders; Convex reads 32,000 documents in one transaction. */
const LOTS_PER_PAGE = 40;

/** Lines that hold one lot at once; more is unheard of. */
const HOLDERS_MAX = 300;

/** Violations kept with their words; past this many only their number grows. */
const VIOLATIONS_KEPT = 50;

/** An audit whose run died says "running" for ever; after this long another may start. */
const ABANDONED_AFTER_MS = 15 * 60_000;

type Violation = Infer<typeof auditViolationValidator>;

const businessArgs = { businessAccountId: v.id("businessAccounts") };

async function latestAudit(ctx: QueryCtx, businessAccountId: Id<"businessAccounts">) {
  return await ctx.db
    .query("inventoryAudits")
    .withIndex("by_business", (q) => q.eq("businessAccountId", businessAccountId))
    .order("desc")
    .first();
}

/** The store's latest audit; null when there was none. Times in milliseconds UTC. */
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
    await requireMember(ctx, businessAccountId, "viewer");
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
    await requireMember(ctx, businessAccountId, "staff");
    if (!(await begin(ctx, businessAccountId))) {
      throw new ConvexError({ code: "alreadyRunning", message: "A check is running already." });
    }
    return null;
  },
});

/** Begins an audit, unless one is running. Returns whether it did. */
async function begin(ctx: MutationCtx, businessAccountId: Id<"businessAccounts">): Promise<boolean> {
  const now = Date.now();
  const running = await latestAudit(ctx, businessAccountId);
  const isRunning = running !== null && running.finishedAt === undefined;
  if (isRunning && running.startedAt > now - ABANDONED_AFTER_MS) return false;
  const auditId = await ctx.db.insert("inventoryAudits", {
    businessAccountId,
    startedAt: now,
    lotsChecked: 0,
    violationCount: 0,
    violations: [],
  });
  await ctx.scheduler.runAfter(0, internal.marketplaces.bricklink.audit.auditInventory, {
    auditId,
    cursor: null,
  });
  return true;
}

async function heldOf(ctx: QueryCtx, lot: Lot): Promise<number> {
  const holders = await ctx.db
    .query("bricklinkOrderItems")
    .withIndex("by_holding", (q) => q.eq("inventoryItemId", lot._id).gt("reservedQuantity", 0))
    .take(HOLDERS_MAX);
  return holders.reduce((sum, line) => sum + line.reservedQuantity, 0);
}

async function checkLot(ctx: QueryCtx, lot: Lot): Promise<Violation[]> {
  const messages = violationsOf(lot, await heldOf(ctx, lot), await readLedgerTail(ctx, lot));
  const { _id: inventoryItemId, itemName, location } = lot;
  return messages.map((message) => ({ inventoryItemId, itemName, location, message }));
}

/** Checks a page of lots, each with what holds it at one moment, and goes on with the next. */
export const auditInventory = internalMutation({
  args: { auditId: v.id("inventoryAudits"), cursor: v.union(v.string(), v.null()) },
  returns: v.null(),
  handler: async (ctx, { auditId, cursor }) => {
    const audit = await ctx.db.get("inventoryAudits", auditId);
    if (audit === null || audit.finishedAt !== undefined) return null;
    const { page, isDone, continueCursor } = await ctx.db
      .query("inventoryItems")
      .withIndex("by_attributes", (q) => q.eq("businessAccountId", audit.businessAccountId))
      .paginate({ cursor, numItems: LOTS_PER_PAGE });
    const found: Violation[] = [];
    for (const lot of page) found.push(...(await checkLot(ctx, lot)));
    await ctx.db.patch("inventoryAudits", auditId, {
      lotsChecked: audit.lotsChecked + page.length,
      violationCount: audit.violationCount + found.length,
      violations: [...audit.violations, ...found].slice(0, VIOLATIONS_KEPT),
      ...(isDone && { finishedAt: Date.now() }),
    });
    if (!isDone) {
      await ctx.scheduler.runAfter(0, internal.marketplaces.bricklink.audit.auditInventory, {
        auditId,
        cursor: continueCursor,
      });
    }
    return null;
  },
});

/** Begins an audit of every active store. */
export const auditAllStores = internalMutation({
  args: storePageArgs,
  returns: v.null(),
  handler: async (ctx, { cursor = null }) => {
    const { auditAllStores: next } = internal.marketplaces.bricklink.audit;
    await visitActiveStores(ctx, cursor, next, (businessAccountId) => begin(ctx, businessAccountId));
    return null;
  },
});
