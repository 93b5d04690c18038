import { expect, it } from "vitest";
import { api, aStore, numbersFrom, type Store, useFakeClock } from "../../support";

useFakeClock();

async function binsOf(store: Store, prefix = "", after: string | null = null) {
  return await store.query(api.inventory.bins.list, { prefix, after });
}

it("each bin with a lot is listed once, those with the prefix only, and none of another store", async () => {
  const store = await aStore();
  const locations = ["B01", "A02", "A02", "A01", "", "a01"];
  for (const [index, location] of locations.entries()) {
    await store.addLot({ lotId: 100 + index, quantity: 1, location, partNumber: String(index) });
  }
  expect(await binsOf(store)).toEqual({ bins: ["A01", "A02", "B01", "a01"], isMore: false });
  expect(await binsOf(store, "A")).toEqual({ bins: ["A01", "A02"], isMore: false });
  expect(await binsOf(store, "A", "A01")).toEqual({ bins: ["A02"], isMore: false });
  expect(await binsOf(store, "B", "A01")).toEqual({ bins: ["B01"], isMore: false });
  expect(await binsOf(await aStore(store.t))).toEqual({ bins: [], isMore: false });
});

it("a list of bins ends at ten sheets and says that there are more", async () => {
  const store = await aStore();
  const { businessAccountId } = store;
  // In the database itself, which is faster than 241 imports.
  await store.t.run(async (ctx) => {
    for (const number of numbersFrom(1_000, 241)) {
      await ctx.db.insert("inventoryItems", {
        businessAccountId,
        itemType: "PART",
        partNumber: "3001",
        colorId: 5,
        condition: "new",
        location: `A${number}`,
        itemName: "Brick",
        nameKey: "brick",
        quantityOnHand: 0,
        quantityReserved: 0,
        quantityBackordered: 0,
        quantityShippedWithoutStock: 0,
        createdAt: 0,
      });
    }
  });
  const first = await binsOf(store);
  expect(first.bins).toHaveLength(240);
  expect(first.isMore).toBe(true);
  expect(await binsOf(store, "", first.bins.at(-1))).toEqual({ bins: ["A1240"], isMore: false });
});
