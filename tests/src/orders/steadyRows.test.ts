/** The rows of the orders table while somebody aims at one of them. */
import { expect, it } from "vitest";
import { countHeld, haveRowsMoved, holdRows } from "../../../src/orders/table/steadyRows";
import type { OrderRow } from "../../../src/orders/types";

const row = (id: string, status = "PAID") => ({ orderId: id as OrderRow["orderId"], status });
const rows = (ids: string) => ids.split("").map((id) => row(id));
const ids = (held: readonly { orderId: string }[]) => held.map(({ orderId }) => orderId).join("");

it("no row moves for one that arrives above or between them, that leaves, or that is sorted elsewhere", () => {
  for (const live of ["nabc", "anbc", "ac", "cab", "nbca", ""]) {
    expect(ids(holdRows(rows("abc"), rows(live)))).toBe("abc");
  }
});

it("rows loaded below the last one are added", () => {
  expect(ids(holdRows(rows("abc"), rows("nabcde")))).toBe("abcde");
  expect(ids(holdRows([], rows("ab")))).toBe("ab");
});

it("a row that is held shows what has changed in its order", () => {
  expect(holdRows(rows("ab"), [row("n"), row("a"), row("b", "PACKED")])[1]).toEqual(row("b", "PACKED"));
});

it("rows have moved when one of them has another place, not when others follow them", () => {
  expect(haveRowsMoved(rows("ab"), rows("abc"))).toBe(false);
  expect(haveRowsMoved([], rows("a"))).toBe(false);
  for (const after of ["nab", "b", "ba", ""]) expect(haveRowsMoved(rows("ab"), rows(after))).toBe(true);
});

it("counts the rows that are kept back", () => {
  expect(countHeld(rows("ab"), rows("nma"))).toBe(2);
});
