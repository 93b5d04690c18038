/** Shared by the tests of lots, adjustments and backorders. */
import type { Id } from "../../convex/_generated/dataModel";
import { aLine, anOrder } from "./builders";
import type { Session } from "./members";
import { api, aStore, type Store } from "./store";

type LotId = Id<"inventoryItems">;

/** The first page of a paginated query; no test has more than fits on it. */
export const firstPage = { numItems: 50, cursor: null };

/** A store whose lot of 3 pieces, in bin B02-03, has an order for 5: 3 are reserved, 2 are on backorder. */
export async function aStoreWithBackorder(): Promise<{ store: Store; lotId: LotId }> {
  const store = await aStore();
  const lotId = await store.addLot({ quantity: 3, location: "B02-03" });
  await store.receiveOrder(anOrder({ lines: [aLine({ quantity: 5 })] }));
  return { store, lotId };
}

/** Sets a lot's on-hand count, as the owner unless `as` says who. `seenOnHand`: the count that the person saw. */
export async function adjust(
  store: Store,
  lotId: LotId,
  { seenOnHand, onHand, as = store.owner }: { seenOnHand: number; onHand: number; as?: Session },
): Promise<void> {
  const { businessAccountId } = store;
  await as.mutation(api.orders.allocation.adjustments.adjust, {
    businessAccountId,
    lotId,
    seenOnHand,
    onHand,
    reason: "counted",
    note: " behind the box ",
  });
}

/** A lot's ledger as staff see it, newest entry first. */
export async function ledgerOf(store: Store, lotId: LotId) {
  const { page } = await store.query(api.inventory.ledger.list, {
    lotId,
    paginationOpts: firstPage,
  });
  return page;
}

/** The newest ledger entry of a lot. Throws if there is none. */
export async function latestEntryOf(store: Store, lotId: LotId) {
  const [entry] = await ledgerOf(store, lotId);
  if (!entry) throw new Error("The lot has no ledger entry.");
  return entry;
}
