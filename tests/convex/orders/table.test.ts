/** The orders table against a model of it that sorts and filters all orders in memory. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { tabOf } from "../../../convex/marketplaces/bricklink/api/orderStatus";
import { isPaid } from "../../../convex/marketplaces/bricklink/api/payment";
import type { OrderRow } from "../../../convex/orders/table";
import {
  aLine,
  anEvent,
  anOrder,
  api,
  aStore,
  MINUTE,
  noFilters,
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
      await ctx.db.insert("bricklinkOrders", {
        ...fields,
        orderNumber,
        orderNumberText: String(orderNumber),
        status,
        tab: tabOf(status),
        buyerName: `buyer ${index % 5}`,
        buyerKey: `buyer ${index % 5}`,
        orderedAt: fields.orderedAt + ((index * 5) % ORDERS) * MINUTE,
        grandTotal: BigInt((index * 11) % ORDERS) * 10_000n,
        pieceCount: (index * 13) % ORDERS,
        shortQuantity: index % 3 === 0 ? 1 : 0,
        unmatchedLines: index % 4 === 0 ? 1 : 0,
        lineCount: 3,
        pickedLines: index % 4,
        payment,
        isPaid: isPaid({ status, payment }),
      });
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
  const { tab, status, sort, direction, filters } = view;
  const key = sortKeys[sort];
  const isInView = (row: OrderRow) => {
    const isShort = row.shortQuantity > 0 || row.unmatchedLines > 0;
    const picking =
      row.pickedLines === 0 ? "untouched" : row.pickedLines < row.lineCount ? "begun" : "picked";
    return (
      (status === null ? tab === "all" || row.tab === tab : row.status === status) &&
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
  expect(keysOf(rows)).toEqual(keysOf(expected));
  expect(new Set(rows.map(({ orderNumber }) => orderNumber))).toEqual(
    new Set(expected.map(({ orderNumber }) => orderNumber)),
  );
}

async function allRows(store: Store): Promise<OrderRow[]> {
  const view = { tab: "all", sort: "number", direction: "asc", status: null, search: "" } as const;
  const all = await rowsOf(store, { ...view, filters: noFilters }, 100);
  expect(all).toHaveLength(ORDERS + 1);
  return all;
}

const tabs = ["toPack", "problem", "shipped", "cancelled", "all"] as const;
const sorts = ["ordered", "number", "buyer", "total", "pieces"] as const;
const directions = ["asc", "desc"] as const;

it("every tab and status, in every sort order, is paged without a gap or a repeat", async () => {
  const store = await aStoreWithOrders();
  const all = await allRows(store);
  const tabsAndStatuses = [
    ...tabs.map((tab) => ({ tab, status: null })),
    ...statuses.map((status) => ({ tab: "all" as const, status })),
  ];
  for (const tabOrStatus of tabsAndStatuses) {
    for (const sort of sorts) {
      for (const direction of directions) {
        const view = { ...tabOrStatus, sort, direction, search: "", filters: noFilters };
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
        tab: fc.constantFrom(...tabs),
        status: fc.option(fc.constantFrom(...statuses), { nil: null }),
        sort: fc.constantFrom(...sorts),
        direction: fc.constantFrom(...directions),
        search: fc.constant(""),
        filters: fc.record({
          stock: fc.constantFrom("complete", "short", null),
          payment: fc.constantFrom("paid", "unpaid", null),
          picking: fc.constantFrom("untouched", "begun", "unfinished", "picked", null),
        }),
      }),
      fc.integer({ min: 1, max: 7 }),
      (view, numItems) => expectMatchesModel(store, all, view, numItems),
    ),
    { numRuns: 150 },
  );
});

it("the counts say how many orders have each status, and the tab it belongs to", async () => {
  const store = await aStoreWithOrders();
  const counts = await store.query(api.orders.counts.get);
  // The copies are inserted into the table itself, past the code that maintains the counts.
  expect(counts).toMatchObject({
    toPack: 1,
    all: 1,
    byStatus: [{ status: "PENDING", tab: "toPack", count: 1 }],
  });
});

it("a search finds the store's own orders by the beginning of order number or buyer, in every tab", async () => {
  const store = await aStore();
  const other = await aStore(store.t);
  for (const number of [1234, 1299, 4321]) {
    other.bricklink.place(anOrder({ number, lines: [aLine()] }));
    await store.postCallback(anEvent(number));
  }
  await other.postCallback(anEvent(1234));
  await store.runAllScheduled();
  expect(await store.orders()).toHaveLength(4);
  const search = async (text: string) => {
    const { page } = await store.query(api.orders.table.list, {
      tab: "shipped",
      status: null,
      sort: "ordered",
      direction: "desc",
      search: text,
      filters: noFilters,
      paginationOpts: { numItems: 10, cursor: null },
    });
    return page.map(({ orderNumber }) => orderNumber);
  };
  expect(await search("12")).toEqual([1299, 1234]);
  expect((await search("ann o")).length).toBe(3);
  expect(await search("brick")).toEqual([]);
});
