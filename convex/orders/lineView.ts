/** An order line as staff see it. */
import { v, type Infer } from "convex/values";
import type { Doc } from "../_generated/dataModel";
import { matchKindValidator } from "../inventory/matching";
import { completenessValidator, conditionValidator } from "../inventory/schema";
import { lossesValidator, pickStatusValidator } from "./schema";
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
  reservedQuantity: v.number(),
  shortQuantity: v.number(),
  fulfilledQuantity: v.number(),
  shippedWithoutStock: v.number(),
  pickStatus: pickStatusValidator,
  pickedQuantity: v.number(),
  losses: lossesValidator,
});
type LineView = Infer<typeof lineValidator>;

export function lineView(line: Doc<"bricklinkOrderItems">): LineView {
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
    reservedQuantity: line.reservedQuantity,
    shortQuantity: line.shortQuantity,
    fulfilledQuantity: line.fulfilledQuantity,
    shippedWithoutStock: line.shippedWithoutStock,
    pickStatus: line.pickStatus,
    pickedQuantity: line.pickedQuantity,
    losses: line.losses ?? { missing: 0, damaged: 0 },
  };
}
