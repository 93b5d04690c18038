/** The orders table against a model: all orders sorted and filtered in memory. Nothing it offers may silently do nothing. */
import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { tabOf } from "../../convex/marketplaces/bricklink/orderStatus";
import type { OrderRow } from "../../convex/orders/table";
import { isPaid } from "../../convex/orders/filters";
import {
  aLot,
  allOf,
  anEvent,
  api,
  aStore,
  callBack,
  noFilters,
  settle,
  type Store,
  useFakeClock,
} from "../support/store";

useFakeClock();

const statuses = ["PENDING", "PAID", "PACKED", "NPB", "SHIPPED", "CANCELLED"] as const;
const ORDERS = 24;

/** Orders in every state, made from one that came by the flow. */
async function aShop(): Promise<Store> {
  const store = await aStore();
  await aLot(store, { lotId: 71, quantity: 6 });
  store.bricklink.place(100, [[{ lotId: 71, quantity: 1 }]]);
  await callBack(store, anEvent(100));
  await settle(store, vi.runAllTimers);
  const [template] = await allOf(store, "bricklinkOrders");
  if (!template) throw new Error("The order did not arrive.");
  const { _id, _creationTime, ...fields } = template;
  await store.t.run(async (ctx) => {
    for (let index = 0; index < ORDERS; index += 1) {
      const orderNumber = 1_000 + ((index * 7) % ORDERS);
      const status = statuses[index % statuses.length] ?? "PENDING";
      await ctx.db.insert("bricklinkOrders", {
        ...fields,
        orderNumber,
        orderNumberText: String(orderNumber),
        status,
        tab: tabOf(status),
        buyerName: `buyer ${index % 5}`,
        buyerKey: `buyer ${index % 5}`,
        orderedAt: fields.orderedAt + ((index * 5) % ORDERS) * 60_000,
        grandTotal: BigInt((index * 11) % ORDERS) * 10_000n,
        pieceCount: (index * 13) % ORDERS,
        shortQuantity: index % 3 === 0 ? 1 : 0,
        unmatchedLines: index % 4 === 0 ? 1 : 0,
        lineCount: 3,
        pickedLines: index % 4,
        payment: index % 2 === 0 ? { status: "Completed", paidAt: 1 } : { status: "None" },
      });
    }
  });
  return store;
}

type View = Omit<(typeof api.orders.table.list)["_args"], "businessAccountId" | "paginationOpts">;

async function pages(store: Store, view: View, numItems: number): Promise<OrderRow[]> {
  const { businessAccountId } = store;
  const rows: OrderRow[] = [];
  let cursor: string | null = null;
  for (;;) {
    const paginationOpts = { numItems, cursor };
    const answer: { page: OrderRow[]; isDone: boolean; continueCursor: string } = await store.owner.query(
      api.orders.table.list,
      { businessAccountId, ...view, paginationOpts },
    );
    rows.push(...answer.page);
    if (answer.isDone) return rows;
    cursor = answer.continueCursor;
  }
}

const keys: Record<View["sort"], (row: OrderRow) => number | bigint | string> = {
  ordered: ({ orderedAt }) => orderedAt,
  number: ({ orderNumber }) => orderNumber,
  buyer: ({ buyerName }) => buyerName ?? "",
  total: ({ grandTotal }) => grandTotal,
  pieces: ({ pieceCount }) => pieceCount,
};

function expected(all: readonly OrderRow[], view: View): OrderRow[] {
  const { tab, status, sort, direction, filters } = view;
  const key = keys[sort];
  const isWanted = (row: OrderRow) => {
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
    .filter(isWanted)
    .sort((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0) * (direction === "asc" ? 1 : -1));
}

async function expectAnswered(
  store: Store,
  all: readonly OrderRow[],
  view: View,
  numItems: number,
): Promise<void> {
  const rows = await pages(store, view, numItems);
  const wanted = expected(all, view);
  const sorted = (list: OrderRow[]) => list.map(keys[view.sort]);
  expect(sorted(rows)).toEqual(sorted(wanted));
  expect(new Set(rows.map(({ orderNumber }) => orderNumber))).toEqual(
    new Set(wanted.map(({ orderNumber }) => orderNumber)),
  );
}

async function allRows(store: Store): Promise<OrderRow[]> {
  const plain = { tab: "all", sort: "number", direction: "asc", status: null, search: "" } as const;
  const all = await pages(store, { ...plain, filters: noFilters }, 100);
  expect(all).toHaveLength(ORDERS + 1);
  return all;
}

const tabs = ["toPack", "problem", "shipped", "cancelled", "all"] as const;
const sorts = ["ordered", "number", "buyer", "total", "pieces"] as const;
const directions = ["asc", "desc"] as const;

it("answers every tab and status in every order there is, in pages without a gap", async () => {
  const store = await aShop();
  const all = await allRows(store);
  const places = [
    ...tabs.map((tab) => ({ tab, status: null })),
    ...statuses.map((status) => ({ tab: "all" as const, status })),
  ];
  for (const place of places) {
    for (const sort of sorts) {
      for (const direction of directions) {
        await expectAnswered(store, all, { ...place, sort, direction, search: "", filters: noFilters }, 4);
      }
    }
  }
});

it("answers any filters at once as a sorted list would", async () => {
  const store = await aShop();
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
      (view, numItems) => expectAnswered(store, all, view, numItems),
    ),
    { numRuns: 150 },
  );
});

it("counts by status, each with the tab it is under", async () => {
  const store = await aShop();
  const { businessAccountId } = store;
  const counts = await store.owner.query(api.orders.table.counts, { businessAccountId });
  expect(counts).toMatchObject({
    toPack: 1,
    all: 1,
    byStatus: [{ status: "PENDING", tab: "toPack", count: 1 }],
  });
});

it.each([
  ["a payment that PayPal completed", { status: "PENDING", payment: { status: "Completed" } }, true],
  ["one the seller marked as received", { status: "PENDING", payment: { status: "Received" } }, true],
  ["an order that is marked as paid", { status: "PAID", payment: { status: "None" } }, true],
  ["a payment with a date", { status: "READY", payment: { status: "Sent", paidAt: 1 } }, true],
  ["one that bounced", { status: "PENDING", payment: { status: "Bounced", paidAt: 1 } }, false],
  ["one that clears", { status: "PENDING", payment: { status: "Clearing" } }, false],
  ["none", { status: "PENDING", payment: {} }, false],
])("takes %s for what it is", (_, order, isIn) => {
  expect(isPaid(order)).toBe(isIn);
});
