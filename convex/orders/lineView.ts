/** An order line as staff see it. */
import { v, type Infer } from "convex/values";
import type { Doc, Id } from "../_generated/dataModel";
import type { QueryCtx } from "../_generated/server";
import { personLabel } from "../accounts/access";
import { matchKindValidator } from "../inventory/matching";
import { completenessValidator, conditionValidator } from "../inventory/schema";
import { lossesValidator, otherBinValidator, pickStatusValidator } from "./schema";
import { moneyValidator } from "./snapshot";

export const lineValidator = v.object({
  lineId: v.id("bricklinkOrderItems"),
  batch: v.number(),
  lotId: v.number(),
  itemType: v.string(),
  partNumber: v.string(),
  itemName: v.string(),
  colorId: v.number(),
  colorName: v.union(v.string(), v.null()),
  condition: conditionValidator,
  completeness: v.union(completenessValidator, v.null()),
  quantity: v.number(),
  unitPrice: moneyValidator,
  unreadFields: v.array(v.string()),
  currency: v.union(v.string(), v.null()),
  description: v.union(v.string(), v.null()),
  remarks: v.string(),
  location: v.string(),
  matchedBy: matchKindValidator,
  /** The matched lot; null where no lot matches. */
  inventoryItemId: v.union(v.id("inventoryItems"), v.null()),
  reservedQuantity: v.number(),
  shortQuantity: v.number(),
  fulfilledQuantity: v.number(),
  shippedWithoutStock: v.number(),
  pickStatus: pickStatusValidator,
  pickedQuantity: v.number(),
  /** Who put into the parcel what lies in it, as colleagues see them, and when; null when nothing does. */
  picked: v.union(
    v.null(),
    v.object({ person: v.union(v.string(), v.null()), isYou: v.boolean(), at: v.number() }),
  ),
  losses: lossesValidator,
  otherBins: v.array(otherBinValidator),
});
type LineView = Infer<typeof lineValidator>;

type Line = Doc<"bricklinkOrderItems">;

/** Lines as `you` see them, in the same order. Each person is looked up once, however many lines they picked. */
export async function lineViews(
  ctx: QueryCtx,
  lines: readonly Line[],
  you: Id<"users">,
): Promise<LineView[]> {
  const pickers = new Set(lines.flatMap(({ pickedBy }) => pickedBy ?? []));
  const labels = new Map(
    await Promise.all([...pickers].map(async (id) => [id, await personLabel(ctx, id)] as const)),
  );
  return lines.map((line) => lineView(line, labels, you));
}

function lineView(line: Line, labels: ReadonlyMap<Id<"users">, string | null>, you: Id<"users">): LineView {
  const { pickedBy, pickedAt } = line;
  return {
    lineId: line._id,
    batch: line.batch,
    lotId: line.lotId,
    itemType: line.itemType,
    partNumber: line.partNumber,
    itemName: line.itemName,
    colorId: line.colorId,
    colorName: line.colorName ?? null,
    condition: line.condition,
    completeness: line.completeness ?? null,
    quantity: line.quantity,
    unitPrice: line.unitPrice,
    unreadFields: line.unreadFields ?? [],
    currency: line.currency ?? null,
    description: line.description ?? null,
    remarks: line.remarks,
    location: line.location,
    matchedBy: line.matchedBy,
    inventoryItemId: line.inventoryItemId ?? null,
    reservedQuantity: line.reservedQuantity,
    shortQuantity: line.shortQuantity,
    fulfilledQuantity: line.fulfilledQuantity,
    shippedWithoutStock: line.shippedWithoutStock,
    pickStatus: line.pickStatus,
    pickedQuantity: line.pickedQuantity,
    picked:
      pickedBy === undefined || pickedAt === undefined
        ? null
        : { person: labels.get(pickedBy) ?? null, isYou: pickedBy === you, at: pickedAt },
    losses: line.losses ?? { missing: 0, damaged: 0 },
    otherBins: line.otherBins ?? [],
  };
}
