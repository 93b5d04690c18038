/** The orders table against a model of it that sorts and filters all orders in memory. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { tabOf } from "../../../convex/marketplaces/bricklink/api/orderStatus";
import { isPaid } from "../../../convex/marketplaces/bricklink/api/payment";
import { storeSearchText } from "../../../convex/orders/search";
import { stageOf } from "../../../convex/orders/stages";
import type { OrderRow } from "../../../convex/orders/table";
import {
  aLine,
  aMember,
  anOrder,
  api,
  aStore,
  MINUTE,
  noFilters,
  type Session,
  type Store,
  useFakeClock,
} from "../../support";

useFakeClock();

const statuses = ["PENDING", "PAID", "PACKED", "NPB", "SHIPPED", "CANCELLED"] as const;
const ORDERS = 24;

/** A store with orders in every state, copied from one that was received. */
async function aStoreWithOrders(): Promise<Store> {
  const store = await aStore();
  await store.addLot({ quantity: 6 });
  await store.receiveOrder(anOrder());
  const [received] = await store.orders();
  if (!received) throw new Error("The order was not stored.");
  const { _id, _creationTime, ...fields } = received;
  await store.t.run(async (ctx) => {
    for (let index = 0; index < ORDERS; index += 1) {
      const orderNumber = 1_000 + ((index * 7) % ORDERS);
      const status = statuses[index % statuses.length] ?? "PENDING";
      const payment = index % 2 === 0 ? { status: "Completed", paidAt: 1 } : { status: "None" };
      const order = {
        ...fields,
        orderNumber,
        status,
        tab: tabOf(status),
        buyerName: `buyer ${["aa", "bb", "cc"][index % 3]}`,
        buyerKey: `buyer ${["aa", "bb", "cc"][index % 3]}`,
        orderedAt: fields.orderedAt + ((index * 5) % ORDERS) * MINUTE,
        grandTotal: BigInt((index * 11) % ORDERS) * 10_000n,
        pieceCount: (index * 13) % ORDERS,
        shortQuantity: index % 3 === 0 ? 1 : 0,
        unmatchedLines: index % 4 === 0 ? 1 : 0,
        lineCount: 3,
        pickedLines: index % 4,
        toDoLines: 3 - (index % 4),
        payment,
        isPaid: isPaid({ status, payment }),
        isPacked: status === "PACKED",
        shipping: {
          method: `method ${index % 3}`,
          address: { name: `Recipient ${index % 4}`, countryCode: index % 2 === 0 ? "DE" : "US" },
        },
      };
      const stored = { ...order, stage: stageOf(order) };
      const orderId = await ctx.db.insert("bricklinkOrders", stored);
      await storeSearchText(ctx, orderId, stored, []);
    }
  });
  return store;
}

type View = Omit<(typeof api.orders.table.list)["_args"], "businessAccountId" | "paginationOpts">;

/** Reads every page of a view of the table, `numItems` rows at a time. */
async function rowsOf(store: Store, view: View, numItems: number): Promise<OrderRow[]> {
  const rows: OrderRow[] = [];
  let cursor: string | null = null;
  for (;;) {
    const answer: { page: OrderRow[]; isDone: boolean; continueCursor: string } = await store.query(
      api.orders.table.list,
      { ...view, paginationOpts: { numItems, cursor } },
    );
    rows.push(...answer.page);
    if (answer.isDone) return rows;
    cursor = answer.continueCursor;
  }
}

const sortKeys: Record<View["sort"], (row: OrderRow) => number | bigint | string> = {
  ordered: ({ orderedAt }) => orderedAt,
  number: ({ orderNumber }) => orderNumber,
  buyer: ({ buyerName }) => buyerName ?? "",
  total: ({ grandTotal }) => grandTotal,
  pieces: ({ pieceCount }) => pieceCount,
};

