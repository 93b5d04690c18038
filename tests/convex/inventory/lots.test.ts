import { expect, it, vi } from "vitest";
import {
  adjust,
  aMember,
  api,
  aStore,
  aStoreWithBackorder,
  checkInvariants,
  errorCodeOf,
  firstPage,
  internal,
  ledgerOf,
  MINUTE,
  useFakeClock,
} from "../../support";

useFakeClock();

it("the list of lots can be sorted by bin, part number or name", async () => {
  const { store } = await aStoreWithBackorder();
  await store.addLot({ lotId: 72, quantity: 1, partNumber: "2456", location: "C01" });
  const partsSortedBy = async (sort: "location" | "part" | "name") => {
    const { page } = await store.query(api.inventory.lots.list, {
      sort,
      paginationOpts: firstPage,
    });
    return page.map(({ partNumber }) => partNumber);
  };
  expect(await partsSortedBy("location")).toEqual(["3001", "2456"]);
  expect(await partsSortedBy("part")).toEqual(["2456", "3001"]);
  expect(await partsSortedBy("name")).toEqual(["2456", "3001"]);
});

it("a search finds a name whose next character after what was typed is an emoji", async () => {
  const store = await aStore();
  await store.addLot({ quantity: 1, itemName: "Brick🧱 special" });
  const { lots } = await store.query(api.inventory.lots.find, { search: "brick" });
  expect(lots).toHaveLength(1);
});

/** Three lots that differ in every word, and a search of them that returns part numbers. */
async function aStoreToSearch() {
  const store = await aStore();
  await store.addLot({
    lotId: 71,
    quantity: 1,
    partNumber: "3004",
    itemName: "Brick 1 x 2",
    location: "B02-03",
  });
  await store.addLot({ lotId: 72, quantity: 1, partNumber: "sw0001", location: "M1", itemType: "MINIFIG" });
  await store.addLot({
    lotId: 73,
    quantity: 1,
    partNumber: "3023",
    itemName: "Plate 1 x 2",
    colorName: "Dark Bluish Gray",
    location: "C07",
  });
  const find = async (search: string) => {
    const found = await store.query(api.inventory.lots.find, { search });
    return found.lots.map(({ partNumber }) => partNumber).sort();
  };
  return { store, find };
}

it("a search finds lots by the beginning of any word of part number, name, colour or bin, in upper and lower case", async () => {
  const { find } = await aStoreToSearch();
  expect(await find("300")).toEqual(["3004"]);
  expect(await find("b02")).toEqual(["3004"]);
  expect(await find("SW00")).toEqual(["sw0001"]);
  expect(await find("pLA ")).toEqual(["3023"]);
  expect(await find("bluish")).toEqual(["3023"]);
  expect(await find("03")).toEqual(["3004"]);
  expect(await find(" ")).toEqual([]);
  expect(await find("004")).toEqual([]);
});

it("a search finds lots that have all of its words, and the same size however it is written", async () => {
  const { find } = await aStoreToSearch();
  expect(await find("1x2")).toEqual(["3004", "3023"]);
  expect(await find("1 x 2")).toEqual(["3004", "3023"]);
  expect(await find("gray 1x2")).toEqual(["3023"]);
  expect(await find("c07 plate")).toEqual(["3023"]);
  expect(await find("b02-03 plate")).toEqual([]);
});

it("a search finds a lot by its new bin and no longer by its old one once an import has moved it", async () => {
  const { store, find } = await aStoreToSearch();
  await store.addLot({
    lotId: 71,
    quantity: 1,
    partNumber: "3004",
    itemName: "Brick 1 x 2",
    location: "Z90",
  });
  expect(await find("z90 brick")).toEqual(["3004"]);
  expect(await find("b02")).toEqual([]);
});

it("a search finds a lot stored before there were search texts after the cron has filled them", async () => {
  const { store, find } = await aStoreToSearch();
  await store.t.run(async (ctx) => {
    for (const { _id } of await ctx.db.query("lotSearchTexts").collect())
      await ctx.db.delete("lotSearchTexts", _id);
    for (const { _id } of await ctx.db.query("inventoryItems").collect()) {
      await ctx.db.patch("inventoryItems", _id, { hasSearchText: undefined });
    }
  });
  expect(await find("plate")).toEqual([]);
  await store.t.mutation(internal.inventory.storedBefore.fill, {});
  await store.runAllScheduled();
  expect(await find("plate")).toEqual(["3023"]);
  expect(await store.t.run((ctx) => ctx.db.query("lotSearchTexts").collect())).toHaveLength(3);
});

it("a search that finds more lots than it shows says so", async () => {
  const store = await aStore();
  for (let lotId = 1; lotId <= 101; lotId += 1)
    await store.addLot({ lotId, quantity: 1, location: `B${lotId}` });
  const found = await store.query(api.inventory.lots.find, { search: "part" });
  expect([found.lots.length, found.isMore]).toEqual([100, true]);
  expect(await store.query(api.inventory.lots.find, { search: "b101" })).toMatchObject({ isMore: false });
});

it("a lot of which more was shipped than it held is listed as drifted until somebody counts it", async () => {
  const { store, lotId } = await aStoreWithBackorder();
  const drifted = async () => (await store.query(api.inventory.lots.drift)).lots;
  expect(await drifted()).toEqual([]);
  vi.advanceTimersByTime(MINUTE);
  await store.receiveStatus(100, "SHIPPED");
  expect(await drifted()).toMatchObject([{ lotId, drift: 2 }]);
  vi.advanceTimersByTime(MINUTE);
  await adjust(store, lotId, { seenOnHand: 0, onHand: 0 });
  expect(await drifted()).toEqual([]);
  expect((await ledgerOf(store, lotId))[0]).toMatchObject({
    kind: "adjust",
    reason: "counted",
    onHandBefore: 0,
    onHandAfter: 0,
  });
  await checkInvariants(store);
});

it("lots of another store stay hidden and unchanged, and a viewer changes no lot", async () => {
  const { store, lotId } = await aStoreWithBackorder();
  const other = await aStore(store.t);
  await adjust(store, lotId, { seenOnHand: 3, onHand: 9 });
  const [, entry] = await ledgerOf(store, lotId);
  const lots = api.inventory.lots;
  expect(await other.query(lots.get, { lotId })).toBeNull();
  expect(await other.query(api.inventory.ledger.list, { lotId, paginationOpts: firstPage })).toMatchObject({
    page: [],
  });
  expect((await other.query(lots.find, { search: "3001" })).lots).toEqual([]);
  expect((await other.query(lots.short)).lots).toEqual([]);
  expect(await errorCodeOf(adjust(other, lotId, { seenOnHand: 9, onHand: 1 }))).toBe("notFound");
  expect(await errorCodeOf(adjust(store, lotId, { seenOnHand: 9, onHand: 1, as: other.owner }))).toBe(
    "notAMember",
  );
  const entryId = entry?.entryId;
  if (!entryId) throw new Error("The lot has no second ledger entry.");
  expect(await errorCodeOf(other.mutation(api.orders.allocation.adjustments.undo, { entryId }))).toBe(
    "notFound",
  );
  const viewer = await aMember(store.t, store.businessAccountId, "viewer");
  expect(await errorCodeOf(adjust(store, lotId, { seenOnHand: 9, onHand: 10, as: viewer }))).toBe(
    "roleTooLow",
  );
  expect(await store.stockOf(lotId)).toEqual([9, 5]);
});
