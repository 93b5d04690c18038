/** Shared by the tests of picking, lost pieces and returns to the shelf. */
import type { Doc, Id } from "../../convex/_generated/dataModel";
import { aLine, anOrder } from "./builders";
import { api, aStore, type Store } from "./store";

type LineId = Id<"bricklinkOrderItems">;

export type OrderToPick = {
  store: Store;
  lot: Id<"inventoryItems">;
  /** 4 pieces of a lot of 6. */
  first: LineId;
  /** 2 pieces of a lot of 2. */
  second: LineId;
  lineIds: LineId[];
};

/** A store with order 100: `first` is 4 pieces of a lot of 6, `second` is 2 pieces of a lot of 2. */
export async function anOrderToPick(): Promise<OrderToPick> {
  const store = await aStore();
  const lot = await store.addLot({ quantity: 6 });
  await store.addLot({ lotId: 72, quantity: 2, partNumber: "3002" });
  await store.receiveOrder(
    anOrder({
      lines: [aLine({ quantity: 4 }), aLine({ lotId: 72, quantity: 2, partNumber: "3002" })],
    }),
  );
  const lines = (await store.lines()).sort((a, b) => a.lotId - b.lotId);
  const lineIds = lines.map(({ _id }) => _id);
  const [first, second] = lineIds;
  if (!first || !second) throw new Error("The order's two lines were not stored.");
  return { store, lot, first, second, lineIds };
}

export async function setPicked(store: Store, lineIds: LineId[], isPicked = true): Promise<void> {
  await store.mutation(api.orders.picking.pickStatus.setPicked, { lineIds, isPicked });
}

/** Says, as the owner, that the pieces of a return are in their bin again. */
export async function confirmReturn(store: Store, returnId: Id<"returnsToShelf">): Promise<void> {
  await store.mutation(api.orders.picking.returnsToShelf.confirm, { returnId });
}

export async function firstOrderOf(store: Store): Promise<Doc<"bricklinkOrders"> | undefined> {
  return (await store.orders())[0];
}

export async function lineOf(store: Store, id: LineId): Promise<Doc<"bricklinkOrderItems"> | null> {
  return await store.t.run((ctx) => ctx.db.get("bricklinkOrderItems", id));
}

/** Marks every line as picked in full, in the database itself. */
export async function markAllPicked(store: Store): Promise<void> {
  await store.t.run(async (ctx) => {
    for (const { _id, quantity } of await ctx.db.query("bricklinkOrderItems").take(10)) {
      await ctx.db.patch("bricklinkOrderItems", _id, { pickStatus: "picked", pickedQuantity: quantity });
    }
  });
}