/** The rows that a view should have, in its order. */
function expectedRows(all: readonly OrderRow[], view: View): OrderRow[] {
  const { stage, status, sort, direction, filters, search } = view;
  const key = sortKeys[sort];
  const isInView = (row: OrderRow) => {
    const isShort = row.shortQuantity > 0 || row.unmatchedLines > 0;
    const picking =
      row.pickedLines === 0 ? "untouched" : row.pickedLines < row.lineCount ? "begun" : "picked";
    return (
      (stage === "all" || row.stage === stage) &&
      (status === null || row.status === status) &&
      (search === "" || row.buyerName === search) &&
      (filters.shippingMethod === null || filters.shippingMethod === row.shippingMethod) &&
      (filters.countryCode === null || filters.countryCode === row.countryCode) &&
      (filters.orderedBefore === null || row.orderedAt < filters.orderedBefore) &&
      (filters.totalFrom === null || row.grandTotal >= filters.totalFrom) &&
      (filters.stock === null || (filters.stock === "short") === isShort) &&
      (filters.payment === null || (filters.payment === "paid") === row.isPaid) &&
      (filters.picking === null ||
        filters.picking === picking ||
        (filters.picking === "unfinished" && picking !== "picked"))
    );
  };
  return all
    .filter(isInView)
    .sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0) * (direction === "asc" ? 1 : -1));
}

/** Compares a view with the model: the same rows, and the same sequence of sort keys; rows of equal keys may swap. */
async function expectMatchesModel(
  store: Store,
  all: readonly OrderRow[],
  view: View,
  numItems: number,
): Promise<void> {
  const rows = await rowsOf(store, view, numItems);
  const expected = expectedRows(all, view);
  const keysOf = (list: OrderRow[]) => list.map(sortKeys[view.sort]);
  // What a search finds comes in the order of its relevance.
  if (view.search === "") expect(keysOf(rows)).toEqual(keysOf(expected));
  expect(rows).toHaveLength(expected.length);
  expect(new Set(rows.map(({ orderNumber }) => orderNumber))).toEqual(
    new Set(expected.map(({ orderNumber }) => orderNumber)),
  );
}

async function allRows(store: Store): Promise<OrderRow[]> {
  const view = { stage: "all", sort: "number", direction: "asc", status: null, search: "" } as const;
  const all = await rowsOf(store, { ...view, filters: noFilters }, 100);
  expect(all).toHaveLength(ORDERS + 1);
  return all;
}

const stages = [
  "all",
  "waitingForPayment",
  "readyToPick",
  "picking",
  "picked",
  "packed",
  "onHold",
  "shipped",
  "cancelled",
] as const;
const sorts = ["ordered", "number", "buyer", "total", "pieces"] as const;
const directions = ["asc", "desc"] as const;

it("every stage and status, in every sort order, is paged without a gap or a repeat", async () => {
  const store = await aStoreWithOrders();
  const all = await allRows(store);
  const stagesAndStatuses = [
    ...stages.map((stage) => ({ stage, status: null })),
    ...statuses.map((status) => ({ stage: "all" as const, status })),
  ];
  for (const stageOrStatus of stagesAndStatuses) {
    for (const sort of sorts) {
      for (const direction of directions) {
        const view = { ...stageOrStatus, sort, direction, search: "", filters: noFilters };
        await expectMatchesModel(store, all, view, 4);
      }
    }
  }
});

it("any combination of filters returns the rows that sorting and filtering all orders would", async () => {
  const store = await aStoreWithOrders();
  const all = await allRows(store);
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        stage: fc.constantFrom(...stages),
        status: fc.option(fc.constantFrom(...statuses), { nil: null }),
        sort: fc.constantFrom(...sorts),
        direction: fc.constantFrom(...directions),
        search: fc.constantFrom("", "", "buyer bb"),
        filters: fc.record({
          stock: fc.constantFrom("complete", "short", null),
          payment: fc.constantFrom("paid", "unpaid", null),
          picking: fc.constantFrom("untouched", "begun", "unfinished", "picked", null),
          shippingMethod: fc.constantFrom("method 1", null, null),
          countryCode: fc.constantFrom("DE", null, null),
          orderedBefore: fc.constantFrom((all[0]?.orderedAt ?? 0) + 10 * MINUTE, null, null),
          totalFrom: fc.constantFrom(100_000n, null, null),
        }),
      }),
      fc.integer({ min: 1, max: 7 }),
      (view, numItems) => expectMatchesModel(store, all, view, numItems),
    ),
    { numRuns: 150 },
  );
});

