import { expect, it, vi } from "vitest";
import { checkInvariants } from "../support/invariants";
import {
  aLot,
  allOf,
  aMember,
  anEvent,
  api,
  aStore,
  callBack,
  lotOf,
  settle,
  type Store,
  useFakeClock,
} from "../support/store";

useFakeClock();

const { lots, lotChanges } = api.marketplaces.bricklink;
type LotId = Awaited<ReturnType<typeof aLot>>;

const firstPage = { numItems: 50, cursor: null };

async function codeOf(call: Promise<unknown>): Promise<unknown> {
  return await call.then(
    () => "allowed",
    (error: unknown) => (error as { data?: { code?: string } }).data?.code ?? String(error),
  );
}

function adjust(store: Store, lotId: LotId, seenOnHand: number, onHand: number, as = store.owner) {
  return as.mutation(lotChanges.adjust, {
    businessAccountId: store.businessAccountId,
    lotId,
    seenOnHand,
    onHand,
    reason: "counted",
    note: " behind the box ",
  });
}

async function ledgerOf(store: Store, lotId: LotId) {
  const { businessAccountId } = store;
  const { page } = await store.owner.query(lots.ledger, {
    businessAccountId,
    lotId,
    paginationOpts: firstPage,
  });
  return page;
}

/** A store whose lot of 3 has an order for 5: two are waited for. */
async function aShortStore() {
  const store = await aStore();
  const lotId = await aLot(store, { lotId: 71, quantity: 3, location: "B02-03" });
  store.bricklink.place(100, [[{ lotId: 71, quantity: 5 }]]);
  await callBack(store, anEvent(100));
  await settle(store, vi.runAllTimers);
  return { store, lotId };
}

it("lists lots in the order of bins, parts or names, with what waits for them", async () => {
  const { store } = await aShortStore();
  await aLot(store, { lotId: 72, quantity: 1, partNumber: "2456", location: "C01" });
  const partsBy = async (sort: "location" | "part" | "name") => {
    const { page } = await store.owner.query(lots.list, {
      businessAccountId: store.businessAccountId,
      sort,
      paginationOpts: firstPage,
    });
    return page.map(({ partNumber }) => partNumber);
  };
  expect(await partsBy("location")).toEqual(["3001", "2456"]);
  expect(await partsBy("part")).toEqual(["2456", "3001"]);
  expect(await partsBy("name")).toEqual(["2456", "3001"]);
});

it("finds lots by the beginning of part number, bin or name, however the letters are written", async () => {
  const store = await aStore();
  const { businessAccountId } = store;
  await aLot(store, { lotId: 71, quantity: 1, partNumber: "3001", location: "B02-03" });
  await aLot(store, { lotId: 72, quantity: 1, partNumber: "sw0001", location: "M1", itemType: "MINIFIG" });
  const find = async (search: string) => {
    const found = await store.owner.query(lots.find, { businessAccountId, search });
    return found.lots.map(({ partNumber }) => partNumber);
  };
  expect(await find("300")).toEqual(["3001"]);
  expect(await find("b02")).toEqual(["3001"]);
  expect(await find("SW00")).toEqual(["sw0001"]);
  expect((await find("pART ")).sort()).toEqual(["3001", "sw0001"]);
  expect(await find(" ")).toEqual([]);
  expect(await find("001")).toEqual([]);
});

it("shows which lots orders wait for, and gives them what a person finds", async () => {
  const { store, lotId } = await aShortStore();
  const { businessAccountId } = store;
  const short = () => store.owner.query(lots.short, { businessAccountId });
  expect((await short()).lots).toMatchObject([{ lotId, available: 0, waiting: { quantity: 2 } }]);
  await adjust(store, lotId, 3, 9);
  expect((await short()).lots).toEqual([]);
  expect(await lotOf(store, lotId)).toEqual([9, 5]);
  expect((await ledgerOf(store, lotId)).map(({ text, orderNumber }) => [text, orderNumber])).toEqual([
    ["2 reserved", 100],
    ["On hand 3 → 9, counted", null],
    ["3 reserved", 100],
    ["Import: on hand 0 → 3", null],
  ]);
  await checkInvariants(store);
});

it("says who adjusted and why, and takes it back once by the opposite entry", async () => {
  const store = await aStore();
  const { businessAccountId } = store;
  const lotId = await aLot(store, { lotId: 71, quantity: 10 });
  await adjust(store, lotId, 10, 8);
  const [entry] = await ledgerOf(store, lotId);
  expect(entry).toMatchObject({ note: "behind the box", isAdjustment: true });
  expect(entry?.person).toMatch(/@example.com$/);
  if (!entry) throw new Error("no entry");
  const undo = () => store.owner.mutation(lotChanges.undo, { businessAccountId, entryId: entry.entryId });
  await undo();
  expect(await lotOf(store, lotId)).toEqual([10, 0]);
  expect((await ledgerOf(store, lotId))[0]).toMatchObject({
    text: "On hand 8 → 10, an adjustment taken back",
    undoes: entry.entryId,
  });
  expect(await codeOf(undo())).toBe("notUndoable");
  await checkInvariants(store);
});

