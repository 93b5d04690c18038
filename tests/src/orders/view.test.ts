import { expect, it } from "vitest";
import { listArgs } from "../../../src/orders/table/listArgs";
import { activeFilterCount, readOrdersSearch, toView } from "../../../src/orders/views/view";
import { parseAmount } from "../../../src/ui/money";

const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;

it("the filters of a link are read from its parameters, and unusable ones are left out", () => {
  const link = {
    stage: "readyToPick",
    shipping: "Letter",
    country: "DE",
    age: 3,
    total: 12.5,
    q: 3001,
    sort: "size",
  };
  expect(readOrdersSearch(link)).toEqual({
    stage: "readyToPick",
    shipping: "Letter",
    country: "DE",
    age: 3,
    total: "12.5",
    q: "3001",
  });
  expect(readOrdersSearch({ stage: "toPack", age: 4, total: "much", payment: "maybe" })).toEqual({});
});

it("a view without parameters shows all orders, newest first, without filters", () => {
  const view = toView({});
  expect(view).toMatchObject({ stage: "all", sort: "ordered", direction: "desc", search: "" });
  expect(activeFilterCount(view.filters)).toBe(0);
});

it("the age of a filter is asked for as a time that stays the same for an hour, and the total exactly", () => {
  const view = toView({ age: 3, total: "12,5" });
  const { filters } = listArgs("b" as never, view, 100 * DAY + 5 * HOUR + 1);
  expect(filters.orderedBefore).toBe(97 * DAY + 5 * HOUR);
  expect(listArgs("b" as never, view, 100 * DAY + 6 * HOUR - 1).filters).toEqual(filters);
  expect(filters.totalFrom).toBe(125_000n);
});

it.each([
  ["12", 120_000n],
  ["0.0001", 1n],
  ["12,50", 125_000n],
  ["12.", null],
  ["1.00001", null],
  ["-1", null],
  ["", null],
])("the amount %j is read as %s", (typed, amount) => {
  expect(parseAmount(typed)).toBe(amount);
});