it("the counts say how many orders are at each stage and have each status", async () => {
  const store = await aStoreWithOrders();
  const counts = await store.query(api.orders.counts.get);
  // The copies are inserted into the table itself, past the code that maintains the counts.
  expect(counts).toMatchObject({
    waitingForPayment: 1,
    readyToPick: 0,
    open: 1,
    all: 1,
    byStatus: [{ status: "PENDING", tab: "toPack", stage: "waitingForPayment", count: 1 }],
  });
});

/** The numbers of the orders that a search finds, in ascending order. */
async function numbersFound(
  { businessAccountId, owner }: Store,
  text: string,
  { stage = "all", reader = owner }: { stage?: View["stage"]; reader?: Session } = {},
): Promise<number[]> {
  const view = { stage, status: null, sort: "ordered", direction: "desc", filters: noFilters } as const;
  const paginationOpts = { numItems: 10, cursor: null };
  const { page } = await reader.query(api.orders.table.list, {
    businessAccountId,
    ...view,
    search: text,
    paginationOpts,
  });
  return page.map(({ orderNumber }) => orderNumber).sort((a, b) => a - b);
}

it("a search finds the store's own orders by order number, buyer, part, colour and bin, by words in the middle too", async () => {
  const other = await aStore();
  const tile = aLine({ partNumber: "3069b", name: "Tile 1 x 2 with Groove", quantity: 1 });
  await other.receiveOrder(anOrder({ number: 1234, lines: [tile] }));
  const store = await aStore(other.t);
  await store.addLot({ partNumber: "3069b", location: "Shelf-B7", quantity: 5 });
  await store.receiveOrder(anOrder({ number: 1234, lines: [tile] }));
  await store.receiveOrder(anOrder({ number: 1299, lines: [aLine({ lotId: 72, name: "Brick 2 x 4" })] }));

  expect(await numbersFound(store, "12")).toEqual([1234, 1299]);
  expect(await numbersFound(store, "1299")).toEqual([1299]);
  expect(await numbersFound(store, "groove")).toEqual([1234]);
  expect(await numbersFound(store, "1x2")).toEqual([1234]);
  expect(await numbersFound(store, "1 X 2 tile")).toEqual([1234]);
  expect(await numbersFound(store, "b7")).toEqual([1234]);
  expect(await numbersFound(store, "plate groove")).toEqual([]);
  expect(await numbersFound(store, "–")).toEqual([]);
  expect(await numbersFound(store, "groove", { stage: "shipped" })).toEqual([]);

  await store.receiveStatus(1234, "SHIPPED");
  expect(await numbersFound(store, "groove")).toEqual([]);
  expect(await numbersFound(store, "1234", { stage: "shipped" })).toEqual([1234]);
});

it("a search finds an order by its recipient for those only who may read the address", async () => {
  const store = await aStore();
  const viewer = await aMember(store.t, store.businessAccountId, "viewer");
  // The fake BrickLink sends every parcel to Ann O'Brick.
  await store.receiveOrder(anOrder({ number: 1234, buyerName: "plates_only" }));
  expect(await numbersFound(store, "ANN")).toEqual([1234]);
  expect(await numbersFound(store, "ANN", { reader: viewer })).toEqual([]);
  expect(await numbersFound(store, "1234", { reader: viewer })).toEqual([1234]);
});