it("never takes what is promised, nor sets a number that a person has not seen", async () => {
  const { store, lotId } = await aShortStore();
  expect(await codeOf(adjust(store, lotId, 3, 2))).toBe("belowReserved");
  expect(await codeOf(adjust(store, lotId, 4, 9))).toBe("changedMeanwhile");
  expect(await codeOf(adjust(store, lotId, 3, 3.5))).toBe("quantityInvalid");
  expect(await codeOf(adjust(store, lotId, 3, -1))).toBe("quantityInvalid");
  await adjust(store, lotId, 3, 9);
  const [, found] = await ledgerOf(store, lotId);
  // The five promised since leave too little to take the six back.
  const { businessAccountId } = store;
  const entryId = found?.entryId;
  if (!entryId) throw new Error("no entry");
  expect(await codeOf(store.owner.mutation(lotChanges.undo, { businessAccountId, entryId }))).toBe(
    "belowReserved",
  );
  expect(await lotOf(store, lotId)).toEqual([9, 5]);
});

it("takes back no import and no undo", async () => {
  const store = await aStore();
  const { businessAccountId } = store;
  const lotId = await aLot(store, { lotId: 71, quantity: 10 });
  const [imported] = await allOf(store, "inventoryLedger");
  if (!imported) throw new Error("no entry");
  const undo = (entryId: typeof imported._id) =>
    codeOf(store.owner.mutation(lotChanges.undo, { businessAccountId, entryId }));
  expect(await undo(imported._id)).toBe("notUndoable");
  await adjust(store, lotId, 10, 8);
  const [adjusted] = await ledgerOf(store, lotId);
  if (!adjusted) throw new Error("no entry");
  await undo(adjusted.entryId);
  const [undone] = await ledgerOf(store, lotId);
  if (!undone) throw new Error("no entry");
  expect(await undo(undone.entryId)).toBe("notUndoable");
});

it("shows a lot as drifted once more was shipped than was there, until somebody counts it", async () => {
  const { store, lotId } = await aShortStore();
  const { businessAccountId } = store;
  const drift = async () => (await store.owner.query(lots.drift, { businessAccountId })).lots;
  expect(await drift()).toEqual([]);
  vi.advanceTimersByTime(60_000);
  store.bricklink.setStatus(100, "SHIPPED", Date.now());
  await callBack(store, anEvent(100));
  await settle(store, vi.runAllTimers);
  expect(await drift()).toMatchObject([{ lotId, drift: 2 }]);
  vi.advanceTimersByTime(60_000);
  await adjust(store, lotId, 0, 0);
  expect(await drift()).toEqual([]);
  expect((await ledgerOf(store, lotId))[0]?.text).toBe("On hand 0 confirmed, counted");
  await checkInvariants(store);
});

it("shows and changes nothing of another store, and lets viewers only look", async () => {
  const { store, lotId } = await aShortStore();
  const other = await aStore(store.t);
  const { businessAccountId } = other;
  await adjust(store, lotId, 3, 9);
  const [, entry] = await ledgerOf(store, lotId);
  const theirs = { businessAccountId, lotId };
  expect(await other.owner.query(lots.get, theirs)).toBeNull();
  expect(await other.owner.query(lots.ledger, { ...theirs, paginationOpts: firstPage })).toMatchObject({
    page: [],
  });
  expect((await other.owner.query(lots.find, { businessAccountId, search: "3001" })).lots).toEqual([]);
  expect((await other.owner.query(lots.short, { businessAccountId })).lots).toEqual([]);
  expect(await codeOf(adjust(other, lotId, 9, 1))).toBe("notFound");
  expect(await codeOf(adjust(store, lotId, 9, 1, other.owner))).toBe("notAMember");
  const entryId = entry?.entryId;
  if (!entryId) throw new Error("no entry");
  expect(await codeOf(other.owner.mutation(lotChanges.undo, { businessAccountId, entryId }))).toBe(
    "notFound",
  );
  const viewer = await aMember(store.t, store.businessAccountId, "viewer");
  expect(await codeOf(adjust(store, lotId, 9, 10, viewer))).toBe("roleTooLow");
  expect(await lotOf(store, lotId)).toEqual([9, 5]);
});
