import { expect, it } from "vitest";
import { filterOf, parseAuditLogSearch } from "../../../src/auditLog/search";

const asked = (search: Record<string, unknown>) => filterOf(parseAuditLogSearch(search));

it("days in the address are whole days of the viewer's time zone, the last one included", () => {
  expect(asked({ from: "2026-11-20", until: "2026-11-20" })).toEqual({
    filter: { userId: null, kind: null },
    from: new Date(2026, 10, 20).getTime(),
    until: new Date(2026, 10, 21).getTime(),
  });
});

it("an order or a lot in the address is asked for whole, whoever and whatever else is chosen", () => {
  const open = { from: null, until: null };
  expect(asked({ who: "u1", what: "order" })).toEqual({ filter: { userId: "u1", kind: "order" }, ...open });
  expect(asked({ who: "u1", what: "order", lot: "l1" })).toEqual({ filter: { lotId: "l1" }, ...open });
  expect(asked({ who: "u1", lot: "l1", order: 100 })).toEqual({ filter: { orderNumber: 100 }, ...open });
});

it("what is no filter in the address is left out", () => {
  expect(
    parseAuditLogSearch({ who: 7, what: "toString", order: "x", lot: "", from: "2026-13-40", until: 1 }),
  ).toEqual({});
});
