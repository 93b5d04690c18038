import { beforeEach, expect, it, vi } from "vitest";
import {
  isSameView,
  readViews,
  saveViews,
  viewSearchOf,
  withView,
} from "../../../src/orders/views/savedViews";

const STORE = "store" as never;
const paid = { name: "Paid", search: { stage: "readyToPick", country: "DE" } } as const;

beforeEach(() => {
  const stored = new Map<string, string>();
  vi.stubGlobal("localStorage", {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  });
  return () => vi.unstubAllGlobals();
});

it("a saved view is read again, for its own store only", () => {
  saveViews(STORE, [paid]);
  expect(readViews(STORE)).toEqual([paid]);
  expect(readViews("another" as never)).toEqual([]);
});

it("a stored view of an earlier version keeps what is still valid, and unusable ones are left out", () => {
  localStorage.setItem(
    "orders-views-store",
    JSON.stringify([{ name: "Old", search: { tab: "toPack", payment: "paid" } }, { name: 1 }, null]),
  );
  expect(readViews(STORE)).toEqual([{ name: "Old", search: { payment: "paid" } }]);
  localStorage.setItem("orders-views-store", "{");
  expect(readViews(STORE)).toEqual([]);
});

it("a view saved under a name that is taken replaces the other, and views are in the order of their names", () => {
  const other = { name: "Late", search: { age: 7 } } as const;
  expect(withView([paid], other)).toEqual([other, paid]);
  expect(withView([paid], { name: "Paid", search: {} })).toEqual([{ name: "Paid", search: {} }]);
});

it("a view is the same whatever the order of its parameters and whichever order is open", () => {
  expect(isSameView({ country: "DE", stage: "readyToPick", order: 5 }, paid.search)).toBe(true);
  expect(isSameView({}, paid.search)).toBe(false);
  expect(viewSearchOf({ order: 5, q: "x" })).toEqual({ q: "x" });
});
