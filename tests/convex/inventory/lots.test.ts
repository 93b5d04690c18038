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

it("a search finds lots by the beginning of part number, bin or name, in upper and lower case", async () => {
  const store = await aStore();
  await store.addLot({ lotId: 71, quantity: 1, partNumber: "3001", location: "B02-03" });
  await store.addLot({ lotId: 72, quantity: 1, partNumber: "sw0001", location: "M1", itemType: "MINIFIG" });
  const find = async (search: string) => {
    const found = await store.query(api.inventory.lots.find, { search });
    return found.lots.map(({ partNumber }) => partNumber);
  };
  expect(await find("300")).toEqual(["3001"]);
  expect(await find("b02")).toEqual(["3001"]);
  expect(await find("SW00")).toEqual(["sw0001"]);
  expect((await find("pART ")).sort()).toEqual(["3001", "sw0001"]);
  expect(await find(" ")).toEqual([]);
  expect(await find("001")).toEqual([]);
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
