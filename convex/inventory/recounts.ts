/**
 * Lots to look at again: a packer found fewer pieces there than the store believed, so the rest may be wrong too, or took pieces that the
 * marketplace still lists and would sell once more.
 */
import { ConvexError, v, type Infer } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import { mutation, query, type MutationCtx, type QueryCtx } from "../_generated/server";
import { personLabel, requireMember } from "../accounts/access";
import { itemOf, recordDeed } from "../accounts/deeds";
import { takenPiecesValidator } from "./schema";
import type { Lot } from "./stock";

const lotArgs = { businessAccountId: v.id("businessAccounts"), lotId: v.id("inventoryItems") };

type Task = Doc<"recountTasks">;

async function taskOf(ctx: QueryCtx, lotId: Id<"inventoryItems">): Promise<Task | null> {
  return await ctx.db
    .query("recountTasks")
    .withIndex("by_item", (q) => q.eq("inventoryItemId", lotId))
    .unique();
}

/** Why a lot is to be looked at: how many pieces were reported lost, and which were taken for lines of other lots. */
export const recountValidator = v.object({ quantity: v.number(), taken: v.array(takenPiecesValidator) });
type Recount = Infer<typeof recountValidator>;
type TakenPieces = Recount["taken"][number];

export function recountOf({ quantity, taken = [] }: Pick<Task, "quantity" | "taken">): Recount {
  return { quantity, taken };
}

type Asker = { personReference: string };
type LotReference = Pick<Lot, "_id" | "businessAccountId">;

/** Changes what a lot's task says, and makes the task where there is none. */
async function ask(
  ctx: MutationCtx,
  { _id: lotId, businessAccountId }: LotReference,
  { personReference }: Asker,
  change: (before: Recount) => Recount,
): Promise<void> {
  const task = await taskOf(ctx, lotId);
  const asked = { personReference, askedAt: Date.now() };
  const fields = { ...asked, ...change(recountOf(task ?? { quantity: 0 })) };
  if (task) await ctx.db.patch("recountTasks", task._id, fields);
  else await ctx.db.insert("recountTasks", { businessAccountId, inventoryItemId: lotId, ...fields });
}

/** Changes what a lot's task says, if it has one. A task that says nothing any more is deleted. */
async function takeBack(
  ctx: MutationCtx,
  lotId: Id<"inventoryItems">,
  change: (before: Recount) => Recount,
): Promise<void> {
  const task = await taskOf(ctx, lotId);
  if (task === null) return;
  const left = change(recountOf(task));
  if (left.quantity === 0 && left.taken.length === 0) await ctx.db.delete("recountTasks", task._id);
  else await ctx.db.patch("recountTasks", task._id, left);
}

/** Adds pieces that an order took, or takes some off when `quantity` is negative. One entry an order. */
function withTaken(taken: readonly TakenPieces[], { orderNumber, quantity }: TakenPieces): TakenPieces[] {
  const before = taken.find((pieces) => pieces.orderNumber === orderNumber)?.quantity ?? 0;
  const others = taken.filter((pieces) => pieces.orderNumber !== orderNumber);
  const sum = before + quantity;
  return sum > 0 ? [...others, { orderNumber, quantity: sum }] : others;
}

/** Asks for a count of the lot, or adds to what was reported since one was asked for. `quantity`: pieces just reported lost. */
export async function askForRecount(
  ctx: MutationCtx,
  lot: LotReference,
  { quantity, ...asker }: { quantity: number } & Asker,
): Promise<void> {
  await ask(ctx, lot, asker, (before) => ({ ...before, quantity: before.quantity + quantity }));
}

/** Takes reported pieces back; a lot with none left needs no count. */
export async function takeBackRecount(
  ctx: MutationCtx,
  lotId: Id<"inventoryItems">,
  quantity: number,
): Promise<void> {
  await takeBack(ctx, lotId, (before) => ({ ...before, quantity: Math.max(0, before.quantity - quantity) }));
}

/**
 * Asks to lower the lot at the marketplace, which still lists the pieces that an order took for a line of another lot. Nothing is asked
 * for a lot that no marketplace lists.
 */
export async function askToLower(
  ctx: MutationCtx,
  lot: LotReference & Pick<Lot, "sourceLotId">,
  { personReference, ...pieces }: TakenPieces & Asker,
): Promise<void> {
  if (lot.sourceLotId === undefined) return;
  await ask(ctx, lot, { personReference }, (before) => ({
    ...before,
    taken: withTaken(before.taken, pieces),
  }));
}

/** Takes back what `askToLower` asked for, as far as nobody has confirmed it: the pieces are in their bin again. */
export async function takeBackLowering(
  ctx: MutationCtx,
  lotId: Id<"inventoryItems">,
  { orderNumber, quantity }: TakenPieces,
): Promise<void> {
  await takeBack(ctx, lotId, (before) => ({
    ...before,
    taken: withTaken(before.taken, { orderNumber, quantity: -quantity }),
  }));
}

/** Closes the lot's task: it was counted, or somebody says that nothing is left to do. Returns whether there was one. */
export async function closeRecount(ctx: MutationCtx, lotId: Id<"inventoryItems">): Promise<boolean> {
  const task = await taskOf(ctx, lotId);
  if (task !== null) await ctx.db.delete("recountTasks", task._id);
  return task !== null;
}

/** The task of a lot; null when there is none, and for a lot of another store. */
export const ofLot = query({
  args: lotArgs,
  returns: v.union(
    v.null(),
    v.object({
      ...recountValidator.fields,
      person: v.union(v.string(), v.null()),
      askedAt: v.number(),
    }),
  ),
  handler: async (ctx, { businessAccountId, lotId }) => {
    await requireMember(ctx, businessAccountId, "inventory.recounts.ofLot");
    const task = await taskOf(ctx, lotId);
    if (task?.businessAccountId !== businessAccountId) return null;
    const { personReference, askedAt } = task;
    return { ...recountOf(task), person: await personLabel(ctx, personReference), askedAt };
  },
});

/** Closes a task without a count. Throws ConvexError `notFound`. */
export const dismiss = mutation({
  args: lotArgs,
  returns: v.null(),
  handler: async (ctx, { businessAccountId, lotId }) => {
    const member = await requireMember(ctx, businessAccountId, "inventory.recounts.dismiss");
    const lot = await ctx.db.get("inventoryItems", lotId);
    if (lot?.businessAccountId !== businessAccountId || !(await closeRecount(ctx, lotId))) {
      throw new ConvexError({
        code: "notFound",
        message: "This lot is not to be counted any more. Somebody did, or said that it need not be.",
      });
    }
    await recordDeed(ctx, member, {
      action: "recountDismissed",
      subject: { kind: "lot", lotId, item: itemOf(lot) },
    });
    return null;
  },
});
